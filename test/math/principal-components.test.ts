import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { principalComponents } from '../../src/math/principal-components.ts'
import { embeddingsOf, goldenComponents } from './golden-components.ts'

describe('principalComponents', () => {
  it('finds the diagonal of points on a line, with its variance, by hand', async () => {
    const found = await principalComponents(
      embeddingsOf([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
      2,
    )
    expect(found.explainedVariance[0]).toBeCloseTo(2, 12)
    expect(found.components[0]).toBeCloseTo(Math.SQRT1_2, 12)
    expect(found.components[1]).toBeCloseTo(Math.SQRT1_2, 12)
    expect([...found.projected.values].filter((_, at) => at % 2 === 0)[2]).toBeCloseTo(Math.SQRT2, 6)
  })

  it('gives directions without variance as zero', async () => {
    const found = await principalComponents(
      embeddingsOf([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
      2,
    )
    expect([...found.components.subarray(2)]).toEqual([0, 0])
    expect(found.explainedVariance[1]).toBeCloseTo(0, 12)
  })

  it.each([
    [
      'more rows than dimensions',
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
    ],
    [
      'more dimensions than rows',
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
    ],
  ])('of constant rows are zero: %s', async (_, rows) => {
    const found = await principalComponents(embeddingsOf(rows), 2)
    expect([...found.projected.values].every(value => value === 0)).toBe(true)
  })

  it('cuts the count to rows and dimensions', async () => {
    const wide = await principalComponents(
      embeddingsOf([
        [1, 0, 0, 5],
        [0, 1, 2, 3],
      ]),
      10,
    )
    expect(wide.projected.dimensions).toBe(2)
    const tall = await principalComponents(
      embeddingsOf([
        [1, 0],
        [0, 1],
        [3, 3],
      ]),
      10,
    )
    expect(tall.projected.dimensions).toBe(2)
  })

  it.each([
    [[[1, 2]], 1, 'TOO_FEW_ROWS'],
    [
      [
        [1, NaN],
        [1, 2],
      ],
      1,
      'OUT_OF_RANGE',
    ],
    [
      [
        [1, 3],
        [1, 2],
      ],
      0,
      'OUT_OF_RANGE',
    ],
    [
      [
        [1, 3],
        [1, 2],
      ],
      1.5,
      'OUT_OF_RANGE',
    ],
  ])('refuses %j with count %d: %s', async (rows, count, code) => {
    await expect(principalComponents(embeddingsOf(rows), count)).rejects.toMatchObject({ code })
  })

  it('stops once cancelled', async () => {
    const signal = AbortSignal.abort()
    const work = principalComponents(
      embeddingsOf([
        [1, 3],
        [1, 2],
      ]),
      1,
      { signal },
    )
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' })
  })

  it.each(goldenComponents)('equals scikit-learn: $name', async ({ embeddings, pca }) => {
    const found = await principalComponents(embeddings, pca.count)
    const off = (actual: Float64Array, wanted: readonly number[]) =>
      Math.max(...wanted.map((value, at) => Math.abs(actual[at] - value))) / Math.max(...wanted.map(Math.abs))
    expect(off(found.explainedVariance, pca.explainedVariance)).toBeLessThan(1e-6)
    expect(off(found.components, pca.components.flat())).toBeLessThan(1e-6)
    expect(off(found.projected.values as Float64Array, pca.firstProjected.flat())).toBeLessThan(1e-6)
  })

  it('keeps the distances when no dimension is dropped', async () => {
    const row = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 4, maxLength: 8 }), async rows => {
        const { projected } = await principalComponents(embeddingsOf(rows), 3)
        const before = Math.hypot(...rows[0].map((value, c) => value - rows[1][c]))
        const after = Math.hypot(...[0, 1, 2].map(c => projected.values[c] - projected.values[3 + c]))
        expect(after).toBeCloseTo(before, 4)
      }),
    )
  })
})
