import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import type { Column } from '../../src/dataset/index.ts'
import { fit, pairwiseJensenShannon, softCoverage } from '../../src/divergence/index.ts'
import { blockColumns, datasetBlocks } from '../../src/sketch/dataset-blocks.ts'
import { EMPTY_DOMAIN, foundSlots, slotsOfNewcomer } from '../../src/sketch/domain.ts'
import { largestRemainder } from '../../src/sketch/largest-remainder.ts'
import { makeSketch } from '../../src/sketch/make-sketch.ts'
import { mergeSignatures } from '../../src/sketch/merge-signatures.ts'
import { mergeSketches } from '../../src/sketch/merge-sketches.ts'
import { probabilityMinHash } from '../../src/sketch/min-hash.ts'
import { readSketch } from '../../src/sketch/read-sketch.ts'
import type { Sketch } from '../../src/sketch/sketch.ts'
import { writeSketch } from '../../src/sketch/write-sketch.ts'
import { tableOf } from './table-of.ts'

const FEATURES = [
  { name: 'height', type: 'numeric' as const },
  { name: 'count', type: 'numeric' as const },
  { name: 'colour', type: 'categorical' as const },
  { name: 'words', type: 'text' as const },
]
const WORDS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']

/** Two clusters of rows, with missing values, ties and words; `shift` moves the first feature. */
function columnsOf(rows: number, seed: number, shift = 0): Column[] {
  const random = seededRandom(seed)
  const draws = Array.from({ length: rows }, () => Array.from({ length: 5 }, random))
  return [
    Float64Array.from(draws, ([a, b, c]) => (a < 0.03 ? NaN : (c < 0.4 ? b : 3 + b * b) + shift)),
    Float64Array.from(draws, ([, b, c]) => Math.floor((c < 0.4 ? 3 : 6) * b)),
    draws.map(([, , c, d]) => (c < 0.4 ? (d < 0.7 ? 'red' : 'blue') : d < 0.2 ? 'red' : 'green')),
    draws.map(([, , , d, e]) => `${WORDS[Math.floor(6 * d)]} ${WORDS[Math.floor(6 * e * e)]}`),
  ]
}

const part = (columns: readonly Column[], from: number, to: number) =>
  columns.map(column => column.slice(from, to) as Column)

/** Blocks of sketches in the reference bins of the first of them. */
function inBinsOfFirst(sketches: readonly Sketch[]) {
  const slotOf = slotsOfNewcomer(EMPTY_DOMAIN, sketches[0])
  const domain = foundSlots(EMPTY_DOMAIN, slotOf, [{ sketch: sketches[0], slotOf }])
  return sketches.map(sketch => datasetBlocks(sketch, slotOf, domain, blockColumns(domain, slotOf)))
}

