import { describe, expect, it } from 'vitest'
import { sourceAccuracy } from '../../src/model/index.ts'
import { frontMatter } from './cards.ts'

const withMetrics = (...metrics: { type: string; value?: unknown }[]) =>
  sourceAccuracy({
    frontMatter: { ...frontMatter, 'model-index': [{ results: [{ metrics: [] }, { metrics }] }] } as never,
    body: '',
  })

describe('source accuracy', () => {
  it.each([
    [0.93, 0.93],
    [1, 1],
    [0, 0],
    [93.4, 0.934],
    [100, 1],
  ])('%d is the fraction %d', (value, fraction) => {
    expect(withMetrics({ type: 'f1', value: 0.5 }, { type: 'accuracy', value })).toBeCloseTo(fraction, 15)
  })

  it.each([-0.1, 100.1, NaN, '0.9', null])('%j is none', value => {
    expect(withMetrics({ type: 'accuracy', value })).toBeNull()
  })

  it('the first accuracy counts, and F1 never stands in for it', () => {
    expect(withMetrics({ type: 'Accuracy', value: 0.8 }, { type: 'accuracy', value: 0.9 })).toBe(0.8)
    expect(withMetrics({ type: 'f1', value: 0.5 })).toBeNull()
    expect(sourceAccuracy({ frontMatter, body: '' })).toBeNull()
  })
})
