import { describe, expect, it } from 'vitest'
import { ridge, ridgeSums } from '../../src/decision/ridge.ts'
import { caughtCode } from '../caught-code.ts'
import { golden } from '../golden-file.ts'

const { ridge: peer } = golden<{ ridge: { penalty: number; rows: number[][]; values: number[]; weights: number[] } }>(
  'ridge-and-tree.json',
)

describe('ridge regression', () => {
  it('is the shrunk ratio with one column', () => {
    const sums = ridgeSums([Float64Array.of(1), Float64Array.of(2)], [2, 3], 1)
    expect(ridge([sums], 3)[0]).toBeCloseTo((2 + 6) / (5 + 3), 12)
  })

  it('gives scikit-learn’s weights, however the rows are grouped', () => {
    const rows = peer.rows.map(row => Float64Array.from(row))
    const [first, second] = [rows.slice(0, 15), rows.slice(15)]
    const groups = [ridgeSums(first, peer.values.slice(0, 15), 1), ridgeSums(second, peer.values.slice(15), 1)]
    ridge(groups, peer.penalty).forEach((weight, i) => expect(weight).toBeCloseTo(peer.weights[i], 9))
  })

  it('refuses a penalty that is not above 0', () => {
    expect(caughtCode(() => ridge([ridgeSums([Float64Array.of(1)], [1], 1)], 0))).toBe('OUT_OF_RANGE')
  })
})
