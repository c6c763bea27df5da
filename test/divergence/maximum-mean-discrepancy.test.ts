import { describe, expect, it } from 'vitest'
import { fourierMean, maximumMeanDiscrepancy, randomFourierFeatures } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/maximum-mean-discrepancy.json' with { type: 'json' }

describe('maximumMeanDiscrepancy', () => {
  it('is the squared distance of two means', () => {
    expect(maximumMeanDiscrepancy([1, 0, 0], [0, 2, 0])).toBe(5)
    expect(maximumMeanDiscrepancy([0.3, 0.1], [0.3, 0.1])).toBe(0)
  })

  it('refuses means of different maps', () => {
    expect(caughtCode(() => maximumMeanDiscrepancy([1], [1, 2]))).toBe('SHAPE')
    expect(caughtCode(() => maximumMeanDiscrepancy([], []))).toBe('SHAPE')
  })

  it.each(golden.cases)(
    `is within ${golden.tolerance} of ${golden.peer}: $name`,
    ({ x, y, bandwidth, mmd_squared }) => {
      const map = randomFourierFeatures({ features: x[0].length, directions: golden.directions, bandwidth, seed: 1 })
      const meanOf = (rows: number[][]): Float64Array => {
        const mean = fourierMean(map)
        rows.forEach(row => mean.add(row))
        return mean.mean()
      }
      const estimate = maximumMeanDiscrepancy(meanOf(x), meanOf(y))
      expect(Math.abs(estimate - mmd_squared)).toBeLessThanOrEqual(golden.tolerance)
    },
  )
})
