// What a ranking is worth: the true accuracy of the model that it puts first, beside other ways to choose.
import { readFile } from 'node:fs/promises'
import Table from 'cli-table3'

export const percent = share => `${(100 * share).toFixed(1)} %`
export const mean = numbers => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

/** Measured accuracies of a truth.csv (model,target,metric,value): model → target → value. */
export async function readTruth(path) {
  const truth = {}
  for (const line of (await readFile(path, 'utf8')).trim().split('\n').slice(1)) {
    const [model, target, , value] = line.split(',')
    truth[model] = { ...truth[model], [target]: Number(value) }
  }
  return truth
}

/** True accuracy of the first of all ranked models, of the first by stated accuracy, of one at random, of the best. */
export function outcomeOf({ results, baselines }, accuracyOf) {
  const all = results.map(({ model }) => accuracyOf(model))
  const best = Math.max(...all)
  return {
    found: all[0],
    blind: accuracyOf(baselines.sourceAccuracy[0]),
    random: mean(all),
    best,
    bestModel: results[all.indexOf(best)].model,
    models: all.length,
  }
}

/** Accuracy lost against the best choice, mean of the targets, by each way to choose. */
export function meanRegret(outcomes) {
  const lost = way => mean(outcomes.map(outcome => outcome.best - outcome[way]))
  return { found: lost('found'), blind: lost('blind'), random: lost('random') }
}

export function printRanking(results, accuracyOf) {
  const table = new Table({
    head: ['#', 'model', 'fit', 'JS', 'stated accuracy', 'true accuracy here'],
    colAligns: ['right', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const { rank, model, fit, js, sourceAccuracy } of results) {
    table.push([rank, model, fit.toFixed(3), js.toFixed(3), percent(sourceAccuracy), percent(accuracyOf(model))])
  }
  console.log(table.toString())
}

/** Publishes the models of a manifest. */
export async function publishAll(hub, sources) {
  const started = performance.now()
  for (const source of sources) await hub.publish(source)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`Published ${sources.length} models with sketches of their training data in ${seconds} s.\n`)
}
