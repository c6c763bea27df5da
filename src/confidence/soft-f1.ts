import { checkedWeights, checkPredictions, type ZooPredictions } from './zoo-predictions.ts'

export interface SoftF1Options {
  /** The rare label, the one that is looked for. */
  readonly positive: number
  /** Of the models in the crowd, shape (models); all alike when left out. */
  readonly weights?: readonly number[]
}

/**
 * F1 of each model against the crowd's share of positive votes q, for binary tasks with few positives, where plain
 * agreement rewards models that find none.
 *
 *   F1_m = 2 Σ_i p_mi·q_i / (Σ_i p_mi + Σ_i q_i),   p_mi = 1 where model m says `positive`
 *
 * Shape (models), in [0, 1]; 0 where nobody says positive (0/0), as in scikit-learn. The model's own vote is part of q.
 *
 * @throws TOO_FEW_ROWS, OUT_OF_RANGE, SHAPE as checkPredictions and checkedWeights
 */
export function softF1(predictions: ZooPredictions, { positive, weights }: SoftF1Options): Float64Array {
  checkPredictions(predictions)
  const shares = checkedWeights(weights, predictions.length)
  const total = shares.reduce((sum, share) => sum + share, 0)
  const crowd = new Float64Array(predictions[0].length)
  predictions.forEach((labels, m) => {
    for (let i = 0; i < crowd.length; i++) if (labels[i] === positive) crowd[i] += shares[m] / total
  })
  const expected = crowd.reduce((sum, q) => sum + q, 0)
  return Float64Array.from(predictions, labels => {
    let [shared, own] = [0, 0]
    for (let i = 0; i < crowd.length; i++) {
      if (labels[i] !== positive) continue
      shared += crowd[i]
      own++
    }
    return own + expected > 0 ? (2 * shared) / (own + expected) : 0
  })
}
