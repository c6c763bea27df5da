const POINTS = 600
/** How far the points go: standard deviations of the logit, and lengths in which its tails fall by e. */
const DEVIATIONS = 8
const FALLS = 12

/**
 * Central interval of a beta distribution: as much lies below as above.
 *
 *   f(x) ∝ x^(a−1) (1 − x)^(b−1)
 *
 * By the trapezoidal rule over the logit of x, where the density x^a (1 − x)^b has no poles.
 *
 * @param a at least 0.1, as b
 * @param level share that lies within, in (0, 1)
 * @returns lower and upper end, in [0, 1], within 0.002 for a, b up to 1,000
 */
export function betaInterval(a: number, b: number, level: number): readonly [number, number] {
  // As narrow as the distribution, so that the points lie where its mass does.
  const middle = Math.log(a / b)
  const deviation = Math.sqrt(1 / a + 1 / b)
  const from = middle - Math.max(DEVIATIONS * deviation, FALLS / a)
  const step = (middle + Math.max(DEVIATIONS * deviation, FALLS / b) - from) / (POINTS - 1)
  const at = (i: number) => from + i * step
  const logs = Float64Array.from({ length: POINTS }, (_, i) => a * logSigmoid(at(i)) + b * logSigmoid(-at(i)))
  const most = logs.reduce((first, second) => Math.max(first, second))
  const cumulated = new Float64Array(POINTS)
  for (let i = 1; i < POINTS; i++) {
    cumulated[i] = cumulated[i - 1] + (Math.exp(logs[i] - most) + Math.exp(logs[i - 1] - most)) / 2
  }
  const quantile = (share: number) => {
    const wanted = share * cumulated[POINTS - 1]
    const next = Math.max(
      1,
      cumulated.findIndex(value => value >= wanted),
    )
    const within = (wanted - cumulated[next - 1]) / (cumulated[next] - cumulated[next - 1])
    return 1 / (1 + Math.exp(-at(next - 1 + within)))
  }
  return [quantile((1 - level) / 2), quantile((1 + level) / 2)]
}

function logSigmoid(t: number): number {
  return t > 0 ? -Math.log1p(Math.exp(-t)) : t - Math.log1p(Math.exp(t))
}
