// Five sensor datasets arrive as sketches only, as from a colleague whose data never leave. What a target's own model
// would do is left out.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadTarget, readManifest } from '../dist/index.js'
import { meanRegret, outcomeOf, percent, printRanking, publishAll, readTruth } from './outcome.mjs'

const zoo = fileURLToPath(new URL('sensors/', import.meta.url))
const targets = ['torso_s8', 'right_arm_s8', 'left_arm_s8', 'right_leg_s8', 'left_leg_s8']

async function searchTarget(hub, target, truth) {
  const loaded = await loadTarget([join(zoo, `dsads_${target}`, 'train.sketch.parquet')])
  const result = await hub.search(loaded, { top: 39, excludeModels: [`dsads/${target}`] })
  const { results, query, elapsedMs } = result
  const accuracyOf = model => truth[model.replace('/', '_')][`dsads_${target}`]
  const outcome = outcomeOf(result, accuracyOf)
  console.log(
    `Target ${target}: a sketch of ${query.rows} rows × ${query.features} features (${elapsedMs} ms, no model run)`,
  )
  printRanking(results.slice(0, 5), accuracyOf)
  console.log(
    `first: ${percent(outcome.found)}; best of ${outcome.models}: ${percent(outcome.best)}; ` +
      `by stated accuracy: ${percent(outcome.blind)}; at random: ${percent(outcome.random)}\n`,
  )
  return outcome
}

/** Publishes the sensor models and searches for each target. */
export async function showSensors(hub) {
  const truth = await readTruth(join(zoo, 'truth.csv'))
  await publishAll(hub, await readManifest(join(zoo, 'zoo.yaml')))
  const outcomes = []
  for (const target of targets) outcomes.push(await searchTarget(hub, target, truth))
  const { found, blind, random } = meanRegret(outcomes)
  console.log(`Accuracy lost against the best choice, mean of ${targets.length} targets:`)
  console.log(`  by ModelHub ${percent(found)}, by stated accuracy ${percent(blind)}, at random ${percent(random)}\n`)
}
