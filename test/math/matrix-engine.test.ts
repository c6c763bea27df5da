import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choleskyLogDeterminant } from '../../src/math/cholesky.ts'
import { dimensionGram, rowGram } from '../../src/math/gram.ts'
import { plainEngine } from '../../src/math/matrix-engine.ts'
import { meanRow, rowBlocks } from '../../src/math/row-blocks.ts'

const matrix = { rows: 5, columns: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) }
const embeddings = { rows: 5, dimensions: 2, values: matrix.values }

describe('plainEngine', () => {
  it('multiplies, by hand', async () => {
    expect([...(await plainEngine.gram(matrix))]).toEqual([165, 190, 190, 220])
    const two = { rows: 2, columns: 2, values: Float32Array.of(1, 0, 1, 1) }
    expect([...(await plainEngine.matmulTransposed(two, matrix))]).toEqual([1, 3, 5, 7, 9, 3, 7, 11, 15, 19])
  })

  it('gives a Gram matrix that is the product of the transposed matrix with itself', async () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 21, maxLength: 21 })
    await fc.assert(
      fc.asyncProperty(values, async list => {
        const tall = { rows: 7, columns: 3, values: Float32Array.from(list) }
        const turned = {
          rows: 3,
          columns: 7,
          values: tall.values.map((_, at) => list[(at % 7) * 3 + Math.floor(at / 7)]),
        }
        expect(await plainEngine.gram(tall)).toEqual(await plainEngine.matmulTransposed(turned, turned))
      }),
    )
  })
})

describe('Gram matrices', () => {
  it('of centred rows, by hand', async () => {
    const mean = meanRow(embeddings)
    expect([...mean]).toEqual([5, 6])
    expect([...(await dimensionGram(embeddings, { mean }))]).toEqual([40, 40, 40, 40])
    expect([...(await rowGram(embeddings, { mean, rows: Int32Array.of(0, 4) }))]).toEqual([32, -32, -32, 32])
  })

  it('cuts rows into blocks without losing any', () => {
    const blocks = [...rowBlocks(embeddings, { perBlock: 2 })]
    expect(blocks.map(block => block.rows)).toEqual([2, 2, 1])
    expect(blocks.flatMap(block => [...block.values])).toEqual([...matrix.values])
  })
})

describe('choleskyLogDeterminant', () => {
  it('of [[4, 2], [2, 3]] is log 8', () => {
    expect(choleskyLogDeterminant(Float64Array.of(4, 2, 2, 3), 2)).toBeCloseTo(Math.log(8), 14)
  })

  it('of an indefinite matrix is NaN', () => {
    expect(choleskyLogDeterminant(Float64Array.of(1, 2, 2, 1), 2)).toBeNaN()
  })
})
