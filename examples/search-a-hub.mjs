// Publishes two models with sketches of their training data to a hub, then ranks them for a target that arrives as a
// sketch, as from a colleague whose data never left.
//
//   node examples/search-a-hub.mjs
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hub, loadTarget } from 'modelhub'

const sensors = fileURLToPath(new URL('../demo/sensors/', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'modelhub-example-'))
const hub = await Hub.open(folder, { create: true })
try {
  for (const model of ['dsads_torso_s1', 'dsads_left_arm_s1']) await hub.publish({ folder: join(sensors, model) })
  const target = await loadTarget([join(sensors, 'dsads_torso_s8/train.sketch.parquet')])
  const { results, verdict } = await hub.search(target, { top: 5 })
  for (const { rank, model, fit, overlap } of results) {
    console.log(`${rank}. ${model}: fit ${fit.toFixed(3)}, overlap ${overlap}`)
  }
  console.log(verdict.message)
  const { features } = await hub.explain(target, results[0].model)
  console.log(`fits worst in ${features[0].feature}, best in ${features.at(-1).feature}`)
} finally {
  await hub.close()
  await rm(folder, { recursive: true, force: true })
}
