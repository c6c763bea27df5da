import type { ZooPredictions } from '../confidence/zoo-predictions.ts'
import type { LabelPosterior } from './label-posterior.ts'

/** What the labels say of the accuracy of each model on the rows on which the models disagree. */
export interface AccuracyMoments {
  /** Expected accuracy there, shape (models). */
  readonly mean: Float64Array
  /** Shape (models, models), row-major. */
  readonly covariance: Float64Array
}

/** Expected accuracy of each model on the rows on which models disagree, shape (models); 0 where they never do. */
export function expectedAccuracies(posterior: LabelPosterior, models: number): Float64Array {
  const { disagreed } = posterior
  const sums = new Float64Array(models)
  for (const row of disagreed) posterior.expectedRight(row).forEach((right, m) => (sums[m] += right))
  return sums.map(sum => sum / Math.max(1, disagreed.length))
}

/**
 * Sum over rows of the covariance of each row's indicators with those of one of them, by the class that each model
 * predicts: Σ_j cov(i, j)·1{h(x_j) = c}.
 *
 * @param rows on which they are wanted, shape (rows)
 * @param covariance of the rows, shape (rows, rows)
 * @param into shape (models, classes), overwritten
 */
export function covarianceByClass(
  { predictions, rows, covariance }: RowCovariance,
  i: number,
  { into, classes }: { readonly into: Float64Array; readonly classes: number },
): void {
  into.fill(0)
  const from = i * rows.length
  predictions.forEach((said, m) => {
    for (let j = 0; j < rows.length; j++) {
      const c = said[rows[j]]
      if (c >= 0) into[m * classes + c] += covariance[from + j]
    }
  })
}

/** Covariance between rows, and what models say of them. */
export interface RowCovariance {
  readonly predictions: ZooPredictions
  readonly rows: Uint32Array
  /** Shape (rows, rows), row-major. */
  readonly covariance: Float64Array
}

/** Mean and covariance of accuracies; the covariance is estimated from the sampled rows among the open ones. */
export function accuracyMoments(posterior: LabelPosterior, sampled: RowCovariance, classes: number): AccuracyMoments {
  const { predictions, rows } = sampled
  const models = predictions.length
  const covariance = new Float64Array(models * models)
  const byClass = new Float64Array(models * classes)
  // Of the mean over all rows on which models disagree, those with a label among them.
  const share = posterior.open.length / Math.max(1, posterior.disagreed.length)
  const scale = (share / Math.max(1, rows.length)) ** 2
  for (let i = 0; i < rows.length; i++) {
    covarianceByClass(sampled, i, { into: byClass, classes })
    for (let other = 0; other < models; other++) {
      const c = predictions[other][rows[i]]
      if (c < 0) continue
      for (let m = 0; m < models; m++) covariance[m * models + other] += scale * byClass[m * classes + c]
    }
  }
  return { mean: expectedAccuracies(posterior, models), covariance }
}
