import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { makeSketch } from '../../src/sketch/make-sketch.ts'
import { mergeSketches } from '../../src/sketch/merge-sketches.ts'
import { hideSmallCounts, rowsPerBin, withoutRareBins } from '../../src/sketch/minimum-counts.ts'
import { privacyReceipt } from '../../src/sketch/privacy-receipt.ts'
import { readSketch } from '../../src/sketch/read-sketch.ts'
import type { Sketch } from '../../src/sketch/sketch.ts'
import { stringHash } from '../../src/sketch/string-hash.ts'
import { writeSketch } from '../../src/sketch/write-sketch.ts'
import { tableOf } from './table-of.ts'

const NUMERIC = { kind: 'numeric' as const, edges: Float64Array.of(0, 1, 2, 3), atoms: Float64Array.of(0.5) }
const NOMINAL = { kind: 'nominal' as const, hashes: Uint32Array.of(7, 8, 9) }

const FEATURES = [
  { name: 'height', type: 'numeric' as const },
  { name: 'colour', type: 'categorical' as const },
  { name: 'words', type: 'text' as const },
]

function tableWith(rows: number, seed: number) {
  const random = seededRandom(seed)
  const draw = () => Array.from({ length: rows }, random)
  const word = () => `word${Math.floor(40 * random() ** 3)}`
  return tableOf(FEATURES, [
    Float64Array.from(draw(), x => (x < 0.02 ? NaN : x < 0.2 ? 5 : x * x * 9)),
    draw().map(x => (x < 0.01 ? null : `colour${Math.floor(12 * x ** 2)}`)),
    draw().map(() => `${word()} ${word()} ${word()}`),
  ])
}

function expectNoneBelow(sketch: Sketch, least: number): void {
  for (const { rows, counts } of sketch.partitions) {
    expect(rows).toBeGreaterThanOrEqual(least)
    for (const bins of counts) for (const n of bins) if (n > 0) expect(n).toBeGreaterThanOrEqual(least)
  }
}

describe('withoutRareBins', () => {
  it('by hand: joins a rare interval with the next, leaves a rare atom to its interval, a rare word to other', () => {
    // intervals 2, 5, 6 rows, the atom 0.5 one row, one missing
    const bins = withoutRareBins(NUMERIC, Uint32Array.of(2, 5, 6, 1, 1), 4)
    expect(bins).toEqual({ kind: 'numeric', edges: Float64Array.of(0, 2, 3), atoms: new Float64Array(0) })
    // with the atom's two the first interval has four rows of its own
    expect(withoutRareBins(NUMERIC, Uint32Array.of(2, 5, 6, 2, 1), 4)).toMatchObject({ edges: NUMERIC.edges })
    expect(withoutRareBins(NUMERIC, Uint32Array.of(9, 9, 3, 9, 1), 4)).toMatchObject({
      edges: Float64Array.of(0, 1, 3),
    })
    expect(withoutRareBins(NOMINAL, Uint32Array.of(9, 3, 4, 0, 0), 4)).toMatchObject({ hashes: Uint32Array.of(7, 9) })
  })
})

describe('hideSmallCounts', () => {
  it('by hand: a rare count goes to the nearest bin with enough, a rare word to other', () => {
    // order of value: interval 0 and atom .5 (its middle), interval 1, interval 2
    expect(Array.from(hideSmallCounts(NUMERIC, Uint32Array.of(9, 0, 2, 0, 1), 3))).toEqual([12, 0, 0, 0, 0])
    expect(Array.from(hideSmallCounts(NOMINAL, Uint32Array.of(9, 2, 1, 0, 5), 3))).toEqual([9, 0, 0, 3, 5])
    expect(Array.from(hideSmallCounts(NOMINAL, Uint32Array.of(9, 2, 0, 0, 1), 3))).toEqual([12, 0, 0, 0, 0])
  })

  it('keeps the total and leaves nothing between 0 and the least, unless the total is', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.constantFrom(NUMERIC, NOMINAL), counts, fc.integer({ min: 1, max: 10 }), (bins, given, least) => {
        const hidden = hideSmallCounts(bins, Uint32Array.from(given), least)
        const total = given.reduce((sum, n) => sum + n, 0)
        expect(hidden.reduce((sum, n) => sum + n, 0)).toBe(total)
        if (total >= least) for (const n of hidden) expect(n === 0 || n >= least).toBe(true)
        else expect(hidden.filter(n => n > 0).length).toBeLessThanOrEqual(1)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})

describe('rowsPerBin', () => {
  it('counts a row once for a word it has twice', () => {
    const chunk = { rowOf: Uint32Array.of(0, 0, 0, 1), bins: Uint16Array.of(1, 0, 1, 1) }
    expect(Array.from(rowsPerBin(chunk, 3))).toEqual([1, 2, 0])
  })
})

describe('a sketch with minCell', () => {
  it('has no partition and no filled bin of fewer rows, is a sketch file, and says so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 50, max: 900 }), fc.integer({ min: 2, max: 50 }), async (rows, minCell) => {
        const sketch = await makeSketch(tableWith(rows, rows), { minCell })
        expectNoneBelow(sketch, minCell)
        const back = await readSketch(writeSketch(sketch), 'anonymous')
        expect(back).toEqual(sketch)
        expect(privacyReceipt(back, 1).minCell).toBe(minCell)
      }),
      { seed: 1, numRuns: 12 },
    )
  })

  it('holds no hash of a category or word of fewer rows', async () => {
    const column = [...Array<string>(95).fill('common'), ...Array<string>(5).fill('rare')]
    const features = [FEATURES[1], FEATURES[2]]
    const held = (sketch: Sketch) =>
      sketch.features.flatMap(({ bins, signature }) => [...(bins.kind === 'nominal' ? bins.hashes : []), ...signature])
    expect(held(await makeSketch(tableOf(features, [column, column])))).toContain(stringHash('rare'))
    const anonymous = held(await makeSketch(tableOf(features, [column, column]), { minCell: 10 }))
    expect(anonymous).not.toContain(stringHash('rare'))
    expect(anonymous).toContain(stringHash('common'))
  })

  it('stays so when merged', async () => {
    const sides = [300, 500].map(rows => makeSketch(tableWith(rows, rows), { minCell: 12 }))
    const merged = mergeSketches(await Promise.all(sides))
    expect(merged.minCell).toBe(12)
    expectNoneBelow(merged, 12)
  })

  it('refuses fewer rows than that, a number below 1, and the paper profile', async () => {
    const table = tableWith(20, 1)
    await expect(makeSketch(table, { minCell: 21 })).rejects.toMatchObject({ code: 'TOO_FEW_ROWS' })
    await expect(makeSketch(table, { minCell: 0 })).rejects.toMatchObject({ code: 'OUT_OF_RANGE' })
    await expect(makeSketch(table, { minCell: 5, profile: 'paper' })).rejects.toMatchObject({ code: 'USAGE' })
  })
})
