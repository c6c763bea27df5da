import { describe, expect, it } from 'vitest'
import type { DecisionResult } from '../../src/hub/decision-schema.ts'
import { basisText, blindText, expectedText, standingText } from '../../src/hub/decision-words.ts'

const decision: DecisionResult = {
  ...{ measure: 'accuracy', code: 'as-good', asGood: ['x/a', 'x/b'], message: 'x/a is expected to be the best.' },
  ...{ blindOrder: ['x/b', 'x/a', 'x/d', 'x/c'], dataChangedFirst: true, base: 0.6 },
  basis: { kind: 'history', datasets: 9, level: 0.9, evidence: ['fit'] },
  predicted: [{ model: 'x/a', value: 0.91, low: 0.86, high: 0.94, pulls: [] }],
}

describe('the words of a decision', () => {
  it('has a value with its interval', () => {
    expect(expectedText(decision, 'x/a')).toBe('0.91 (0.86–0.94)')
    expect(expectedText(decision, 'x/z')).toBe('–')
  })

  it('marks the models that may be the best', () => {
    expect(['x/a', 'x/b', 'x/c'].map(model => standingText(decision, model))).toEqual(['as good', 'as good', ''])
    expect(standingText({ code: 'best', asGood: ['x/a'] }, 'x/a')).toBe('best')
    expect(standingText({ code: 'cannot-tell', asGood: ['x/a'] }, 'x/a')).toBe('cannot tell')
  })

  it('says whether the data changed the answer, beside the order without them', () => {
    expect(blindText(decision)).toBe('the data changed the answer; without looking at them: x/b, x/a, x/d')
    const same = blindText({ ...decision, dataChangedFirst: false, blindOrder: ['x/a', 'x/b'] })
    expect(same).toBe('the data did not change the answer; without looking at them: x/a, x/b')
  })

  it('says what the intervals rest on', () => {
    expect(basisText(decision)).toBe('intervals: 90.0 %, by the hub’s history of 9 datasets')
    expect(basisText({ ...decision, basis: { ...decision.basis, kind: 'default' } })).toContain('from other hubs')
  })
})
