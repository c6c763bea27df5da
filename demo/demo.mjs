// The main job on real data: 40 activity-recognition models are published with the sketches of their training data;
// then five targets arrive as sketches only, as from a colleague whose data never leave, and each ranking is printed
// beside the accuracy that every model really has there. What a target's own model would do is left out.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Table from 'cli-table3'
import { Hub, loadTarget, readManifest } from '../dist/index.js'

const zoo = fileURLToPath(new URL('sensors/', import.meta.url))
const targets = ['torso_s8', 'right_arm_s8', 'left_arm_s8', 'right_leg_s8', 'left_leg_s8']
const percent = share => `${(100 * share).toFixed(1)} %`
const mean = numbers => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

/** True accuracy of every model on every target, measured by running them. */
async function readTruth() {
  const lines = (await readFile(join(zoo, 'truth.csv'), 'utf8')).trim().split('\n').slice(1)
  return new Map(
    lines.map(line => {
      const [model, target, , value] = line.split(',')
      return [`${model.replace('dsads_', 'dsads/')} on ${target}`, Number(value)]
    }),
  )
}

async function publishZoo(hub) {
  const started = performance.now()
  const sources = await readManifest(join(zoo, 'zoo.yaml'))
  for (const source of sources) await hub.publish(source)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`Published ${sources.length} models with sketches of their training data in ${seconds} s.\n`)
}

function printRanking(target, { results, query, elapsedMs }, accuracyOf) {
  console.log(
    `Target ${target}: a sketch of ${query.rows} rows × ${query.features} features (${elapsedMs} ms, no model run)`,
  )
  const table = new Table({
    head: ['#', 'model', 'fit', 'JS', 'stated accuracy', 'true accuracy here'],
    colAligns: ['right', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const { rank, model, fit, js, sourceAccuracy } of results.slice(0, 5)) {
    table.push([rank, model, fit.toFixed(3), js.toFixed(3), percent(sourceAccuracy), percent(accuracyOf(model))])
  }
  console.log(table.toString())
}

async function searchTarget(hub, target, truth) {
  const own = `dsads/${target}`
  const loaded = await loadTarget([join(zoo, `dsads_${target}`, 'train.sketch.parquet')])
  const result = await hub.search(loaded, { top: 39, excludeModels: [own] })
  const accuracyOf = model => truth.get(`${model} on dsads_${target}`)
  const all = result.results.map(({ model }) => accuracyOf(model))
  const outcome = {
    found: accuracyOf(result.results[0].model),
    blind: accuracyOf(result.baselines.sourceAccuracy[0]),
    random: mean(all),
    best: Math.max(...all),
  }
  printRanking(target, result, accuracyOf)
  console.log(
    `first: ${percent(outcome.found)}; best of ${all.length}: ${percent(outcome.best)}; ` +
      `by stated accuracy: ${percent(outcome.blind)}; at random: ${percent(outcome.random)}\n`,
  )
  return outcome
}

const folder = await mkdtemp(join(tmpdir(), 'modelhub-demo-'))
const hub = await Hub.open(folder, { create: true })
try {
  const truth = await readTruth()
  await publishZoo(hub)
  const outcomes = []
  for (const target of targets) outcomes.push(await searchTarget(hub, target, truth))
  const loss = key => percent(mean(outcomes.map(outcome => outcome.best - outcome[key])))
  console.log(`Accuracy lost against the best choice, mean of ${targets.length} targets:`)
  console.log(`  by ModelHub ${loss('found')}, by stated accuracy ${loss('blind')}, at random ${loss('random')}`)
} finally {
  await hub.close()
  await rm(folder, { recursive: true, force: true })
}
