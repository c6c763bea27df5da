import { describe, expect, it } from 'vitest'
import { pairwiseJensenShannon, type PartitionBlock } from '../../src/divergence/index.ts'
import {
  jsLshIndex,
  jsLshParameters,
  pStableHashes,
  rootDimensions,
  type JointHistogram,
} from '../../src/retrieval/index.ts'
import { allFeatures } from '../arbitrary-partition-block.ts'
import { caughtCode } from '../caught-code.ts'
import { neighbourhoods } from './neighbourhoods.ts'

const threshold = 0.06
const datasets = neighbourhoods(150, { features: 10, bins: 16, seed: 1 })
const features = allFeatures(datasets)

/** One dataset of a block, with the listed features alone. */
function histogram(block: PartitionBlock, row: number, kept: Uint32Array = features): JointHistogram {
  const width = block.offsets[block.offsets.length - 1]
  const values = new Float32Array(width)
  for (const f of kept) {
    const [from, to] = [block.offsets[f], block.offsets[f + 1]]
    values.set(block.values.subarray(row * width + from, row * width + to), from)
  }
  return { block: { partitions: 1, offsets: block.offsets, values, rows: Float64Array.of(1) }, features: kept }
}

function indexOf(probes = 0, kept: (row: number) => Uint32Array = () => features) {
  const { shape, width } = jsLshParameters({ threshold, recall: 0.9 })
  const hashes = pStableHashes({ dimensions: rootDimensions(datasets), shape, width, seed: 3 })
  const index = jsLshIndex<number>(hashes, { threshold, probes })
  for (let row = 0; row < datasets.partitions; row++) index.insert(row, histogram(datasets, row, kept(row)))
  return index
}

/** Queries with what comparing all datasets finds. */
function queries(kept: Uint32Array, rowFeatures: (row: number) => Uint32Array = () => features) {
  const block = neighbourhoods(30, { features: 10, bins: 16, seed: 2 })
  return Array.from({ length: block.partitions }, (_, row) => {
    const query = histogram(block, row, kept)
    const truth = new Map<number, number>()
    for (let other = 0; other < datasets.partitions; other++) {
      const entry = histogram(datasets, other, rowFeatures(other))
      const shared = entry.features.filter(f => kept.includes(f))
      const [js] = pairwiseJensenShannon(entry.block, query.block, shared)
      if (js <= threshold) truth.set(other, js)
    }
    return { query, truth }
  })
}

function recallOf(index: ReturnType<typeof indexOf>, asked: ReturnType<typeof queries>): number {
  let [met, expected] = [0, 0]
  for (const { query, truth } of asked) {
    const { found, work } = index.query(query)
    for (const { key, value } of found) expect(truth.get(key)).toBe(value)
    expect(found.map(({ value }) => value)).toEqual(found.map(({ value }) => value).sort((a, b) => a - b))
    expect(work.compared).toBeGreaterThanOrEqual(found.length)
    met += found.length
    expected += truth.size
  }
  expect(expected).toBeGreaterThan(200)
  return met / expected
}

describe('jsLshIndex', () => {
  it('finds itself at divergence 0', () => {
    const { found } = indexOf().query(histogram(datasets, 7))
    expect(found[0].value).toBeLessThan(1e-12)
    expect(found.map(({ key }) => key)).toContain(7)
  })

  it('has precision 1 and the recall asked for, over all features', () => {
    expect(recallOf(indexOf(), queries(features))).toBeGreaterThanOrEqual(0.9)
  })

  it('has precision 1 where the overlap is nearly full, at a smaller recall', () => {
    const asked = queries(features.subarray(0, 9))
    expect(recallOf(indexOf(), asked)).toBeGreaterThanOrEqual(0.8)
    expect(recallOf(indexOf(2), asked)).toBeGreaterThan(recallOf(indexOf(), asked))
  })

  it('compares over the features that both sides have, and misses more the less the overlap is full', () => {
    const rowFeatures = (row: number) => features.filter(f => f !== row % 10)
    const asked = queries(features.subarray(0, 8), rowFeatures)
    expect(recallOf(indexOf(0, rowFeatures), asked)).toBeGreaterThanOrEqual(0.4)
  })

  it('forgets what is removed, and takes a key once', () => {
    const index = indexOf()
    const query = histogram(datasets, 7)
    expect(index.remove(7)).toBe(true)
    expect(index.remove(7)).toBe(false)
    expect(index.query(query).found.map(({ key }) => key)).not.toContain(7)
    expect(index.candidates(query)).not.toContain(7)
    expect(caughtCode(() => index.insert(8, query))).toBe('USAGE')
    index.insert(7, query)
    expect(index.size).toBe(150)
  })

  it('refuses other columns', () => {
    const other = histogram(neighbourhoods(1, { features: 2, bins: 4, seed: 1 }), 0, Uint32Array.of(0, 1))
    expect(caughtCode(() => indexOf().query(other))).toBe('SHAPE')
  })
})
