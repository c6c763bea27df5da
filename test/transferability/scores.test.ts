import { describe, expect, it } from 'vitest'
import {
  hScore,
  leep,
  logisticProbe,
  logME,
  nce,
  nearestNeighbourAccuracy,
  regularisedHScore,
  transRate,
} from '../../src/transferability/index.ts'
import { classify, multinomialLogistic } from '../../src/transferability/multinomial-logistic.ts'
import { golden } from '../golden-file.ts'
import { embeddingsOf } from './embeddings-of.ts'

interface Case {
  readonly name: string
  readonly hundredths: number[][]
  readonly labels: number[]
  readonly logEvidence: number
  readonly regularisedHScore: number
  readonly fiveNeighboursOfTwoClasses: number
  readonly neighbours: { readonly distance: 'cosine' | 'euclidean'; readonly accuracy: number }[]
}

interface Logistic {
  readonly hundredths: number[][]
  readonly labels: number[]
  readonly fits: { penalty: number; coefficients: number[][]; intercepts: number[]; accuracy: number }[]
}

const { cases, logistic } = golden<{ readonly cases: Case[]; readonly logistic: Logistic }>('transferability-more.json')
const hundredthsOf = (rows: number[][]) => embeddingsOf(rows.map(row => row.map(value => value / 100)))
const two = Int32Array.of(0, 0, 1, 1)

describe('scores worked by hand', () => {
  it('H-score: 1 where one dimension is the class, 0 where none tells', async () => {
    expect(
      await hScore(
        embeddingsOf([
          [1, 2],
          [1, 5],
          [0, 2],
          [0, 5],
        ]),
        two,
      ),
    ).toBeCloseTo(1, 12)
    expect(await hScore(embeddingsOf([[2], [5], [2], [5]]), two)).toBeCloseTo(0, 12)
  })

  it('H-score: the explained share of the variance in one dimension', async () => {
    // Means 1 and 4 about 2.5: between 4 · 2.25 = 9, in all 1.5² + .5² + .5² + … : 2.5² + .5² + .5² + 2.5² = 13.
    expect(await hScore(embeddingsOf([[0], [2], [3], [5]]), two)).toBeCloseTo(9 / 13, 12)
    // One dimension has nothing to shrink towards: cov over n − 1 by covariance over n.
    expect(await regularisedHScore(embeddingsOf([[0], [2], [3], [5]]), two)).toBeCloseTo(9 / 3 / (13 / 4), 12)
  })

  it('TransRate: ½ log of one dimension', async () => {
    const points = embeddingsOf([[0], [2], [3], [5]])
    const rate = 0.5 * Math.log(1 + 13 / 4) - 0.5 * Math.log(1 + 6.5 / 2)
    expect(await transRate(points, two, { epsilon: 1 })).toBeCloseTo(rate, 12)
    const split = embeddingsOf([[0], [1], [4], [7]])
    const rates = (0.5 * Math.log(1 + 13 / 2) + 0.5 * Math.log(1 + 17 / 2)) / 2
    expect(await transRate(split, two, { epsilon: 1 })).toBeCloseTo(0.5 * Math.log(1 + 30 / 4) - rates, 12)
  })

  it('LEEP and NCE: 0 for a perfect translation, −log 2 for none', () => {
    const sure = { rows: 4, classes: 2, values: Float32Array.of(0, 1, 0, 1, 1, 0, 1, 0) }
    const even = { rows: 4, classes: 2, values: new Float32Array(8).fill(0.5) }
    expect([leep(sure, two), nce(sure, two)]).toEqual([0, 0])
    expect(leep(even, two)).toBeCloseTo(-Math.LN2, 14)
    expect(nce(even, two)).toBeCloseTo(-Math.LN2, 14)
  })

  it('LEEP: a class that is never given probability changes nothing', () => {
    const narrow = { rows: 4, classes: 2, values: Float64Array.of(0.9, 0.1, 0.6, 0.4, 0.3, 0.7, 0.2, 0.8) }
    const wide = { rows: 4, classes: 3, values: Float64Array.of(0.9, 0, 0.1, 0.6, 0, 0.4, 0.3, 0, 0.7, 0.2, 0, 0.8) }
    // P(0 | z) = 1.5 / 2 and .5 / 2.
    const likelihoods = [
      0.9 * 0.75 + 0.1 * 0.25,
      0.6 * 0.75 + 0.4 * 0.25,
      0.3 * 0.25 + 0.7 * 0.75,
      0.2 * 0.25 + 0.8 * 0.75,
    ]
    const mean = likelihoods.reduce((sum, p) => sum + Math.log(p), 0) / 4
    expect(leep(narrow, two)).toBeCloseTo(mean, 12)
    expect(leep(wide, two)).toBeCloseTo(mean, 12)
  })

  it('LogME of embeddings that are all zero: the evidence of noise alone', async () => {
    // β = n / (2 + 10⁻⁵) for each class of two: ½ log(β / 2π) − ½·β·2 / n, some −.5·(log π + 1).
    expect(
      await logME(
        embeddingsOf([
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 0],
        ]),
        two,
      ),
    ).toBeCloseTo(-0.5 * (Math.log(Math.PI) + 1), 4)
  })

  it('nearest neighbours: votes, ties and a class of one', async () => {
    const line = embeddingsOf([[0], [1], [2.5], [4]])
    // 2.5 lies between 1 and 4 and shares its vote.
    expect(await nearestNeighbourAccuracy(line, two)).toBe(0.875)
    // Three neighbours are all the others: one of the own class, two of the other.
    expect(await nearestNeighbourAccuracy(line, two, { neighbours: 3 })).toBe(0)
    expect(await nearestNeighbourAccuracy(line, two, { neighbours: 99 })).toBe(0)
    // 1 lies between 0 and 2 and shares its vote; 0 is alone in its class.
    const tied = embeddingsOf([[0], [1], [2]])
    expect(await nearestNeighbourAccuracy(tied, Int32Array.of(0, 1, 1))).toBeCloseTo((0 + 0.5 + 1) / 3, 12)
    // All four at one distance of each other: every row has one vote of its own class among three.
    const twins = embeddingsOf([[7], [7], [7], [7]])
    expect(await nearestNeighbourAccuracy(twins, two)).toBe(0)
  })

  it('nearest neighbours by angle: length does not count', async () => {
    const fan = embeddingsOf([
      [1, 0],
      [90, 9],
      [0, 3],
      [1, 40],
    ])
    expect(await nearestNeighbourAccuracy(fan, two, { distance: 'cosine' })).toBe(1)
    expect(await nearestNeighbourAccuracy(fan, two)).toBeLessThan(1)
  })

  it('logistic probe: 1 for blobs apart, by a split of every class', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? 5 : -5, i % 7, 1])
    const labels = Int32Array.from(rows, ([x]) => (x > 0 ? 3 : 8))
    expect(logisticProbe(embeddingsOf(rows), labels)).toBe(1)
    expect(logisticProbe(embeddingsOf(rows), labels, { heldOut: 0.5, seed: 4, penalty: 0 })).toBe(1)
  })
})

