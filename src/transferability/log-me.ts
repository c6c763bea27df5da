import { ModelHubError } from '../common/modelhub-error.ts'
import { checkPoints, type Embeddings } from '../math/embeddings.ts'
import type { MatrixWork } from '../math/gram.ts'
import { classSpectrum, type ClassSpectrum } from './class-spectrum.ts'
import { labelledClasses } from './labelled-classes.ts'

export interface LogMEOptions extends MatrixWork {
  /**
   * With more dimensions D than the rank r, log |A| has D − r terms log α for the directions that no row has. `counted`
   * (default) is the evidence as the paper defines it; `omitted` leaves them out, as thuml/LogME's fixed point does, whose
   * values are then not comparable between models of different widths.
   */
  readonly emptyDirections?: 'counted' | 'omitted'
}

/** The peers' constants: iterations, the change of α/β at which they stop, and what keeps denominators off zero. */
const MOST_ITERATIONS = 11
const STOP_AT = 1e-3
const FLOOR = 1e-5

/**
 * LogME: the largest log evidence per row of a Bayesian linear regression from embeddings to each class's indicator,
 * maximised over the prior's α and the noise's β by fixed point, and averaged over classes.
 *
 *   L(α, β) = n/2 log β + D/2 log α − n/2 log 2π − β/2 ‖Fm − y‖² − α/2 mᵀm − ½ log |A|,   A = αI + βFᵀF, m = βA⁻¹Fᵀy
 *   γ = Σ βσ_i / (α + βσ_i),  α ← γ / mᵀm,  β ← (n − γ) / ‖Fm − y‖²       You et al. (2021, ICML; the fixed point 2022, JMLR)
 *
 * Started at α = β = 1 and stopped as thuml/LogME does, hence to some 10⁻³ of α/β only. Unbounded, mostly negative;
 * higher is better. Embeddings are not centred: a shift changes the score, and so, through the start and the stop, may a
 * scale. Embeddings that are all zero give the evidence of noise alone.
 *
 * @param labels shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkPoints; SHAPE, OUT_OF_RANGE as labelledClasses; CANCELLED
 */
export async function logME(embeddings: Embeddings, labels: Int32Array, options: LogMEOptions = {}): Promise<number> {
  const { emptyDirections = 'counted', ...work } = options
  checkPoints(embeddings, 'embeddings')
  if (emptyDirections !== 'counted' && emptyDirections !== 'omitted') {
    const got = String(emptyDirections)
    throw new ModelHubError('OUT_OF_RANGE', `emptyDirections: expected counted or omitted, got ${got}`)
  }
  const classes = labelledClasses(labels, embeddings.rows)
  const spectrum = await classSpectrum(embeddings, { ...classes, labels }, { ...work, centred: false })
  const { rows, dimensions } = embeddings
  const rank = spectrum.eigenvalues.length
  let sum = 0
  for (let k = 0; k < classes.count; k++) {
    const squares = spectrum.squares.filter((_, at) => at % classes.count === k)
    const { alpha, evidence } = maximiseEvidence({ eigenvalues: spectrum.eigenvalues, squares }, classes.sizes[k], rows)
    const terms = emptyDirections === 'omitted' ? dimensions : rank
    sum += evidence + (terms / 2) * Math.log(alpha)
  }
  return sum / classes.count / rows
}

/** The evidence of one class, without its D/2·log α and the empty directions' share of log |A|. */
function maximiseEvidence(
  { eigenvalues, squares }: ClassSpectrum,
  positives: number,
  rows: number,
): { readonly alpha: number; readonly evidence: number } {
  // What of the indicator lies outside the embeddings' span no weights can explain.
  const outside = Math.max(
    0,
    squares.reduce((rest, square) => rest - square, positives),
  )
  let [alpha, beta, misfit, weight] = [1, 1, 0, 0]
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const ratio = alpha / beta
    let gamma = 0
    // n − γ added up by itself: the difference would lose its digits where the embeddings explain everything.
    let unexplained = rows - eigenvalues.length
    weight = 0
    misfit = outside
    for (let j = 0; j < eigenvalues.length; j++) {
      const sum = eigenvalues[j] + ratio
      gamma += eigenvalues[j] / sum
      unexplained += ratio / sum
      weight += (eigenvalues[j] * squares[j]) / (sum * sum)
      misfit += squares[j] * (ratio / sum) ** 2
    }
    if (gamma > 0) alpha = gamma / (weight + FLOOR)
    beta = unexplained / (misfit + FLOOR)
    if (Math.abs(alpha / beta - ratio) <= STOP_AT * ratio) break
  }
  let logDeterminant = 0
  for (const eigenvalue of eigenvalues) logDeterminant += Math.log(alpha + beta * eigenvalue)
  const noise = (rows / 2) * Math.log(beta / (2 * Math.PI))
  return { alpha, evidence: noise - 0.5 * (logDeterminant + beta * misfit + alpha * weight) }
}
