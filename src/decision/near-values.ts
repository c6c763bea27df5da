import { pearson } from '../math/correlation.ts'
import type { DecisionTarget, KnownTarget } from './decision-target.ts'

/** Values of models on the datasets of a history that are most like a target. */
export interface NearValues {
  /**
   * Weighted mean value of each candidate over the datasets that are neither the target's kin nor left out; NaN without any.
   */
  of(target: DecisionTarget, leftOut: ReadonlySet<string>): Float64Array
}

/** A dataset's weight falls by e for each twentieth that the correlation of fits lies below 1. */
const RATE = 20
/** With fewer datasets none is near. */
const LEAST_DATASETS = 10
/** Fewest candidates in common that a correlation is told from. */
const LEAST = 3

/**
 * Kernel regression over datasets (Nadaraya 1964, Watson 1964): datasets to which the same models fit are alike.
 *
 *   v_m = Σ_k w_k·v_km / Σ_k w_k,   w_k = exp(20·(r_k − 1)),   r_k Pearson's correlation of the common candidates' fits
 *
 * With fewer than ten datasets nothing is told.
 */
export function nearValues(history: readonly KnownTarget[]): NearValues {
  const places = new Map<string, number>()
  for (const { candidates } of history) for (const { name } of candidates) place(places, name)
  const spread = (target: DecisionTarget, values: ArrayLike<number>) => {
    const row = new Float64Array(places.size).fill(NaN)
    target.candidates.forEach(({ name }, c) => {
      const at = places.get(name)
      if (at !== undefined) row[at] = values[c]
    })
    return row
  }
  const fitsOf = (target: DecisionTarget) =>
    spread(
      target,
      Float64Array.from(target.candidates, ({ evidence }) => evidence.fit ?? NaN),
    )
  const known = history.map(target => ({
    kin: target.kin,
    fits: fitsOf(target),
    values: spread(target, target.values),
  }))
  const weights = new WeakMap<DecisionTarget, Float64Array>()
  const weightsOf = (target: DecisionTarget) => {
    const fits = fitsOf(target)
    const found = weights.get(target) ?? Float64Array.from(known, other => weightOf(fits, other.fits))
    weights.set(target, found)
    return found
  }
  return {
    of(target, leftOut) {
      const own = weightsOf(target)
      const [sums, totals] = [new Float64Array(places.size), new Float64Array(places.size)]
      known.forEach(({ kin, values }, k) => {
        if (known.length < LEAST_DATASETS || leftOut.has(kin) || own[k] === 0) return
        values.forEach((value, m) => {
          if (Number.isNaN(value)) return
          sums[m] += own[k] * value
          totals[m] += own[k]
        })
      })
      return Float64Array.from(target.candidates, ({ name }) => {
        const at = places.get(name)
        return at === undefined || totals[at] === 0 ? NaN : sums[at] / totals[at]
      })
    },
  }
}

function place(places: Map<string, number>, name: string): void {
  if (!places.has(name)) places.set(name, places.size)
}

/** 0 where too few fits are known of both. */
function weightOf(a: Float64Array, b: Float64Array): number {
  const common = Array.from(a.keys()).filter(m => Number.isFinite(a[m]) && Number.isFinite(b[m]))
  if (common.length < LEAST) return 0
  const correlation = pearson(
    common.map(m => a[m]),
    common.map(m => b[m]),
  )
  return Math.exp(RATE * ((Number.isFinite(correlation) ? correlation : 0) - 1))
}
