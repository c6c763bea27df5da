/** Points of the grid on [0, 1] (Kay et al. 2025). */
export const GRID = 256

const EDGE = 1e-6
const STEP = (1 - 2 * EDGE) / (GRID - 1)
const LEAST = 1e-30

/** Density and distribution of a beta distribution on the grid, each of shape (GRID). */
export interface GriddedBeta {
  readonly density: Float64Array
  /** Natural logarithm of the distribution, no smaller than that of 1e-30. */
  readonly logCumulated: Float64Array
}

/** Beta(a, b) on the grid, scaled so that it sums to 1 there by the trapezoidal rule; a and b at least 1. */
export function griddedBeta(a: number, b: number): GriddedBeta {
  const logs = Float64Array.from({ length: GRID }, (_, i) => {
    const x = EDGE + i * STEP
    return (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x)
  })
  const most = logs.reduce((first, second) => Math.max(first, second))
  const density = logs.map(value => Math.exp(value - most))
  const cumulated = new Float64Array(GRID)
  for (let i = 1; i < GRID; i++) cumulated[i] = cumulated[i - 1] + (STEP / 2) * (density[i] + density[i - 1])
  const whole = cumulated[GRID - 1]
  return {
    density: density.map(value => value / whole),
    logCumulated: cumulated.map(value => Math.log(Math.max(LEAST, value / whole))),
  }
}

/** f_h / F_h times the weights of the trapezoidal rule: what ∏ F is summed with. Shape (GRID). */
export function hazards({ density, logCumulated }: GriddedBeta): Float64Array {
  return density.map((value, i) => {
    return value * Math.exp(-logCumulated[i]) * STEP * (i === 0 || i === GRID - 1 ? 0.5 : 1)
  })
}

/**
 * Probability of being the greatest of independent variables with beta distributions, shape (variables), summing to 1.
 *
 *   P(h) = ∫ f_h(x) ∏_{k≠h} F_k(x) dx        Kay et al. (2025)
 */
export function bestOfBetas(betas: readonly GriddedBeta[]): Float64Array {
  const product = new Float64Array(GRID)
  for (const { logCumulated } of betas) for (let i = 0; i < GRID; i++) product[i] += logCumulated[i]
  for (let i = 0; i < GRID; i++) product[i] = Math.exp(product[i])
  const best = Float64Array.from(betas, beta => dot(product, hazards(beta)))
  const sum = best.reduce((total, value) => total + value, 0)
  return best.map(value => value / sum)
}

/** Σ a·b over the grid. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
