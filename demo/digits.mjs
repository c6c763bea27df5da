// Ten sets of shifted test digits are sketched and searched for among twelve small networks, each trained on digits
// under one shift (digits/README.md). Then they are run on some digits of one target, without labels and with.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadTarget, readManifest } from '../dist/index.js'
import { renderSearchReport } from '../dist/report/index.js'
import Table from 'cli-table3'
import { readDigits, writeTarget } from './digits/digits.mjs'
import { TARGETS } from './digits/plan.mjs'
import { showDecision } from './decision.mjs'
import { meanRegret, outcomeOf, percent, printRanking, publishAll, readTruth } from './outcome.mjs'

const zoo = fileURLToPath(new URL('digits/', import.meta.url))

/** Digits of each target; the true accuracies were measured on all of its kind. */
const ROWS = 2000

/** The target whose search is reported: a shift that no model was trained on. */
const REPORTED = 'half_wide_strokes'

/** Labelled digits of that target that the models are run on. */
const LABELLED = 300

const seconds = since => ((performance.now() - since) / 1000).toFixed(1)

async function searchTarget(hub, { name, images, truth }) {
  const started = performance.now()
  const loaded = await loadTarget([images])
  const sketched = seconds(started)
  const result = await hub.search(loaded, { top: 100 })
  const accuracyOf = model => truth[model.replace('digits/', '')][name]
  const outcome = outcomeOf(result, accuracyOf)
  console.log(`Target ${name}: ${TARGETS[name].about}`)
  console.log(
    `(${result.query.rows} digits, sketched in ${sketched} s, searched in ${(result.elapsedMs / 1000).toFixed(1)} s, no model run)`,
  )
  printRanking(result.results.slice(0, 3), accuracyOf)
  console.log(
    `first: ${percent(outcome.found)}; best of ${outcome.models}: ${outcome.bestModel} with ${percent(outcome.best)}; ` +
      `lost: ${(100 * (outcome.best - outcome.found)).toFixed(2)} points\n`,
  )
  return { ...outcome, loaded, images, accuracyOf }
}

function printTotals(outcomes) {
  const { found, blind, random } = meanRegret(outcomes)
  const hits = outcomes.filter(outcome => outcome.found === outcome.best).length
  console.log(`The best of the ${outcomes[0].models} models stands first for ${hits} of ${outcomes.length} targets.`)
  console.log(`Accuracy lost against the best choice, mean of ${outcomes.length} targets:`)
  console.log(
    `  by ModelHub ${(100 * found).toFixed(2)} %, by stated accuracy ${percent(blind)}, at random ${percent(random)}\n`,
  )
}

/** Runs all models on a few labelled digits, and prints neuralRank beside what a retrained last layer reaches. */
async function rankTarget(hub, name, { images, accuracyOf }) {
  const started = performance.now()
  const by = ['neuralrank']
  const { query, results } = await hub.rank([images], { all: true, by, probe: true, sample: LABELLED })
  console.log(`Now with labels: all models run on ${query.rows} labelled digits of ${name}, in ${seconds(started)} s`)
  const table = new Table({
    head: ['#', 'model', 'neuralRank', 'last layer retrained', 'accuracy on the sample', 'true accuracy here'],
    colAligns: ['right', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const { rank, model, scores } of results) {
    const measured = [scores['logistic-probe'], scores.accuracy, accuracyOf(model)].map(percent)
    table.push([rank, model, scores.neuralrank.toFixed(3), ...measured])
  }
  console.log(table.toString())
  console.log('(last layer retrained: on a part of these digits, measured on the others)\n')
}

/** Publishes the digit models, searches for each target, and writes the report of one search into `reports`. */
export async function showDigits(hub, { scratch, reports }) {
  const truth = await readTruth(join(zoo, 'truth.csv'))
  await publishAll(hub, await readManifest(join(zoo, 'zoo.yaml')))
  const digits = await readDigits('t10k')
  const outcomes = {}
  for (const [name, plan] of Object.entries(TARGETS)) {
    const images = await writeTarget(scratch, name, { digits, plan, most: ROWS })
    outcomes[name] = await searchTarget(hub, { name, images, truth })
  }
  printTotals(Object.values(outcomes))
  await showDecision(hub, outcomes, { name: REPORTED, scratch })
  await rankTarget(hub, REPORTED, outcomes[REPORTED])
  const path = join(reports, `${REPORTED}.html`)
  const target = { ...outcomes[REPORTED].loaded, source: REPORTED }
  await writeFile(path, await renderSearchReport(await hub.report(target, { top: 20 }), new Date()))
  console.log(`A report of the search for ${REPORTED}, for a browser or a printer: ${path}`)
}
