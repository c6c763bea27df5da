import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accuracyVerdict } from '../../src/rank/accuracy-verdict.ts'
import { mcNemar } from '../../src/rank/mc-nemar.ts'
import { wilsonInterval } from '../../src/rank/wilson-interval.ts'
import golden from '../golden/paired-accuracy.json' with { type: 'json' }

/** A model of the labels no and yes that has so many of the rows right, from the first on; all rows are `yes`. */
function modelOf(name: string, right: number, rows: number, from = 0) {
  const values = Float64Array.from({ length: 2 * rows }, (_, i) => {
    const row = Math.floor(i / 2)
    const isRight = row >= from && row < from + right
    return (i % 2 === 1) === isRight ? 0.8 : 0.2
  })
  return { name, labels: ['no', 'yes'], probabilities: { rows, classes: 2, values } }
}

const yes = (rows: number) => ({ rows, labels: new Array<string>(rows).fill('yes') })

describe('the verdict of labelled rows', () => {
  it('names the best where it is so beyond chance', () => {
    const verdict = accuracyVerdict([modelOf('x/b', 60, 100), modelOf('x/a', 90, 100)], yes(100))
    expect(verdict).toMatchObject({ code: 'best', asGood: ['x/a'] })
    expect(verdict.message).toBe('x/a is the best on the 100 labelled rows, beyond chance.')
    expect(verdict.intervals.get('x/a')).toEqual(wilsonInterval(90, 100))
  })

  it('does not call one model the best that stands alone', () => {
    const { code, message } = accuracyVerdict([modelOf('x/a', 3, 4)], yes(4))
    expect([code, message]).toEqual([
      'best',
      'x/a has 3 of 4 labelled rows right; no other model could be compared with it.',
    ])
    const single = accuracyVerdict([modelOf('x/a', 1, 1), modelOf('x/b', 0, 1)], yes(1))
    expect(single.message).toContain('on the 1 labelled row, but they cannot tell')
  })

  it('names those that may be as good, and says when nothing can be told', () => {
    const models = [modelOf('x/a', 90, 100), modelOf('x/b', 88, 100), modelOf('x/c', 50, 100)]
    expect(accuracyVerdict(models, yes(100))).toMatchObject({ code: 'as-good', asGood: ['x/a', 'x/b'] })
    const few = [modelOf('x/a', 3, 4), modelOf('x/b', 2, 4)]
    expect(accuracyVerdict(few, yes(4))).toMatchObject({ code: 'cannot-tell', asGood: ['x/a', 'x/b'] })
  })

  it('counts rows pair by pair: ten rows that only one has right tell more than equal shares', () => {
    // 90 and 80 of 100: the 80 are among the 90, or overlap them by 70.
    const nested = accuracyVerdict([modelOf('x/a', 90, 100), modelOf('x/b', 80, 100)], yes(100))
    const apart = accuracyVerdict([modelOf('x/a', 90, 100), modelOf('x/b', 80, 100, 20)], yes(100))
    expect([nested.code, apart.code]).toEqual(['best', 'cannot-tell'])
  })

  it('says nothing of accuracy without a label that the models know', () => {
    const models = [modelOf('x/a', 3, 4)]
    expect(accuracyVerdict(models, { rows: 4 })).toMatchObject({ code: 'unlabelled', asGood: [] })
    const foreign = { rows: 4, labels: ['owl', 'owl', 'owl', 'owl'] }
    expect(accuracyVerdict(models, foreign)).toMatchObject({ code: 'unlabelled', asGood: [] })
  })
})

describe('golden values of SciPy', () => {
  it.each(golden.intervals)('the interval of $right of $n', ({ right, n, interval }) => {
    const [low, high] = wilsonInterval(right, n)
    expect(low).toBeCloseTo(interval[0], 9)
    expect(high).toBeCloseTo(interval[1], 9)
  })

  it.each(golden.mcNemar)('McNemar of $b and $c', ({ b, c, p }) => {
    expect(mcNemar(b, c)).toBeCloseTo(p, 9)
  })
})

describe('properties', () => {
  it('the interval holds the share, and narrows with more rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (n, seed) => {
        const right = seed % (n + 1)
        const [low, high] = wilsonInterval(right, n)
        const [wideLow, wideHigh] = wilsonInterval(10 * right, 10 * n)
        expect(low).toBeLessThanOrEqual(right / n)
        expect(high).toBeGreaterThanOrEqual(right / n)
        expect(wideHigh - wideLow).toBeLessThan(high - low)
      }),
    )
  })

  it('McNemar is symmetric and in (0, 1]', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), (b, c) => {
        expect(mcNemar(b, c)).toBe(mcNemar(c, b))
        expect(mcNemar(b, c)).toBeGreaterThan(0)
        expect(mcNemar(b, c)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('refuse what is no count', () => {
    expect(() => mcNemar(-1, 2)).toThrow('McNemar: expected whole numbers from 0, got -1, 2')
    expect(() => wilsonInterval(3, 2)).toThrow('interval: expected whole numbers 0 ≤ right ≤ n, n ≥ 1, got 3, 2')
  })
})
