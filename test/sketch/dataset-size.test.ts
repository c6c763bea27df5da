import { beforeAll, describe, expect, it } from 'vitest'
import { fit, pairwiseJensenShannon, sizeCorrected, softCoverage } from '../../src/divergence/index.ts'
import {
  blockColumns,
  datasetBlocks,
  EMPTY_DOMAIN,
  foundSlots,
  makeSketch,
  partitionsOf,
  type DatasetBlocks,
  type Sketch,
} from '../../src/sketch/index.ts'
import { mixtureColumns, numericFeatures, sourceOf } from './sources.ts'

const FEATURES = 10
const SIZES = [200, 800, 3_200, 12_800]
const TARGET_ROWS = 800
const REPEATS = 3

const slots = Int32Array.from({ length: FEATURES }, (_, f) => f)
const shared = Uint32Array.from(slots)

const draw = (rows: number, seed: number, clusters: number, shift = 0) =>
  makeSketch(sourceOf(numericFeatures(FEATURES), mixtureColumns(rows, seed, { clusters, features: FEATURES, shift })))

/** The target and sources of every size in the reference bins of a domain that the sources found. */
async function drawn(
  repeat: number,
  clusters: number,
): Promise<{ sources: DatasetBlocks[]; target: DatasetBlocks; sketches: Sketch[] }> {
  const sketches: Sketch[] = []
  for (const [i, rows] of SIZES.entries()) sketches.push(await draw(rows, 100 * repeat + i, clusters))
  const domain = foundSlots(
    EMPTY_DOMAIN,
    slots,
    sketches.map(sketch => ({ sketch, slotOf: slots })),
  )
  const columns = blockColumns(domain, slots)
  const blocks = (sketch: Sketch) => datasetBlocks(sketch, slots, domain, columns)
  return {
    sketches,
    sources: sketches.map(blocks),
    target: blocks(await draw(TARGET_ROWS, 100 * repeat + 50, clusters)),
  }
}

const parts = { shared: FEATURES, targetFeatures: FEATURES }

function plainFit(source: DatasetBlocks, target: DatasetBlocks): number {
  const pairs = pairwiseJensenShannon(source.clustered, target.clustered, shared)
  const wholeJs = pairwiseJensenShannon(source.whole, target.whole, shared)[0]
  return fit({ softCoverage: softCoverage(pairs, target.clustered.rows), wholeJs, ...parts })
}

/**
 * Most that the fits of sources of any size may lie apart: `all` of 200 to 12,800 rows, `larger` from 800 rows on. The
 * five cells of 200 rows cannot hold 20 clusters apart, so that there the smallest source falls behind.
 */
describe.each([
  { clusters: 3, all: 0.045, larger: 0.045 },
  { clusters: 6, all: 0.045, larger: 0.045 },
  { clusters: 20, all: 0.08, larger: 0.045 },
])('sources of 200 to 12,800 rows of one mixture of $clusters clusters', ({ clusters, all, larger }) => {
  const plain = SIZES.map(() => 0)
  const corrected = SIZES.map(() => 0)
  let cells: number[] = []

  beforeAll(async () => {
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const { sources, target, sketches } = await drawn(repeat, clusters)
      cells = sketches.map(sketch => partitionsOf(sketch, 'clustered').length)
      const compare = sizeCorrected(target, { shared, rowCounted: shared })
      sources.forEach((source, i) => {
        plain[i] += plainFit(source, target) / REPEATS
        corrected[i] += fit({ ...compare(source), ...parts }) / REPEATS
      })
    }
  })

  const spread = (scores: number[]) => Math.max(...scores) - Math.min(...scores)

  it('have other numbers of partitions', () => {
    expect(cells[0]).toBeLessThan(cells[1])
    expect(cells[1]).toBeLessThan(cells[2])
  })

  it('fit one target of 800 rows alike, within the stated tolerance', () => {
    expect(spread(corrected)).toBeLessThanOrEqual(all)
    expect(spread(corrected.slice(1))).toBeLessThanOrEqual(larger)
    expect(Math.min(...corrected)).toBeGreaterThan(0.88)
  })

  it('would not without the correction: the floor favours large sources', () => {
    expect(spread(plain)).toBeGreaterThan(0.03)
    expect(plain).toEqual(plain.toSorted((a, b) => a - b))
  })
})

describe('a source of another distribution', () => {
  it('fits worse than any source of the target’s own, however few rows that one has', async () => {
    const domain = foundSlots(EMPTY_DOMAIN, slots, [{ sketch: await draw(3_200, 77, 6), slotOf: slots }])
    const columns = blockColumns(domain, slots)
    const shifted = datasetBlocks(await draw(12_800, 78, 6, 1), slots, domain, columns)
    const own = datasetBlocks(await draw(200, 79, 6), slots, domain, columns)
    const other = datasetBlocks(await draw(TARGET_ROWS, 80, 6), slots, domain, columns)
    const compare = sizeCorrected(other, { shared, rowCounted: shared })
    expect(fit({ ...compare(shifted), ...parts })).toBeLessThan(fit({ ...compare(own), ...parts }) - 0.05)
  })
})
