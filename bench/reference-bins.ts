/**
 * How many bins should a reference have? Every table of demo/sensors is a target for the models of the others, ranked by
 * the JS divergence of the whole datasets in reference bins; the founders are five different eights of the models.
 *
 *   tsx bench/reference-bins.ts
 */
import { readFileSync } from 'node:fs'
import { pairwiseJensenShannon } from '../src/divergence/index.ts'
import { blockColumns, datasetBlocks } from '../src/sketch/dataset-blocks.ts'
import type { Domain } from '../src/sketch/domain.ts'
import { readSketch } from '../src/sketch/read-sketch.ts'
import { referenceBins } from '../src/sketch/reference-bins.ts'
import type { Sketch } from '../src/sketch/sketch.ts'

const BINS = [24, 32, 40, 48, 56, 64]
const FOUNDERS = 8

interface SensorModel {
  readonly id: string
  readonly sketch: Sketch
}

const zoo = new URL('../demo/sensors/', import.meta.url)
const truth = new Map(
  readFileSync(new URL('truth.csv', zoo), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map(line => line.split(','))
    .map(([model, target, , accuracy]) => [`${model} on ${target}`, Number(accuracy)] as const),
)
const ids = [...new Set([...truth.keys()].map(key => key.split(' on ')[0]))].sort()
const models: readonly SensorModel[] = await Promise.all(
  ids.map(async id => {
    const bytes = readFileSync(new URL(`${id}/train.sketch.parquet`, zoo))
    return { id, sketch: await readSketch(bytes, id) }
  }),
)
const features = models[0].sketch.features
const slotOf = Int32Array.from(features.keys())

function domainOf(founders: readonly SensorModel[], bins: number): Domain {
  const slots = features.map(({ name, type }, f) => {
    const counted = founders.map(({ sketch }) => ({
      bins: sketch.features[f].bins,
      counts: sketch.partitions[0].counts[f],
    }))
    return { name, type, signatures: [], reference: referenceBins(counted, bins) }
  })
  return { slots }
}

/** Mean over the targets of the accuracy lost against the best other model. */
function meanRegret(domain: Domain): number {
  const columns = blockColumns(domain, slotOf)
  const wholes = models.map(({ sketch }) => datasetBlocks(sketch, slotOf, domain, columns).whole)
  const shared = Uint32Array.from(slotOf)
  const regrets = models.map((target, t) => {
    const others = models.map((model, m) => ({
      accuracy: truth.get(`${model.id} on ${target.id}`)!,
      js: m === t ? Infinity : pairwiseJensenShannon(wholes[m], wholes[t], shared)[0],
    }))
    const candidates = others.filter(({ js }) => js < Infinity)
    const first = candidates.reduce((best, other) => (other.js < best.js ? other : best))
    return Math.max(...candidates.map(({ accuracy }) => accuracy)) - first.accuracy
  })
  return regrets.reduce((sum, regret) => sum + regret, 0) / regrets.length
}

const spread = (numbers: readonly number[]) => numbers.map(n => n.toFixed(4)).join(' ')
for (const bins of BINS) {
  const regrets: number[] = []
  for (let first = 0; first < models.length; first += FOUNDERS) {
    regrets.push(meanRegret(domainOf(models.slice(first, first + FOUNDERS), bins)))
  }
  const mean = regrets.reduce((sum, regret) => sum + regret, 0) / regrets.length
  process.stdout.write(`${bins} bins: mean regret ${mean.toFixed(4)} (founders: ${spread(regrets)})\n`)
}
