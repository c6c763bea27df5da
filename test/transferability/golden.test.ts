import { describe, expect, it } from 'vitest'
import { principalComponents } from '../../src/math/principal-components.ts'
import {
  type Embeddings,
  hScore,
  leep,
  logME,
  nce,
  nearestNeighbourAccuracy,
  neuralRank,
  regularisedHScore,
  silhouette,
  transRate,
} from '../../src/transferability/index.ts'
import { golden } from '../golden-file.ts'

interface Case {
  readonly name: string
  readonly features: number[][]
  readonly labels: number[]
  readonly probabilities: number[][]
  readonly expected: Record<string, { readonly value: number | number[]; readonly by: string }>
}

const { cases } = golden<{ readonly cases: Case[] }>('transferability.json')

/** The file states 1e-6 relative, and 1e-5 for LogME, whose fixed point stops at a tolerance. */
function close(actual: number, expected: number, tolerance = 1e-6): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1e-2, Math.abs(expected)))
}

describe.each(cases)(
  'golden values of the peers: $name',
  ({ features, labels: list, probabilities: matrix, expected }) => {
    const [rows, dimensions, classes] = [features.length, features[0].length, matrix[0].length]
    const embeddings: Embeddings = { rows, dimensions, values: Float32Array.from(features.flat()) }
    const probabilities = { rows, classes, values: Float64Array.from(matrix.flat()) }
    const labels = Int32Array.from(list)
    const value = (name: string) => expected[name].value as number

    it('LogME, as thuml/LogME computes it and as Transfer-Learning-Library does', async () => {
      close(await logME(embeddings, labels, { emptyDirections: 'omitted' }), value('logme_fixed_point'), 1e-5)
      // The latter counts (α + β)·10⁻⁵ / 2 into the evidence and stops at another step.
      expect(Math.abs((await logME(embeddings, labels)) - value('logme_tllib'))).toBeLessThan(1e-5)
    })

    it('H-score and regularised H-score', async () => {
      close(await hScore(embeddings, labels), value('h_score'))
      close(await regularisedHScore(embeddings, labels), value('regularized_h_score'))
    })

    it('TransRate', async () => {
      close(await transRate(embeddings, labels), value('transrate'))
    })

    it('LEEP and NCE', () => {
      close(leep(probabilities, labels), value('leep'))
      close(nce(probabilities, labels), value('nce'))
    })

    it('leave-one-out accuracy of the nearest neighbour', async () => {
      expect(await nearestNeighbourAccuracy(embeddings, labels)).toBeCloseTo(value('knn1_leave_one_out_accuracy'), 12)
    })

    it.each(['cosine', 'euclidean'] as const)('silhouette and neuralRank, %s', async distance => {
      const count = Math.min(10, dimensions)
      close(silhouette(embeddings, labels, { distance }), value(`silhouette_raw_${distance}`))
      close(await neuralRank(embeddings, labels, { distance }), value(`silhouette_pca${count}_${distance}`))
    })

    it('variance of the principal components', async () => {
      const variances = expected.pca_explained_variance.value as number[]
      const { explainedVariance } = await principalComponents(embeddings, variances.length)
      variances.forEach((variance, k) => close(explainedVariance[k], variance))
    })
  },
)
