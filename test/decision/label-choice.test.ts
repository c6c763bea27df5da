import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { expectedAccuracies } from '../../src/decision/accuracy-moments.ts'
import { modelBeliefs, modelSelectorEntropies, modelSelectorPosterior, nextRows } from '../../src/decision/index.ts'
import { disagreedRows, type LabelEvidence } from '../../src/decision/label-evidence.ts'
import { labelPosterior } from '../../src/decision/label-posterior.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/label-choice.json' with { type: 'json' }
import { arbitraryEvidence, evidenceOf } from './cases.ts'

describe('by hand', () => {
  it('ModelSelector: a model that is right becomes γ times as probable', () => {
    // ε = 1/3: γ = 2. Of three models the first and second have the label right.
    const evidence = evidenceOf(
      [
        [1, 0],
        [1, 1],
        [0, 0],
      ],
      { 0: 1 },
    )
    expect([...modelSelectorPosterior(evidence, { epsilon: 1 / 3 })]).toEqual([
      expect.closeTo(0.4, 12),
      expect.closeTo(0.4, 12),
      expect.closeTo(0.2, 12),
    ])
  })

  it('beliefs: without labels the vote decides, e² for a standard deviation of fit', () => {
    // Two of three say 0 of the only row: 0.7·2/3 + 0.3/2.
    const [right, , wrong] = modelBeliefs(evidenceOf([[0], [0], [1]], {}, { classes: 2 })).accuracies
    expect(right).toBeCloseTo(0.7 * (2 / 3) + 0.15, 12)
    expect(wrong).toBeCloseTo(0.7 / 3 + 0.15, 12)
    const fits = [0.5, 0.5, 1]
    expect(modelBeliefs(evidenceOf([[0], [0], [1]], {}, { classes: 2, fits })).order[0]).toBe(2)
  })

  it('beliefs: a labelled row counts as it is, one that nobody knows as wrong for all', () => {
    const models = [
      [0, 1],
      [1, 0],
    ]
    expect([...modelBeliefs(evidenceOf(models, { 0: 0, 1: 1 })).accuracies]).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(0, 12),
    ])
    const unknown = modelBeliefs(evidenceOf(models, { 0: -1, 1: -1 }))
    expect([...unknown.accuracies]).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)])
  })

  it('a label corrects rows of which the models say the same: a crowd that is wrong is found out', () => {
    // Three models say 0 of all ten rows, two say 1; each label is 1.
    const rows = new Array<number>(10)
    const said = [0, 0, 0, 1, 1].map(label => [...rows.fill(label)])
    expect(modelBeliefs(evidenceOf(said)).order[0]).toBe(0)
    const told = modelBeliefs(evidenceOf(said, { 4: 1 }))
    expect(told.order[0]).toBe(3)
    expect(told.accuracies[3]).toBeGreaterThan(0.8)
  })
})

describe('golden: scikit-learn, scipy', () => {
  const cases = golden.cases.map(one => ({
    ...one,
    evidence: {
      predictions: one.predictions.map(said => Int32Array.from(said)),
      classes: one.classes,
      fits: one.fits ?? undefined,
      labels: new Map(one.labels as [number, number][]),
    } satisfies LabelEvidence,
  }))

  it.each(cases)('labels of $classes classes: mean and covariance', ({ evidence, open, expected, covariance }) => {
    const posterior = labelPosterior(evidence)
    expect([...posterior.open]).toEqual(open)
    const found = posterior.covariance(posterior.open)
    open.forEach((row, i) => {
      posterior.expectedLabels(row).forEach((value, c) => expect(value).toBeCloseTo(expected[i][c], 9))
      open.forEach((_, j) => expect(found[i * open.length + j]).toBeCloseTo(covariance[i][j], 9))
    })
  })

  it.each(cases)('accuracies, and the row to label next, $classes classes', one => {
    const found = expectedAccuracies(labelPosterior(one.evidence), one.evidence.predictions.length)
    found.forEach((value, m) => expect(value).toBeCloseTo(one.accuracies[m], 9))
    const gradients = new Map(one.gradients as [number, number][])
    const most = Math.max(...gradients.values())
    const [next] = nextRows(one.evidence)
    expect(gradients.get(next)).toBeCloseTo(most, 9)
  })

  it.each(cases)('ModelSelector, $classes classes', ({ evidence, selector }) => {
    for (const { epsilon, belief, entropies } of selector) {
      modelSelectorPosterior(evidence, { epsilon }).forEach((value, m) => expect(value).toBeCloseTo(belief[m], 9))
      modelSelectorEntropies(evidence, { epsilon }).forEach((value, row) =>
        expect(value).toBeCloseTo(entropies[row], 9),
      )
    }
  })
})

const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0)