describe.each(cases)('golden: $name', ({ hundredths, labels: list, logEvidence, neighbours, ...wanted }) => {
  const embeddings = hundredthsOf(hundredths)
  const labels = Int32Array.from(list)

  it('LogME comes near the largest log evidence that a general optimiser finds, and never above it', async () => {
    // Eleven steps of the fixed point, as the peer takes, leave up to .004 here.
    const evidence = await logME(embeddings, labels)
    expect(evidence).toBeLessThanOrEqual(logEvidence + 1e-7)
    expect(evidence).toBeGreaterThan(logEvidence - 5e-3)
  })

  it('the regularised H-score equals that of scikit-learn’s Ledoit and Wolf', async () => {
    const score = await regularisedHScore(embeddings, labels)
    expect(Math.abs(score / wanted.regularisedHScore - 1)).toBeLessThan(1e-6)
  })

  it('five neighbours of two classes, which cannot tie, equal scikit-learn', async () => {
    const first = labels.map(label => (label === 0 ? 1 : 0))
    const accuracy = await nearestNeighbourAccuracy(embeddings, first, { neighbours: 5 })
    expect(accuracy).toBeCloseTo(wanted.fiveNeighboursOfTwoClasses, 12)
  })

  it.each(neighbours)('the nearest neighbour equals scikit-learn: $distance', async ({ distance, accuracy }) => {
    expect(await nearestNeighbourAccuracy(embeddings, labels, { distance })).toBeCloseTo(accuracy, 12)
  })
})

describe('multinomialLogistic', () => {
  it.each(logistic.fits)(
    'equals scikit-learn with C = 1 / $penalty',
    ({ penalty, coefficients, intercepts, accuracy }) => {
      const { rows, dimensions, values } = hundredthsOf(logistic.hundredths)
      const features = { rows, columns: dimensions, values }
      const task = { features, classOf: Int32Array.from(logistic.labels), classes: 3, penalty }
      const model = multinomialLogistic(task, { tolerance: 1e-9 })
      const wanted = coefficients.flatMap((row, k) => [...row, intercepts[k]])
      wanted.forEach((weight, at) => expect(Math.abs(model.weights[at] - weight)).toBeLessThan(1e-5))
      const right = classify(model, features).filter((k, i) => k === logistic.labels[i]).length
      expect(right / rows).toBeCloseTo(accuracy, 12)
    },
  )
})

describe('options out of range', () => {
  const points = embeddingsOf([
    [0, 1],
    [2, 1],
    [3, 0],
    [5, 2],
  ])

  it.each([
    ['transRate', () => transRate(points, two, { epsilon: 0 })],
    ['neighbours', () => nearestNeighbourAccuracy(points, two, { neighbours: 0 })],
    ['distance', () => nearestNeighbourAccuracy(points, two, { distance: 'manhattan' as 'cosine' })],
    ['emptyDirections', () => logME(points, two, { emptyDirections: 'none' as 'counted' })],
    ['penalty', async () => logisticProbe(points, two, { penalty: -1 })],
    ['heldOut', async () => logisticProbe(points, two, { heldOut: 1 })],
  ])('are refused: %s', async (_, work) => {
    await expect(work()).rejects.toMatchObject({ code: 'OUT_OF_RANGE' })
  })

  it('a probe needs a class of two', () => {
    const refusal = expect.objectContaining({ code: 'TOO_FEW_ROWS' })
    expect(() => logisticProbe(points, Int32Array.of(0, 1, 2, 3))).toThrow(refusal)
  })
})
