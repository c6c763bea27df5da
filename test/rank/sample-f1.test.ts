import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positiveLabel, sampleF1 } from '../../src/rank/sample-f1.ts'
import { caughtCode } from '../caught-code.ts'

/** A model that is sure of the class of each row. */
function sureOf(classes: readonly number[], labels = ['no', 'yes']) {
  const values = Float64Array.from(classes.flatMap(c => labels.map((_, i) => Number(i === c))))
  return { labels, probabilities: { rows: classes.length, classes: labels.length, values } }
}

describe('sampleF1', () => {
  it('is 2 TP / (2 TP + FP + FN) of the rows with a label', () => {
    const labels = ['yes', 'yes', 'yes', 'no', 'no', undefined]
    expect(sampleF1(sureOf([1, 1, 0, 1, 0, 1]), labels, 'yes')).toBeCloseTo(4 / 6, 12)
    expect(sampleF1(sureOf([1, 1, 0, 1, 0, 1]), labels, 'no')).toBeCloseTo(2 / 4, 12)
  })

  it('is 0 where the label is neither there nor said, and for a model that does not know it', () => {
    expect(sampleF1(sureOf([0, 0]), ['no', 'no'], 'yes')).toBe(0)
    expect(sampleF1(sureOf([0, 1], ['cat', 'dog']), ['no', 'yes'], 'yes')).toBe(0)
  })

  it('is the harmonic mean of precision and recall, whatever the order of the rows', () => {
    const row = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 1 }))
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), rows => {
        const f1 = (some: typeof rows) =>
          sampleF1(
            sureOf(some.map(([said]) => said)),
            some.map(([, there]) => ['no', 'yes'][there]),
            'yes',
          )
        const right = rows.filter(([said, there]) => said && there).length
        const [said, there] = [rows.filter(([one]) => one).length, rows.filter(([, one]) => one).length]
        const [precision, recall] = [right / said, right / there]
        const expected = right === 0 ? 0 : (2 * precision * recall) / (precision + recall)
        expect(f1(rows)).toBeCloseTo(expected, 12)
        expect(f1([...rows].reverse())).toBe(f1(rows))
      }),
    )
  })
})

describe('positiveLabel', () => {
  it('is the one that was told, or the rarer of two, of two as rare the later by name', () => {
    expect(positiveLabel(['a', 'b', 'c', undefined], 'c')).toBe('c')
    expect(positiveLabel(['a', 'b', 'b'])).toBe('a')
    expect(positiveLabel(['a', 'b', undefined])).toBe('b')
  })

  it('is refused where no row has it, and where there are not two to choose from', () => {
    expect(caughtCode(() => positiveLabel(['a', 'b'], 'c'))).toBe('USAGE')
    expect(caughtCode(() => positiveLabel(['a', 'b', 'c']))).toBe('USAGE')
  })
})
