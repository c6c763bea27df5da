import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestOfBetas, griddedBeta } from '../../src/decision/best-of-betas.ts'
import { codaPosterior } from '../../src/decision/coda-posterior.ts'
import { codaBest, codaGains } from '../../src/decision/index.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/coda.json' with { type: 'json' }
import { arbitraryEvidence, evidenceOf } from './cases.ts'

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0)
const allRows = (count: number) => Uint32Array.from({ length: count }, (_, row) => row)

describe('by hand', () => {
  it('of Beta(2, 1) and Beta(1, 1) the first is greater in two thirds of draws', () => {
    // ∫ 2x · x dx = 2/3
    const [first, second] = bestOfBetas([griddedBeta(2, 1), griddedBeta(1, 1)])
    expect(first).toBeCloseTo(2 / 3, 3)
    expect(second).toBeCloseTo(1 / 3, 3)
  })

  it('two classes, one row: the vote adds a tenth, the prior is doubled, a label adds a hundredth', () => {
    const said = [[0], [0], [1]]
    const before = codaPosterior(evidenceOf(said, {}, { classes: 2 }))
    expect([...before.right[0]]).toEqual([2.2, 2.2, 2].map(value => expect.closeTo(value, 12)))
    expect([...before.wrong[0]]).toEqual([2, 2, 2.2].map(value => expect.closeTo(value, 12)))
    expect([...before.right[1], ...before.wrong[1]]).toEqual([2, 2, 2, 2, 2, 2])
    // (2.2 + 2.2 + 2.2) for class 0, (2 + 2 + 2) for class 1.
    expect(before.probabilities(0)[0]).toBeCloseTo(6.6 / 12.6, 12)
    const told = codaPosterior(evidenceOf(said, { 0: 1 }, { classes: 2 }))
    expect(told.right[1][2]).toBeCloseTo(2.01, 12)
    expect(told.wrong[1][0]).toBeCloseTo(2.01, 12)
  })
})

describe('golden: scipy’s quadrature', () => {
  const cases = golden.cases.map(one => {
    const labels = Object.fromEntries(one.labels) as Record<number, number>
    return { ...one, evidence: evidenceOf(one.predictions, labels, { classes: one.classes }) }
  })

  it.each(cases)('beliefs and gains, $classes classes', ({ evidence, shares, best, gains }) => {
    codaPosterior(evidence).shares.forEach((value, c) => expect(value).toBeCloseTo(shares[c], 9))
    codaBest(evidence).forEach((value, m) => expect(Math.abs(value - best[m])).toBeLessThan(golden.tolerance))
    codaGains(evidence, allRows(gains.length)).forEach((value, row) =>
      expect(Math.abs(value - gains[row])).toBeLessThan(golden.tolerance),
    )
  })
})

describe('always', () => {
  it('beliefs sum to one, and do not depend on the order of the models', () => {
    fc.assert(
      fc.property(arbitraryEvidence, evidence => {
        const best = codaBest(evidence)
        expect(sum(best)).toBeCloseTo(1, 9)
        const turned = codaBest({ ...evidence, predictions: evidence.predictions.toReversed() }).toReversed()
        best.forEach((value, m) => expect(turned[m]).toBeCloseTo(value, 9))
      }),
      { numRuns: 30 },
    )
  })

  it('a model that is right of more labels is believed more', () => {
    const said = [
      [0, 1, 0, 1, 0, 1],
      [1, 0, 1, 0, 1, 0],
    ]
    const [first, second] = codaBest(evidenceOf(said, { 0: 0, 1: 1, 2: 0 }))
    expect(first).toBeGreaterThan(second)
  })
})

it('refuses evidence that contradicts itself', () => {
  expect(caughtCode(() => codaBest(evidenceOf([[0]])))).toBe('OUT_OF_RANGE')
  expect(caughtCode(() => codaGains(evidenceOf([[0, 1], [0]]), allRows(1)))).toBe('SHAPE')
})
