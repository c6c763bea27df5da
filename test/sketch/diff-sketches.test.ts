import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { populationStabilityIndex } from '../../src/divergence/index.ts'
import { diffSketches } from '../../src/sketch/diff-sketches.ts'
import { makeSketch } from '../../src/sketch/make-sketch.ts'
import { tableOf } from './table-of.ts'

const NUMERIC = (name: string) => ({ name, type: 'numeric' as const })
const CATEGORICAL = (name: string) => ({ name, type: 'categorical' as const })

function uniform(rows: number, seed: number, shift = 0): Float64Array {
  const random = seededRandom(seed)
  return Float64Array.from({ length: rows }, () => random() + shift)
}

describe('diffSketches', () => {
  it('by hand: colours 3:1 against 1:1 have JS and PSI of (¾, ¼) and (½, ½)', async () => {
    const colours = (red: number, blue: number) => [
      ...Array<string>(red).fill('red'),
      ...Array<string>(blue).fill('blue'),
    ]
    const first = await makeSketch(tableOf([CATEGORICAL('colour')], [colours(300, 100)]))
    const second = await makeSketch(tableOf([CATEGORICAL('colour')], [colours(200, 200)]))
    const [{ js, psi, histograms }] = diffSketches(first, second).features
    const kl = (p: number[], q: number[]) => p.reduce((sum, x, i) => sum + x * Math.log(x / q[i]), 0)
    const middle = [0.625, 0.375]
    expect(js).toBeCloseTo(0.5 * (kl([0.75, 0.25], middle) + kl([0.5, 0.5], middle)), 12)
    // two bins for the colours, one for others, one for missing
    expect(psi).toBeCloseTo(populationStabilityIndex([0.75, 0.25, 0, 0], [0.5, 0.5, 0, 0]), 12)
    expect(histograms).toEqual({ first: [0.75, 0.25, 0, 0], second: [0.5, 0.5, 0, 0] })
  })

  it('puts the feature that drifted most first, and names those without a partner', async () => {
    const features = ['still', 'moved'].map(NUMERIC)
    const first = await makeSketch(
      tableOf([...features, CATEGORICAL('old')], [uniform(500, 1), uniform(500, 2), Array<string>(500).fill('a')]),
    )
    const second = await makeSketch(
      tableOf([...features, CATEGORICAL('new')], [uniform(500, 3), uniform(500, 4, 0.5), Array<string>(500).fill('b')]),
    )
    const diff = diffSketches(first, second)
    expect(diff.features.map(({ feature }) => feature)).toEqual(['moved', 'still'])
    expect(diff.features[0].psi).toBeGreaterThan(0.25)
    // (B − 1)(1/n + 1/m) = 9 · 2/500 = .036 on average where nothing drifted
    expect(diff.features[1].psi).toBeLessThan(0.1)
    expect(diff.onlyInFirst).toEqual(['old'])
    expect(diff.onlyInSecond).toEqual(['new'])
  })

  it('finds renamed features by their values', async () => {
    const first = await makeSketch(tableOf([NUMERIC('width')], [uniform(500, 1)]))
    const second = await makeSketch(tableOf([NUMERIC('breite')], [uniform(500, 2)]))
    expect(diffSketches(first, second).features[0]).toMatchObject({ other: 'breite', by: 'distribution' })
    expect(diffSketches(first, second, { match: 'name' })).toMatchObject({ features: [], meanJs: Math.LN2 })
  })

  it('is 0 against itself and does not depend on the order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        async (seed, shift) => {
          const first = await makeSketch(tableOf([NUMERIC('x')], [uniform(300, seed)]))
          const second = await makeSketch(tableOf([NUMERIC('x')], [uniform(200, seed + 1, shift)]))
          expect(diffSketches(first, first).features[0]).toMatchObject({ js: 0, psi: 0 })
          const [there] = diffSketches(first, second).features
          const [back] = diffSketches(second, first).features
          expect(there.js).toBeCloseTo(back.js, 12)
          expect(there.psi).toBeCloseTo(back.psi, 12)
        },
      ),
      { seed: 1, numRuns: 30 },
    )
  })
})
