import { describe, expect, test } from 'vitest'
import { candidateProbability, meanRecall, tuneJsLsh } from '../../src/retrieval/index.ts'

const near = [0.1, 0.15, 0.2, 0.25]
const all = Array.from({ length: 200 }, (_, i) => 0.1 + i / 200)

describe('tuning JS-LSH on a sample', () => {
  const { picked, byWidth, byValues, byBands } = tuneJsLsh({ near, all, entries: 10_000, recall: 0.9 })

  test('the parameters picked reach the recall that was asked for, and compare fewer than all', () => {
    expect(picked.recall).toBeGreaterThanOrEqual(0.9)
    expect(picked.recall).toBeCloseTo(meanRecall(near, picked), 12)
    expect(picked.recall).toBeLessThan(0.95)
    expect(picked.compared).toBeLessThan(0.5)
  })

  test('no other shape with as many hashes in all costs less', () => {
    const { shape } = picked
    for (const point of [...byValues, ...byBands].filter(({ recall }) => recall >= 0.9)) {
      const cost = ({ compared, shape: { bands, values } }: typeof point) => bands * values + 10_000 * compared
      if (point.shape.bands * point.shape.values <= shape.bands * shape.values) {
        expect(cost(point)).toBeGreaterThanOrEqual(cost(picked) - 1e-6)
      }
    }
  })

  test('along the curves recall and cost rise with r and L, and fall with K', () => {
    const rising = (values: readonly number[]) => expect(values).toEqual([...values].sort((a, b) => a - b))
    for (const of of ['recall', 'compared'] as const) {
      rising(byWidth.map(point => point[of]))
      rising(byBands.map(point => point[of]))
      rising(byValues.map(point => point[of]).reverse())
    }
  })

  test('the share compared is that of the pairs, but for the cells they are counted in', () => {
    const mean = all.reduce((sum, distance) => sum + candidateProbability(distance, picked), 0) / all.length
    expect(picked.compared).toBeCloseTo(mean, 2)
  })

  test('a hub of few entries is not worth many hashes', () => {
    const few = tuneJsLsh({ near, all, entries: 10, recall: 0.9 }).picked.shape
    expect(few.bands * few.values).toBeLessThanOrEqual(64)
  })

  test('with probes fewer bands reach the recall', () => {
    const probed = tuneJsLsh({ near, all, entries: 10_000, recall: 0.9, probes: 10 }).picked
    expect(probed.shape.bands).toBeLessThan(picked.shape.bands)
    expect({ ...probed.shape, width: probed.width }).toMatchObject({ values: picked.shape.values, width: picked.width })
    expect(probed.recall).toBeGreaterThanOrEqual(0.9)
    expect(probed.compared).toBeLessThan(0.5)
  })
})