describe('always', () => {
  it('beliefs sum to one, lie in range, and are the same again', () => {
    fc.assert(
      fc.property(arbitraryEvidence, evidence => {
        const beliefs = modelBeliefs(evidence)
        expect(sum(beliefs.best)).toBeCloseTo(1, 9)
        expect(sum(modelSelectorPosterior(evidence))).toBeCloseTo(1, 9)
        expect(beliefs.accuracies.every(value => value >= 0 && value <= 1)).toBe(true)
        expect(beliefs.expectedRegret).toBeGreaterThanOrEqual(0)
        expect(modelBeliefs(evidence)).toEqual(beliefs)
        expect(nextRows(evidence, { count: 3 })).toEqual(nextRows(evidence, { count: 3 }))
      }),
      { numRuns: 60 },
    )
  })

  it('rows to label are without a label, not skipped, and models disagree on them', () => {
    fc.assert(
      fc.property(arbitraryEvidence, fc.array(fc.nat({ max: 24 })), (evidence, skipped) => {
        const disagreed = [...disagreedRows(evidence.predictions)]
        const open = disagreed.filter(row => !evidence.labels.has(row) && !skipped.includes(row))
        const chosen = nextRows(evidence, { count: 4, skipped: new Set(skipped) })
        expect(chosen).toHaveLength(Math.min(4, open.length))
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(chosen.every(row => open.includes(row))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('the label of a row on which all agree leaves order, regret and P(best) as they are', () => {
    fc.assert(
      fc.property(arbitraryEvidence, fc.nat(4), (evidence, label) => {
        const predictions = evidence.predictions.map(said => Int32Array.from([...said, 0]))
        const before = modelBeliefs({ ...evidence, predictions })
        const row = evidence.predictions[0].length
        const labels = new Map([...evidence.labels, [row, Math.min(label, evidence.classes - 1)]])
        const after = modelBeliefs({ ...evidence, predictions, labels })
        expect(after.order).toEqual(before.order)
        expect(after.best).toEqual(before.best)
        expect(after.expectedRegret).toBe(before.expectedRegret)
      }),
      { numRuns: 60 },
    )
  })

  it('does not depend on the order of the models', () => {
    fc.assert(
      fc.property(arbitraryEvidence, evidence => {
        const turned = {
          ...evidence,
          predictions: evidence.predictions.toReversed(),
          fits: evidence.fits?.toReversed(),
        }
        const before = modelBeliefs(evidence).accuracies
        const after = modelBeliefs(turned).accuracies.toReversed()
        before.forEach((value, m) => expect(after[m]).toBeCloseTo(value, 9))
      }),
      { numRuns: 60 },
    )
  })
})

describe('with more labels', () => {
  /** Models of given accuracies on 400 rows of four classes. */
  function zoo(accuracies: readonly number[], seed: number) {
    const random = seededRandom(seed)
    const truth = Array.from({ length: 400 }, () => Math.floor(random() * 4))
    const said = accuracies.map(accuracy =>
      truth.map(label => (random() < accuracy ? label : (label + 1 + Math.floor(random() * 3)) % 4)),
    )
    return { truth, evidence: (labels: Record<number, number>) => evidenceOf(said, labels) }
  }

  it('the accuracies become the true ones', () => {
    const accuracies = [0.9, 0.7, 0.5, 0.3]
    const { truth, evidence } = zoo(accuracies, 5)
    const beliefs = modelBeliefs(evidence({ ...truth }))
    accuracies.forEach((accuracy, m) => expect(beliefs.accuracies[m]).toBeCloseTo(accuracy, 1))
    expect(beliefs.best[0]).toBe(1)
    expect(beliefs.expectedRegret).toBe(0)
  })

  it('twenty chosen ones find the best model among those that are mostly wrong', () => {
    for (const seed of [1, 2, 3]) {
      const { truth, evidence } = zoo([0.3, 0.35, 0.75, 0.3, 0.25], seed)
      const labels: Record<number, number> = {}
      for (let i = 0; i < 20; i++) {
        const [row] = nextRows(evidence(labels))
        labels[row] = truth[row]
      }
      const beliefs = modelBeliefs(evidence(labels))
      expect(beliefs.order[0]).toBe(2)
      expect(beliefs.expectedRegret).toBeLessThan(0.05)
    }
  })
})

describe('refusals', () => {
  it('name what is wrong', () => {
    const models = [
      [0, 1],
      [1, 0],
    ]
    expect(caughtCode(() => modelBeliefs(evidenceOf([[0]])))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => nextRows(evidenceOf([[0, 1], [0]])))).toBe('SHAPE')
    expect(caughtCode(() => modelBeliefs(evidenceOf(models, { 2: 0 })))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => modelBeliefs(evidenceOf(models, { 0: 2 })))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => modelBeliefs(evidenceOf(models, {}, { fits: [1] })))).toBe('SHAPE')
    expect(caughtCode(() => modelSelectorPosterior(evidenceOf([[], []], {}, { classes: 2 })))).toBe('TOO_FEW_ROWS')
  })
})
