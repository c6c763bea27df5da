import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { neuralRank, silhouette } from '../../src/transferability/index.ts'
import { golden } from '../golden-file.ts'
import { embeddingsOf } from './embeddings-of.ts'

interface Case {
  readonly name: string
  readonly hundredths: number[][]
  readonly labels: number[]
  readonly pca: { readonly count: number; readonly silhouette: Record<string, number> }
  readonly silhouette: Record<string, number>
}

const { cases } = golden<{ readonly cases: Case[] }>('transferability-more.json')

/** Rousseeuw's definition, pair by pair. */
function naiveSilhouette(rows: number[][], labels: number[], distance: (x: number[], y: number[]) => number): number {
  const scores = rows.map((row, i) => {
    const mean = (label: number) => {
      const others = rows.filter((_, j) => j !== i && labels[j] === label)
      return others.reduce((sum, other) => sum + distance(row, other), 0) / others.length
    }
    const a = mean(labels[i])
    const b = Math.min(...[...new Set(labels)].filter(label => label !== labels[i]).map(mean))
    return Number.isNaN(a) || Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b)
  })
  return scores.reduce((sum, score) => sum + score, 0) / rows.length
}

describe('silhouette', () => {
  const square = embeddingsOf([
    [1, 0],
    [1, 1],
    [0, 1],
    [-1, 1],
  ])
  const labels = Int32Array.of(5, 5, 9, 9)

  it('of four points, by hand: cosine', () => {
    // Angles 0°, 45° | 90°, 135°. Distance 1 − cos: 45° r, 90° 1, 135° 2 − r, with r = 1 − √½.
    const r = 1 - Math.SQRT1_2
    const outer = 1 - r / ((1 + 2 - r) / 2)
    const inner = 1 - r / ((r + 1) / 2)
    expect(silhouette(square, labels)).toBeCloseTo((outer + inner) / 2, 12)
  })

  it('of four points, by hand: to centroids', () => {
    // The centroids lie at 22.5° and 112.5°; those of other classes at 112.5° and 67.5° from the points.
    const r = 1 - Math.SQRT1_2
    const centroids = embeddingsOf([
      [1, 0],
      [Math.SQRT1_2, Math.SQRT1_2],
      [0, 1],
      [-Math.SQRT1_2, Math.SQRT1_2],
    ])
    const at = (degrees: number) => 1 - Math.cos((degrees * Math.PI) / 180)
    const score = (1 - r / at(112.5) + (1 - r / at(67.5))) / 2
    expect(silhouette(centroids, labels, { b: 'centroid' })).toBeCloseTo(score, 7)
  })

  it('of points on a line, by hand: euclidean', () => {
    const line = embeddingsOf([[0], [1], [4], [6]])
    const members = (1 - 1 / 5 + 1 - 1 / 4 + 1 - 2 / 3.5 + 1 - 2 / 5.5) / 4
    expect(silhouette(line, Int32Array.of(0, 0, 1, 1), { distance: 'euclidean' })).toBeCloseTo(members, 12)
    const centroid = silhouette(line, Int32Array.of(0, 0, 1, 1), { distance: 'euclidean', b: 'centroid' })
    expect(centroid).toBeCloseTo(members, 12)
  })

  it.each(['cosine', 'euclidean'] as const)('counts a class of one, and coinciding classes, as 0: %s', distance => {
    const twins = embeddingsOf([
      [0.3, 0.1],
      [0.3, 0.1],
      [0.3, 0.1],
      [0.3, 0.1],
    ])
    expect(silhouette(twins, labels, { distance })).toBe(0)
    expect(silhouette(square, Int32Array.of(1, 2, 3, 4), { distance })).toBe(0)
  })

  it('puts a zero vector at cosine distance 1 from everything', () => {
    const points = embeddingsOf([
      [0, 0],
      [0, 0],
      [1, 0],
      [2, 0],
    ])
    // Zero vectors: a = b = 1. The others: a = 0, b = 1.
    expect(silhouette(points, labels)).toBeCloseTo(0.5, 12)
    expect(silhouette(points, labels, { b: 'centroid' })).toBeCloseTo(0.5, 12)
  })

  it.each([
    [{ distance: 'manhattan' }, 'OUT_OF_RANGE'],
    [{ b: 'median' }, 'OUT_OF_RANGE'],
  ])('refuses the options %j', (options, code) => {
    expect(() => silhouette(square, labels, options as object)).toThrow(expect.objectContaining({ code }))
  })

  describe.each(cases)('equals scikit-learn: $name', ({ hundredths, labels: list, pca, ...wanted }) => {
    const embeddings = embeddingsOf(hundredths.map(row => row.map(value => value / 100)))

    it.each(['cosine', 'euclidean'] as const)('%s', async distance => {
      const score = silhouette(embeddings, Int32Array.from(list), { distance })
      expect(Math.abs(score - wanted.silhouette[distance])).toBeLessThan(1e-6)
      const ranked = await neuralRank(embeddings, Int32Array.from(list), { distance })
      expect(Math.abs(ranked - pca.silhouette[distance])).toBeLessThan(1e-6)
    })
  })

  it('is the mean over pairs that its definition says', () => {
    const cosine = (x: number[], y: number[]) => {
      const lengths = Math.hypot(...x) * Math.hypot(...y)
      const distance = lengths > 0 ? 1 - x.reduce((sum, value, c) => sum + value * y[c], 0) / lengths : 1
      return distance < 1e-12 ? 0 : distance
    }
    const euclidean = (x: number[], y: number[]) => Math.hypot(...x.map((value, c) => value - y[c]))
    const row = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 2, maxLength: 2 })
    fc.assert(
      fc.property(fc.array(fc.tuple(row, fc.nat(2)), { minLength: 3, maxLength: 40 }), pairs => {
        const [rows, list] = [pairs.map(([x]) => x), pairs.map(([, label]) => label)]
        fc.pre(new Set(list).size > 1)
        const [points, at] = [embeddingsOf(rows), Int32Array.from(list)]
        expect(silhouette(points, at)).toBeCloseTo(naiveSilhouette(rows, list, cosine), 8)
        const plain = silhouette(points, at, { distance: 'euclidean' })
        expect(plain).toBeCloseTo(naiveSilhouette(rows, list, euclidean), 10)
      }),
    )
  })
})

describe('neuralRank', () => {
  it('takes more dimensions than there are, and centroids', async () => {
    const points = embeddingsOf([
      [3, 1, 0],
      [3, 2, 1],
      [-3, 1, 1],
      [-3, 2, 0],
    ])
    const labels = Int32Array.of(0, 0, 1, 1)
    expect(await neuralRank(points, labels, { pca: 50 })).toBeCloseTo(await neuralRank(points, labels, { pca: 3 }), 12)
    expect(await neuralRank(points, labels, { b: 'centroid' })).toBeGreaterThan(0.8)
    expect(await neuralRank(points, labels, { pca: 1 })).toBeCloseTo(1, 12)
  })

  it('refuses a projection to no dimension', async () => {
    const work = neuralRank(embeddingsOf([[1], [2]]), Int32Array.of(0, 1), { pca: 0 })
    await expect(work).rejects.toMatchObject({ code: 'OUT_OF_RANGE' })
  })
})
