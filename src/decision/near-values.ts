import { pearson } from '../math/correlation.ts'
import type { DecisionTarget, KnownTarget } from './decision-target.ts'

/** Values of models on the datasets of a history that are most like a target. */
export interface NearValues {
  /**
   * Weighted mean value of each candidate over the datasets that are not left out; NaN without any.
   *
   * @param leftOut kin whose datasets do not count
   */
  of(target: DecisionTarget, leftOut: ReadonlySet<string>): Float64Array
}

/** A dataset's weight falls by e for each twentieth that the correlation of fits lies below 1. */
const RATE = 20
/** With fewer datasets none is near. */
const LEAST_DATASETS = 10
/** Fewest candidates in common that a correlation is told from. */
const LEAST_COMMON = 3

/** A dataset of the history by its models' places; NaN where a model is not known. */
interface PlacedTarget {
  readonly kin: string
  readonly fits: Float64Array
  readonly values: Float64Array
}

/**
 * Kernel regression over datasets (Nadaraya 1964, Watson 1964): datasets to which the same models fit are alike.
 *
 *   v_m = Σ_k w_k·v_km / Σ_k w_k,   w_k = exp(20·(r_k − 1)),   r_k Pearson's correlation of the common candidates' fits
 *
 * With fewer than ten datasets nothing is told.
 */
export function nearValues(history: readonly KnownTarget[]): NearValues {
  const places = placesOf(history)
  const known = history.map((target): PlacedTarget => {
    return {
      kin: target.kin,
      fits: placed(target, fitsOf(target), places),
      values: placed(target, target.values, places),
    }
  })
  const weights = new WeakMap<DecisionTarget, Float64Array>()
  return {
    of(target, leftOut) {
      if (known.length < LEAST_DATASETS) return new Float64Array(target.candidates.length).fill(NaN)
      const fits = placed(target, fitsOf(target), places)
      const own = weights.get(target) ?? Float64Array.from(known, other => weightOf(fits, other.fits))
      weights.set(target, own)
      const means = weightedMeans(
        known,
        own.map((weight, k) => (leftOut.has(known[k].kin) ? 0 : weight)),
      )
      return Float64Array.from(target.candidates, ({ name }) => means[places.get(name) ?? -1] ?? NaN)
    },
  }
}

function placesOf(history: readonly KnownTarget[]): ReadonlyMap<string, number> {
  const names = new Set(history.flatMap(({ candidates }) => candidates.map(({ name }) => name)))
  return new Map(Array.from(names, (name, at) => [name, at]))
}

function fitsOf({ candidates }: DecisionTarget): number[] {
  return candidates.map(({ evidence }) => evidence.fit ?? NaN)
}

function placed(
  { candidates }: DecisionTarget,
  values: readonly number[],
  places: ReadonlyMap<string, number>,
): Float64Array {
  const row = new Float64Array(places.size).fill(NaN)
  candidates.forEach(({ name }, c) => {
    const at = places.get(name)
    if (at !== undefined) row[at] = values[c]
  })
  return row
}

/** 0 where too few fits are known of both. */
function weightOf(a: Float64Array, b: Float64Array): number {
  const common = Array.from(a.keys()).filter(m => Number.isFinite(a[m]) && Number.isFinite(b[m]))
  if (common.length < LEAST_COMMON) return 0
  const correlation = pearson(
    common.map(m => a[m]),
    common.map(m => b[m]),
  )
  return Math.exp(RATE * ((Number.isFinite(correlation) ? correlation : 0) - 1))
}

/** Mean value at each place; NaN where no dataset of a weight has one. */
function weightedMeans(known: readonly PlacedTarget[], weights: Float64Array): Float64Array {
  const [sums, totals] = [weights, weights].map(() => new Float64Array(known[0].values.length))
  known.forEach(({ values }, k) => {
    if (weights[k] === 0) return
    values.forEach((value, m) => {
      if (Number.isNaN(value)) return
      sums[m] += weights[k] * value
      totals[m] += weights[k]
    })
  })
  return sums.map((sum, m) => sum / totals[m])
}
