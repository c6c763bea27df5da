import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { ortEngine } from '../../src/inference/index.ts'
import { plainEngine, principalComponents, type Matrix } from '../../src/math/index.ts'
import { goldenComponents } from '../math/golden-components.ts'

const engine = ortEngine()
afterAll(() => engine.close())

const matrix: Matrix = { rows: 5, columns: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) }
const matrices = (columns: number) =>
  fc
    .array(fc.array(fc.float({ noNaN: true, min: -100, max: 100 }), { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 20,
    })
    .map((rows): Matrix => ({ rows: rows.length, columns, values: Float32Array.from(rows.flat()) }))

/** Single precision over at most 20 products of 100 × 100. */
const TOLERANCE = 20 * 20 * 1e4 * 2 ** -23

function expectClose(given: Float64Array, expected: Float64Array): void {
  expect(given.length).toBe(expected.length)
  expect(Math.max(0, ...given.map((value, at) => Math.abs(value - expected[at])))).toBeLessThanOrEqual(TOLERANCE)
}

describe('ortEngine', () => {
  it('multiplies, by hand', async () => {
    expect(await engine.gram(matrix)).toEqual(Float64Array.of(165, 190, 190, 220))
    const two = { rows: 2, columns: 2, values: Float32Array.of(1, 0, 1, 1) }
    expect(await engine.matmulTransposed(two, matrix)).toEqual(Float64Array.of(1, 3, 5, 7, 9, 3, 7, 11, 15, 19))
  })

  it('agrees with the plain engine', async () => {
    await fc.assert(
      fc.asyncProperty(matrices(7), matrices(7), async (a, b) => {
        expectClose(await engine.gram(a), await plainEngine.gram(a))
        expectClose(await engine.matmulTransposed(a, b), await plainEngine.matmulTransposed(a, b))
      }),
    )
  })

  it('states the rounding of single precision', () => {
    expect(engine.epsilon).toBe(2 ** -23)
  })

  it('refuses matrices that do not go together', async () => {
    const wide = { rows: 1, columns: 3, values: Float32Array.of(1, 2, 3) }
    await expect(engine.matmulTransposed(matrix, wide)).rejects.toMatchObject({ code: 'SHAPE' })
  })

  it('gives the principal components of the peer', async () => {
    for (const { name, embeddings, pca } of goldenComponents) {
      const found = await principalComponents(embeddings, pca.count, { engine })
      const off = (actual: ArrayLike<number>, wanted: readonly number[]) =>
        Math.max(...wanted.map((value, at) => Math.abs(actual[at] - value))) / Math.max(...wanted.map(Math.abs))
      expect([name, off(found.explainedVariance, pca.explainedVariance) < 1e-5]).toEqual([name, true])
      expect([name, off(found.components, pca.components.flat()) < 1e-4]).toEqual([name, true])
      expect([name, off(found.projected.values, pca.firstProjected.flat()) < 1e-4]).toEqual([name, true])
    }
  })
})
