import { checkPoints, type Embeddings } from '../math/embeddings.ts'
import type { MatrixWork } from '../math/gram.ts'
import { meanRow } from '../math/row-blocks.ts'
import { classSpectrum } from './class-spectrum.ts'
import { labelledClasses } from './labelled-classes.ts'

/**
 * H-score with a shrunk covariance, for few rows or many dimensions.
 *
 *   H_α(f) = tr(Σ_α⁻¹ · (1 − α) · cov(E[f | y])),   Σ_α = (1 − α)·Σ + α·(tr Σ / d)·I       Ibrahim et al. (2021)
 *
 * α is Ledoit and Wolf's (2004) optimal shrinkage, Σ the covariance over n and cov(E[f | y]) over n − 1, all as in
 * Transfer-Learning-Library. Not negative, higher is better, the same under a shift, a rotation and a positive scale of
 * the embeddings, but not under any linear map. Constant embeddings give 0.
 *
 * @param labels shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkPoints; SHAPE, OUT_OF_RANGE as labelledClasses; CANCELLED
 */
export async function regularisedHScore(
  embeddings: Embeddings,
  labels: Int32Array,
  work: MatrixWork = {},
): Promise<number> {
  checkPoints(embeddings, 'embeddings')
  const classes = labelledClasses(labels, embeddings.rows)
  const { eigenvalues, squares } = await classSpectrum(embeddings, { ...classes, labels }, { ...work, centred: true })
  const { rows, dimensions } = embeddings
  const variances = eigenvalues.map(value => value / rows)
  const average = variances.reduce((sum, variance) => sum + variance, 0) / dimensions
  const shrinkage = ledoitWolfShrinkage(variances, fourthMoment(embeddings, meanRow(embeddings)), { rows, dimensions })
  let score = 0
  for (let at = 0; at < squares.length; at++) {
    const j = Math.floor(at / classes.count)
    const shrunk = (1 - shrinkage) * variances[j] + shrinkage * average
    score += (eigenvalues[j] * squares[at]) / classes.sizes[at % classes.count] / shrunk
  }
  return ((1 - shrinkage) * score) / (rows - 1)
}

/** Σ ‖x − mean‖⁴ over the rows. */
function fourthMoment({ rows, dimensions, values }: Embeddings, mean: Float64Array): number {
  let sum = 0
  for (let i = 0, at = 0; i < rows; i++) {
    let squares = 0
    for (let c = 0; c < dimensions; c++, at++) squares += (values[at] - mean[c]) ** 2
    sum += squares * squares
  }
  return sum
}

/**
 * Ledoit and Wolf (2004): the share in [0, 1] of the identity that brings the covariance nearest to the
 * true one in the mean.
 *
 * @param variances eigenvalues of the covariance over n
 */
function ledoitWolfShrinkage(
  variances: Float64Array,
  fourth: number,
  { rows, dimensions }: { readonly rows: number; readonly dimensions: number },
): number {
  let trace = 0
  let squares = 0
  for (const variance of variances) {
    trace += variance
    squares += variance * variance
  }
  const dispersion = squares - (trace * trace) / dimensions
  const error = Math.min((fourth / rows - squares) / rows, dispersion)
  return dimensions > 1 && error > 0 ? error / dispersion : 0
}
