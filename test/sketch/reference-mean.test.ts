import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maximumMeanDiscrepancy } from '../../src/divergence/index.ts'
import { makeSketch, referenceIdentity, type NumericBins, type Sketch } from '../../src/sketch/index.ts'
import { rankUnder } from '../../src/sketch/rank-under.ts'
import { REFERENCE_DIRECTIONS, referenceMap } from '../../src/sketch/reference-mean.ts'
import { ModelHubError } from '../../src/common/index.ts'
import { arbitraryNumeric } from './arbitrary-bins.ts'
import { everyType, normalColumns, numericFeatures, sourceOf } from './sources.ts'

const bins: NumericBins = { kind: 'numeric', edges: Float64Array.of(0, 10, 20), atoms: Float64Array.of(5, 30) }

describe('rankUnder', () => {
  it.each([
    [-1, 0],
    [0, 0],
    [4, 0.04],
    [5, 0.05 + 0.1], // half of the interval below, half of the atom
    [6, 0.06 + 0.2],
    [10, 0.3],
    [15, 0.5],
    [20, 0.7],
    [25, 0.7],
    [30, 0.85],
    [31, 1],
  ])('%d has rank %d', (value, rank) => {
    expect(rankUnder(bins, Uint32Array.of(10, 40, 20, 30, 999))(value)).toBeCloseTo(rank, 14)
  })

  it('is ½ where there is nothing to rank among', () => {
    expect(rankUnder(bins, Uint32Array.of(0, 0, 0, 0, 9))(7)).toBe(0.5)
  })

  it('never descends and stays in [0, 1]', () => {
    const value = fc.double({ min: -120, max: 120, noNaN: true })
    fc.assert(
      fc.property(arbitraryNumeric(), value, value, ({ bins, counts }, a, b) => {
        const rank = rankUnder(bins, counts)
        const [low, high] = [rank(Math.min(a, b)), rank(Math.max(a, b))]
        expect(low).toBeLessThanOrEqual(high)
        expect(low >= 0 && high <= 1).toBe(true)
      }),
    )
  })
})

/** The mean of z(x) as its definition has it, row by row. */
function direct(columns: readonly (Float64Array | undefined)[], rows: number, reference: Sketch): number[] {
  const ranks = reference.features.map(({ bins }, f) =>
    rankUnder(bins as NumericBins, reference.partitions[0].counts[f]),
  )
  const { frequencies } = referenceMap(columns.length)
  const mean = new Array<number>(2 * REFERENCE_DIRECTIONS).fill(0)
  for (let row = 0; row < rows; row++) {
    const x = columns.map((column, f) => (column && Number.isFinite(column[row]) ? ranks[f](column[row]) : 0.5))
    for (let d = 0; d < REFERENCE_DIRECTIONS; d++) {
      const angle = x.reduce((sum, value, f) => sum + value * frequencies[d * x.length + f], 0)
      mean[2 * d] += Math.cos(angle) / Math.sqrt(REFERENCE_DIRECTIONS) / rows
      mean[2 * d + 1] += Math.sin(angle) / Math.sqrt(REFERENCE_DIRECTIONS) / rows
    }
  }
  return mean
}

describe('the mean in the coordinates of a reference', () => {
  const founding = makeSketch(sourceOf(numericFeatures(3), normalColumns(500, 3, 1)))

  it('is the mean of the random Fourier features of the ranks, features found by name, missing ones at ½', async () => {
    const reference = await founding
    const [a, b] = normalColumns(90, 2, 2)
    a[3] = NaN
    b[4] = Infinity
    const named = ['f2', 'other', 'f0'].map(name => ({ name, type: 'numeric' as const }))
    const sketch = await makeSketch(sourceOf(named, [a, a, b], [7]), { reference })
    direct([b, undefined, a], 90, reference).forEach((value, i) => {
      expect(sketch.referenceMean!.mean[i]).toBeCloseTo(value, 12)
    })
  })

  it('tells near datasets from far ones', async () => {
    const reference = await founding
    const meanOf = async (shift: number, seed: number) => {
      const columns = normalColumns(400, 3, seed).map((column, f) => column.map(value => value + shift * 10 ** f))
      return (await makeSketch(sourceOf(numericFeatures(3), columns), { reference })).referenceMean!
    }
    const [own, same, near, far] = [await meanOf(0, 1), await meanOf(0, 5), await meanOf(0.5, 6), await meanOf(2, 7)]
    const distance = (other: typeof own) => maximumMeanDiscrepancy(own.mean, other.mean)
    expect(distance(own)).toBe(0)
    expect(distance(same)).toBeLessThan(distance(near))
    expect(distance(near)).toBeLessThan(distance(far))
    expect(new Set([own, same, near, far].map(({ reference: identity }) => identity)).size).toBe(1)
  })

  it('does not depend on the cut of the source, nor on the reference’s features of other types', async () => {
    const { features, columns } = everyType(300)
    const reference = await makeSketch(sourceOf(features, columns))
    const meanOf = async (cuts: number[]) =>
      (await makeSketch(sourceOf(features, columns, cuts), { reference })).referenceMean
    expect(await meanOf([11])).toEqual(await meanOf([300]))
    const numericAlone = { ...reference, features: reference.features.slice(0, 2) }
    expect(referenceIdentity(numericAlone)).toBe(referenceIdentity(reference))
  })

  it('has another identity under other edges, names or counts', async () => {
    const reference = await founding
    const renamed = {
      ...reference,
      features: reference.features.map(feature => ({ ...feature, name: `${feature.name}!` })),
    }
    const recounted = { ...reference, partitions: reference.partitions.slice(1) }
    const other = await makeSketch(sourceOf(numericFeatures(3), normalColumns(500, 3, 2)))
    const identities = [reference, renamed, recounted, other].map(referenceIdentity)
    expect(new Set(identities).size).toBe(4)
    for (const identity of identities) expect(identity).toMatch(/^[0-9a-f]{32}$/)
  })

  it('is refused to a dataset with none of its features', async () => {
    const reference = await founding
    const text = { name: 'f0', type: 'text' as const }
    const refused = makeSketch(sourceOf([text], [['a', 'b']]), { reference })
    await expect(refused).rejects.toSatisfy(error => error instanceof ModelHubError && error.code === 'COLUMN_MISSING')
  })
})
