import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { leadingEigenpairs } from '../../src/math/leading-eigenpairs.ts'
import { plainEngine } from '../../src/math/matrix-engine.ts'
import { symmetricEigen } from '../../src/math/symmetric-eigen.ts'

describe('symmetricEigen', () => {
  it('of a 2 × 2 matrix, by hand', () => {
    const { values, rotated } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2)
    expect(values[0]).toBeCloseTo(3, 14)
    expect(values[1]).toBeCloseTo(1, 14)
    expect(Math.abs(rotated[0])).toBeCloseTo(Math.SQRT1_2, 14)
    expect(rotated[0]).toBeCloseTo(rotated[1], 14)
  })

  it('of nothing but zeros, of one entry, and of a diagonal', () => {
    expect([...symmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0])
    expect([...symmetricEigen(Float64Array.of(-7), 1).values]).toEqual([-7])
    expect([...symmetricEigen(Float64Array.of(1, 0, 0, 0, 3, 0, 0, 0, 2), 3).values]).toEqual([3, 2, 1])
  })

  it('of the second difference: 2 − 2 cos(jπ / (n + 1)), Strang (2006)', () => {
    const size = 40
    const matrix = new Float64Array(size * size)
    for (let i = 0; i < size; i++) {
      matrix[i * size + i] = 2
      if (i > 0) matrix[i * size + i - 1] = matrix[(i - 1) * size + i] = -1
    }
    symmetricEigen(matrix, size).values.forEach((value, j) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((size - j) * Math.PI) / (size + 1)), 12)
    })
  })

  it('of a rank far below the size, with rows of zeros, ends', () => {
    const [size, rank] = [150, 10]
    const random = seededRandom(0)
    // What a layer of rectifiers gives, some of which never fire.
    const rows = Float64Array.from({ length: rank * size }, (_, at) => (at % 3 === 0 ? 0 : Math.max(0, random() - 0.3)))
    const matrix = new Float64Array(size * size)
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < rank; k++) matrix[i * size + j] += rows[k * size + i] * rows[k * size + j] * 0.5 ** k
      }
    }
    const { values } = symmetricEigen(matrix, size, new Float64Array(size))
    const trace = matrix.reduce((sum, entry, at) => (at % (size + 1) === 0 ? sum + entry : sum), 0)
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 10)
    expect(values.filter(value => value > 1e-12 * values[0]).length).toBe(rank)
  })

  it('puts the matrix together again', () => {
    const entries = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 36, maxLength: 36 })
    fc.assert(
      fc.property(entries, list => {
        const matrix = Float64Array.from(list, (value, at) => list[(at % 6) * 6 + Math.floor(at / 6)] + value)
        const { values, rotated } = symmetricEigen(matrix, 6)
        const scale = Math.max(1, ...matrix.map(Math.abs))
        for (let at = 0; at < 36; at++) {
          let sum = 0
          for (let j = 0; j < 6; j++) sum += values[j] * rotated[j * 6 + Math.floor(at / 6)] * rotated[j * 6 + (at % 6)]
          expect(Math.abs(sum - matrix[at]) / scale).toBeLessThan(1e-13)
        }
      }),
    )
  })
})

describe('leadingEigenpairs', () => {
  it.each([
    ['in double precision', plainEngine, 10],
    ['in single precision', { ...plainEngine, epsilon: 2 ** -23 }, 5],
  ])('by iteration equals the whole decomposition, %s', async (_, engine, digits) => {
    const size = 200
    const matrix = new Float64Array(size * size)
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) matrix[i * size + j] = Math.exp(-((i - j) ** 2) / 50) + (i === j ? i / size : 0)
    }
    const whole = symmetricEigen(matrix, size)
    const { values, vectors } = await leadingEigenpairs(matrix, size, { count: 4, engine })
    for (let k = 0; k < 4; k++) {
      expect(values[k]).toBeCloseTo(whole.values[k], digits)
      let aligned = 0
      for (let c = 0; c < size; c++) aligned += vectors[k * size + c] * whole.rotated[k * size + c]
      expect(Math.abs(aligned)).toBeCloseTo(1, digits)
    }
  })

  it('falls back to the whole decomposition where eigenvalues lie too close to iterate', async () => {
    const size = 200
    const matrix = new Float64Array(size * size)
    for (let i = 0; i < size; i++) matrix[i * size + i] = 1 + 1e-6 * i
    const { values } = await leadingEigenpairs(matrix, size, { count: 3 })
    ;[199, 198, 197].forEach((i, k) => expect(values[k]).toBeCloseTo(1 + 1e-6 * i, 12))
  })
})