describe('mergeSketches', () => {
  it('by hand: categories add up exactly', async () => {
    const colours = (red: number, blue: number) => [
      ...Array<string>(red).fill('red'),
      ...Array<string>(blue).fill('blue'),
    ]
    const features = [FEATURES[2]]
    const merged = mergeSketches([
      await makeSketch(tableOf(features, [colours(30, 70)])),
      await makeSketch(tableOf(features, [colours(200, 10)])),
    ])
    expect(merged.rows).toBe(310)
    // most frequent first: 230 red, 80 blue, no other, none missing
    expect(Array.from(merged.partitions[0].counts[0])).toEqual([230, 80, 0, 0])
  })

  it('gives two halves merged what the whole gives: JS ≤ .002 nats per feature, fit within .03', async () => {
    const columns = columnsOf(4000, 7)
    const whole = await makeSketch(tableOf(FEATURES, columns))
    const halves = await Promise.all(
      [part(columns, 0, 1500), part(columns, 1500, 4000)].map(half => makeSketch(tableOf(FEATURES, half))),
    )
    const merged = mergeSketches(halves)
    const targets = [columnsOf(1000, 8), columnsOf(1000, 9, 0.4), columnsOf(1000, 10, 2)]
    const others = await Promise.all(targets.map(target => makeSketch(tableOf(FEATURES, target))))
    const [a, b, ...blocks] = inBinsOfFirst([whole, merged, ...others])
    const all = Uint32Array.of(0, 1, 2, 3)
    expect(pairwiseJensenShannon(a.whole, b.whole, all)[0]).toBeLessThan(0.002)
    for (const target of blocks) {
      const [of, ofMerged] = [a, b].map(source =>
        fit({
          softCoverage: softCoverage(
            pairwiseJensenShannon(source.clustered, target.clustered, all),
            target.clustered.rows,
          ),
          wholeJs: pairwiseJensenShannon(source.whole, target.whole, all)[0],
          shared: 4,
          targetFeatures: 4,
        }),
      )
      expect(Math.abs(of - ofMerged)).toBeLessThan(0.03)
    }
  })

  it('keeps every total, at most 32 clustered and 16 random partitions, and is a sketch file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 40, max: 2500 }), { minLength: 2, maxLength: 3 }), async sizes => {
        const sketches = await Promise.all(
          sizes.map((rows, i) => makeSketch(tableOf(FEATURES, columnsOf(rows, i, i / 2)))),
        )
        const merged = mergeSketches(sketches)
        // the reader checks that every partition counts its rows
        expect(await readSketch(writeSketch(merged), 'merged')).toEqual(merged)
        const rows = sizes.reduce((sum, n) => sum + n, 0)
        for (const [kind, most] of [
          ['clustered', 32],
          ['random', 16],
        ] as const) {
          const parts = merged.partitions.filter(partition => partition.kind === kind)
          expect(parts.length).toBeLessThanOrEqual(most)
          expect(parts.reduce((sum, partition) => sum + partition.rows, 0)).toBe(rows)
        }
      }),
      { seed: 1, numRuns: 3 },
    )
  })

  it('takes features in any order, and refuses others, other types, seeds and profiles', async () => {
    const columns = columnsOf(100, 1)
    const first = await makeSketch(tableOf(FEATURES, columns))
    const turned = await makeSketch(tableOf([...FEATURES].reverse(), [...columns].reverse()))
    expect(mergeSketches([first, turned]).features.map(({ name }) => name)).toEqual(FEATURES.map(({ name }) => name))
    const fewer = await makeSketch(tableOf(FEATURES.slice(1), columns.slice(1)))
    expect(() => mergeSketches([first, fewer])).toThrow('sketch 2: expected the features of the first, got no height')
    expect(() => mergeSketches([fewer, first])).toThrow('got height as well')
    const asText = await makeSketch(
      tableOf([...FEATURES.slice(0, 2), { name: 'colour', type: 'text' }, FEATURES[3]], columns),
    )
    expect(() => mergeSketches([first, asText])).toThrow('sketch 2: colour: expected categorical, got text')
    const seeded = await makeSketch(tableOf(FEATURES, columns), { seed: 5 })
    expect(() => mergeSketches([first, seeded])).toThrow('expected seed 0 as in the first, got 5')
    const paper = await makeSketch(tableOf(FEATURES, columns), { profile: 'paper' })
    expect(() => mergeSketches([paper, paper])).toThrow("got 'paper'")
    expect(() => mergeSketches([first])).toThrow('sketches: expected at least 2, got 1')
  })
})

describe('mergeSignatures', () => {
  const signatureOf = (elements: number[], weights: number[]) =>
    probabilityMinHash({ elements: Uint32Array.from(elements), weights: Float64Array.from(weights) }, 0)
  const agreement = (a: Uint32Array, b: Uint32Array) => a.filter((value, i) => value === b[i]).length / a.length

  it('has w² + (1 − w)² of the places right where nothing is shared', () => {
    // 40 pairs of 128 places: standard error of the mean .0065 at w = ¼
    const shares = Array.from({ length: 40 }, (_, i) => {
      const [x, y] = [[1, 2, 3, 4].map(n => n + 100 * i), [11, 12, 13, 14].map(n => n + 100 * i)]
      const ones = (n: number) => Array<number>(4).fill(n)
      const mixture = signatureOf([...x, ...y], [...ones(1), ...ones(3)])
      return agreement(mergeSignatures([signatureOf(x, ones(1)), signatureOf(y, ones(1))], [1, 3], i), mixture)
    })
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    expect(Math.abs(mean - (0.25 ** 2 + 0.75 ** 2))).toBeLessThan(0.026)
  })

  it('is right at least wherever the two agree', () => {
    const weight = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(weight, weight, (x, y) => {
        const elements = x.map((_, i) => i)
        const [a, b] = [signatureOf(elements, x), signatureOf(elements, y)]
        const counted = [x, y].map(weights => weights.reduce((sum, n) => sum + n, 0))
        const mixture = signatureOf(
          elements,
          x.map((n, i) => n + y[i]),
        )
        expect(agreement(mergeSignatures([a, b], counted, 0), mixture)).toBeGreaterThanOrEqual(agreement(a, b))
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})

describe('largestRemainder', () => {
  it('by hand: 1.6, 2.7 and 0.7 of 5 are 1, 2 and 0, and the two left over go to .7 and .7', () => {
    expect(Array.from(largestRemainder(Float64Array.of(1.6, 2.7, 0.7), 5))).toEqual([1, 3, 1])
  })

  it('always keeps the total and is off by less than one', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 50 }), amounts => {
        const exact = amounts.reduce((sum, n) => sum + n, 0)
        const total = Math.round(exact)
        const scaled = Float64Array.from(amounts, n => (exact > 0 ? (n / exact) * total : 0))
        const whole = largestRemainder(scaled, total)
        expect(whole.reduce((sum, n) => sum + n, 0)).toBe(total)
        whole.forEach((n, i) => expect(Math.abs(n - scaled[i])).toBeLessThan(1.0001))
      }),
      { seed: 1 },
    )
  })
})
