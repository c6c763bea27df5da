import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { gaussian } from '../../src/math/gaussian.ts'
import { jointAccuracy, withLabels, type Decision } from '../../src/decision/index.ts'
import { caughtCode } from '../caught-code.ts'

const LEVEL = 0.9

const predicted = fc
  .record({
    value: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    half: fc.double({ min: 0.03, max: 0.4, noNaN: true }),
  })
  .map(({ value, half }) => ({ value, low: Math.max(0, value - half), high: Math.min(1, value + half) }))

const counted = fc
  .record({ rows: fc.integer({ min: 1, max: 500 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ rows, share }) => ({ rows, right: Math.round(rows * share) }))

function decisionOf(values: Readonly<Record<string, number>>, half = 0.2): Decision {
  const candidates = Object.entries(values).map(([name, value]) => {
    const pulls = [{ evidence: 'fit' as const, points: value - 0.5 }]
    return { name, value, low: Math.max(0, value - half), high: Math.min(1, value + half), pulls }
  })
  const names = candidates.map(({ name }) => name)
  return {
    ...{
      candidates,
      base: 0.5,
      code: 'as-good',
      asGood: names,
      blindOrder: names,
      dataChangedFirst: false,
      message: '',
    },
    basis: { kind: 'history', datasets: 20, level: LEVEL, evidence: ['fit'] },
  }
}

describe('by hand', () => {
  it('a prediction as wide as that of a uniform distribution counts for two rows', () => {
    // 90 % of Beta(1, 1) lie in 0.05–0.95: (1 + 3) / (2 + 4).
    const { value, low, high } = jointAccuracy({ value: 0.5, low: 0.05, high: 0.95 }, { right: 3, rows: 4 }, LEVEL)
    expect(value).toBeCloseTo(4 / 6, 3)
    // Beta(4, 2): the ends by scipy.
    expect(low).toBeCloseTo(0.3426, 2)
    expect(high).toBeCloseTo(0.9236, 2)
  })

  it('labels put another first, and their pull is told', () => {
    const decision = decisionOf({ 'x/a': 0.8, 'x/b': 0.7 })
    const counts = new Map([
      ['x/a', { right: 20, rows: 50 }],
      ['x/b', { right: 48, rows: 50 }],
    ])
    const told = withLabels(decision, counts)
    expect(told.candidates.map(({ name }) => name)).toEqual(['x/b', 'x/a'])
    expect(told).toMatchObject({ code: 'best', asGood: ['x/b'], dataChangedFirst: true })
    for (const { value, pulls } of told.candidates) {
      expect(told.base + pulls.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(value, 12)
      expect(pulls.at(-1)!.evidence).toBe('labels')
    }
  })
})

describe('always', () => {
  it('without labels the decision is as it was', () => {
    const decision = decisionOf({ 'x/a': 0.8, 'x/b': 0.7 })
    expect(withLabels(decision, new Map())).toBe(decision)
    expect(withLabels(decision, new Map([['x/a', { right: 0, rows: 0 }]]))).toBe(decision)
    fc.assert(
      fc.property(predicted, one => {
        expect(jointAccuracy(one, { right: 0, rows: 0 }, LEVEL)).toBe(one)
      }),
    )
  })

  it('lies between what was predicted and what the labels say, and within its interval', () => {
    fc.assert(
      fc.property(predicted, counted, (one, count) => {
        const { value, low, high } = jointAccuracy(one, count, LEVEL)
        const share = count.right / count.rows
        expect(value).toBeGreaterThanOrEqual(Math.min(one.value, share) - 1e-9)
        expect(value).toBeLessThanOrEqual(Math.max(one.value, share) + 1e-9)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(value)
        expect(value).toBeLessThanOrEqual(high)
        expect(high).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('with many labels is the share that is right, the interval ever narrower', () => {
    fc.assert(
      fc.property(predicted, fc.integer({ min: 0, max: 10 }), (one, tenths) => {
        const told = jointAccuracy(one, { right: tenths * 10_000, rows: 100_000 }, LEVEL)
        expect(Math.abs(told.value - tenths / 10)).toBeLessThan(0.011)
        expect(told.high - told.low).toBeLessThan(0.012)
      }),
    )
  })

  it('with one label more right is never less', () => {
    fc.assert(
      fc.property(predicted, counted, (one, { right, rows }) => {
        const [less, more] = [right, right + 1].map(n => jointAccuracy(one, { right: n, rows: rows + 1 }, LEVEL).value)
        expect(more).toBeGreaterThan(less)
      }),
    )
  })

  it('a narrower prediction counts for more rows', () => {
    const [wide, narrow] = [0.3, 0.1].map(half =>
      jointAccuracy({ value: 0.5, low: 0.5 - half, high: 0.5 + half }, { right: 10, rows: 10 }, LEVEL),
    )
    expect(narrow.value).toBeLessThan(wide.value)
  })
})

it('covers as often as it says where the prediction does: 500 models of 10 labelled rows', () => {
  const random = seededRandom(3)
  const normal = gaussian(random)
  let inside = 0
  for (let i = 0; i < 500; i++) {
    const value = 0.3 + 0.4 * random()
    const accuracy = Math.min(1, Math.max(0, value + 0.1 * normal()))
    const half = 1.645 * 0.1
    let right = 0
    for (let row = 0; row < 10; row++) if (random() < accuracy) right++
    const { low, high } = jointAccuracy({ value, low: value - half, high: value + half }, { right, rows: 10 }, LEVEL)
    if (accuracy >= low && accuracy <= high) inside++
  }
  expect(inside / 500).toBeGreaterThan(0.87)
  expect(inside / 500).toBeLessThan(0.94)
})

it('refuses counts that there cannot be', () => {
  const one = { value: 0.5, low: 0.2, high: 0.8 }
  expect(caughtCode(() => jointAccuracy(one, { right: 3, rows: 2 }, LEVEL))).toBe('OUT_OF_RANGE')
  expect(caughtCode(() => jointAccuracy(one, { right: 0.5, rows: 2 }, LEVEL))).toBe('OUT_OF_RANGE')
})
