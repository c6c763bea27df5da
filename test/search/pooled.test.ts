import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { adaptivity, coverage, jensenShannon, pooledPartitions } from '../../src/divergence/index.ts'
import { DEFAULT_PARAMETERS, searchDomains, type Candidate, type SearchParameters } from '../../src/search/index.ts'
import { blockColumns, datasetBlocks } from '../../src/sketch/dataset-blocks.ts'
import { EMPTY_DOMAIN, foundSlots } from '../../src/sketch/domain.ts'
import { SIGNATURE_LENGTH } from '../../src/sketch/min-hash.ts'
import { makeSketch } from '../../src/sketch/make-sketch.ts'
import type { SketchOptions } from '../../src/sketch/sketch-options.ts'
import { columnSource } from '../columns.ts'

const NAMES = ['a', 'b', 'c']
const SLOTS = Int32Array.from(NAMES.keys())

/** Rows in the square of side `spread`, in the middle of which each feature has its own place. */
function tableOf(rows: number, seed: number, spread: number): number[][] {
  const random = seededRandom(seed)
  return Array.from({ length: rows }, () => NAMES.map((_, f) => f + spread * (random() ** 2 - 0.5)))
}

const sketchTable = (table: number[][], options: SketchOptions) =>
  makeSketch(
    columnSource(Object.fromEntries(NAMES.map((name, f) => [name, Float64Array.from(table, row => row[f])]))),
    options,
  )

async function searchTables(
  [source, target]: readonly (readonly [number[][], SketchOptions])[],
  parameters: Partial<SearchParameters>,
) {
  const sketch = await sketchTable(...source)
  const domain = foundSlots(EMPTY_DOMAIN, SLOTS, [{ sketch, slotOf: SLOTS }])
  const columns = blockColumns(domain, SLOTS)
  const candidate: Candidate = {
    ...{
      name: 'x/m',
      version: 1,
      sourceAccuracy: null,
      sizeBytes: 1,
      license: null,
      view: null,
      slotOf: SLOTS,
      columns,
      sketch,
    },
    stored: {
      blocks: datasetBlocks(sketch, SLOTS, domain, columns),
      signatures: new Uint32Array(columns.slots.length * SIGNATURE_LENGTH),
    },
  }
  return searchDomains(await sketchTable(...target), [{ domain, candidates: [candidate] }], {
    ...DEFAULT_PARAMETERS,
    space: 'pooled',
    ...parameters,
  })
}

/** Fisher–Yates, from the last row down: the order that the `paper` profile takes the rows in. */
function orderOf(rows: number, seed: number): Uint32Array {
  const random = seededRandom(seed)
  const place = Uint32Array.from({ length: rows }, (_, row) => row)
  for (let last = rows - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[place[last], place[other]] = [place[other], place[last]]
  }
  const order = new Uint32Array(rows)
  place.forEach((position, row) => (order[position] = row))
  return order
}

function partitionsOf(table: number[][], partitionRows: number) {
  const values = Float64Array.from(table.flat())
  const order = orderOf(table.length, 0)
  return pooledPartitions({ features: NAMES.length, values }, { order, partitionRows, scale: 'table', bins: 100 })
}

describe('the pooled space', () => {
  const source = tableOf(1700, 1, 0.7)
  const target = tableOf(1200, 2, 0.8)
  const paper = { profile: 'paper', seed: 0 } as const

  it('gives the JS, adaptivity and coverage of the matrices themselves (checked against the paper’s code)', async () => {
    const js = jensenShannon(partitionsOf(source, source.length)[0], partitionsOf(target, target.length)[0])
    const q = partitionsOf(target, 500)
    const pairs = Float64Array.from(partitionsOf(source, 500).flatMap(p => q.map(part => jensenShannon(p, part))))
    expect(pairs).toHaveLength(4 * 3)
    const sorted = [...pairs].sort((a, b) => a - b)
    for (const matches of [1, 5, 11]) {
      const threshold = (sorted[matches - 1] + sorted[matches]) / 2
      const outcome = await searchTables(
        [
          [source, paper],
          [target, paper],
        ],
        { threshold },
      )
      const { evidence } = outcome.ranked[0]
      expect(evidence.js).toBeCloseTo(js, 5)
      expect(evidence.adaptivity).toBe(matches / 3)
      expect(evidence.adaptivity).toBe(adaptivity(pairs, 3, threshold))
      expect(evidence.coverage).toBeCloseTo(coverage(pairs, Float64Array.of(500, 500, 200), threshold), 9)
    }
  })

  it('takes .005 for the threshold that the paper sets by hand', async () => {
    const { ranked } = await searchTables(
      [
        [source, paper],
        [target, paper],
      ],
      {},
    )
    expect(ranked[0].evidence.threshold).toBe(0.005)
  })

  it.each([
    ['target', 'the target', paper, {}],
    ['x/m', 'a model', {}, paper],
    ['target', 'both', {}, {}],
  ] as const)('names %s where %s is of another profile', async (named, _, ofSource, ofTarget) => {
    const attempt = searchTables(
      [
        [source, ofSource],
        [target, ofTarget],
      ],
      {},
    )
    await expect(attempt).rejects.toMatchObject({
      code: 'SKETCH_PROFILE',
      message: `${named}: the pooled space needs a sketch of profile 'paper', got 'default'; make it with --profile paper`,
    })
  })
})
