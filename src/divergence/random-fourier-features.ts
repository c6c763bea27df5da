import { ModelHubError } from '../common/modelhub-error.ts'
import { seededRandom } from '../common/random.ts'
import { gaussian } from '../math/gaussian.ts'
import { requireSameShape, type Vector } from './histogram.ts'

/** A map whose inner products estimate an RBF kernel. Two means can be compared only when made by the same map. */
export interface RandomFourierFeatures {
  /** Length of a row, d. */
  readonly features: number
  /** Random directions ω_1 … ω_D, shape (D × features), row-major. */
  readonly frequencies: Float64Array
}

export interface RandomFourierOptions {
  /** Length of a row, d ≥ 1. */
  readonly features: number
  /** Number of random directions, D ≥ 1; the map has 2 D dimensions. */
  readonly directions: number
  /** Width σ > 0 of the kernel exp(−‖x − y‖² / 2σ²), in the unit of the coordinates. */
  readonly bandwidth: number
  /** The same seed gives the same directions on every platform. */
  readonly seed: number
}

/** A mean of z(x) over rows that come one by one. */
export interface FourierMean {
  /** Adds a row of shape (features); it must hold no NaN. */
  add(row: Vector): void
  /** The mean so far, shape (2 D); all NaN before the first row. */
  mean(): Float64Array
}

/**
 * Draws a random Fourier map of an RBF kernel.
 *
 *   z(x) = D^-½ [cos ω_1·x, sin ω_1·x, …, cos ω_D·x, sin ω_D·x],  ω ~ N(0, I / σ²)
 *   E z(x)·z(y) = exp(−‖x − y‖² / 2σ²)                                    Rahimi and Recht (2007), Algorithm 1
 *
 * Cosine and sine of one direction instead of one cosine with a random phase: z(x)·z(x) is then exactly 1.
 *
 * @throws OUT_OF_RANGE when features or directions are not positive integers, or the bandwidth is not positive
 */
export function randomFourierFeatures(options: RandomFourierOptions): RandomFourierFeatures {
  const { features, directions, bandwidth, seed } = options
  requirePositive(Number.isInteger(features), 'features', features)
  requirePositive(Number.isInteger(directions), 'directions', directions)
  requirePositive(Number.isFinite(bandwidth), 'bandwidth', bandwidth)
  const normal = gaussian(seededRandom(seed))
  const frequencies = new Float64Array(directions * features)
  for (let k = 0; k < frequencies.length; k++) frequencies[k] = normal() / bandwidth
  return { features, frequencies }
}

/** Starts a mean of z(x) over the rows of a dataset; it holds 2 D numbers however many rows come. */
export function fourierMean(map: RandomFourierFeatures): FourierMean {
  const { features, frequencies } = map
  const directions = frequencies.length / features
  const sums = new Float64Array(2 * directions)
  let rows = 0
  const add = (row: Vector): void => {
    requireSameShape({ length: features }, row, 'row')
    for (let d = 0; d < directions; d++) {
      let angle = 0
      for (let f = 0; f < features; f++) angle += frequencies[d * features + f] * row[f]
      sums[2 * d] += Math.cos(angle)
      sums[2 * d + 1] += Math.sin(angle)
    }
    rows++
  }
  return { add, mean: () => sums.map(sum => sum / (rows * Math.sqrt(directions))) }
}

function requirePositive(isOfKind: boolean, name: string, value: number): void {
  if (isOfKind && value > 0) return
  const kind = name === 'bandwidth' ? 'a finite number > 0' : 'an integer >= 1'
  throw new ModelHubError('OUT_OF_RANGE', `${name}: expected ${kind}, got ${value}`)
}
