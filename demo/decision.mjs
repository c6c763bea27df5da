// The decision on real digits: the hub evaluates its models on labelled sets, and then says without any label how well
// each will do on another one.
import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import Table from 'cli-table3'
import { percent } from './outcome.mjs'

/** Digits of each set that the models are run on. */
const SAMPLE = 300

const seconds = since => ((performance.now() - since) / 1000).toFixed(1)

/**
 * Evaluates the digit models on all sets but one, takes the labels of that one away, and prints what the hub expects there
 * beside the truth.
 *
 * @param sets name → its images and the true accuracy of a model there
 */
export async function showDecision(hub, sets, { name, scratch }) {
  const { [name]: target, ...others } = sets
  const models = 'digits/%'
  let started = performance.now()
  const datasets = Object.entries(others).map(([set, { images }]) => ({ name: set, places: [images] }))
  console.log(`Evaluating the models on ${datasets.length} labelled sets, which makes the hub's history …`)
  await hub.evaluate(datasets, { where: `name ~ '${models}'`, sample: SAMPLE })
  console.log(`done in ${seconds(started)} s.\n`)

  started = performance.now()
  const { decision } = await hub.rank([await withoutLabels(target.images, scratch)], { all: true, sample: SAMPLE })
  console.log(`Without labels: what the hub expects on ${name}, from ${SAMPLE} digits, in ${seconds(started)} s`)
  const table = new Table({
    head: ['#', 'model', 'expected', `${Math.round(100 * decision.basis.level)} % interval`, 'true accuracy here'],
    colAligns: ['right', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  decision.predicted.forEach(({ model, value, low, high }, i) => {
    const interval = `${percent(low)} to ${percent(high)}`
    table.push([i + 1, model, percent(value), interval, percent(target.accuracyOf(model))])
  })
  console.log(table.toString())
  console.log(`${decision.message}\n`)
}

async function withoutLabels(images, scratch) {
  const folder = join(scratch, 'unlabelled')
  await mkdir(folder)
  const copy = join(folder, basename(images))
  await copyFile(images, copy)
  return copy
}
