import { intervalOf } from './coarse-bins.ts'
import { binCount, missingBin, type FeatureBins, type NominalBins, type NumericBins } from './feature-bins.ts'

/** Counts in the bins of a feature. */
export interface BinnedCounts {
  readonly bins: FeatureBins
  /** Shape (bins). */
  readonly counts: ArrayLike<number>
}

/**
 * Carries counts from a sketch's own bins over to reference bins.
 *
 * Numeric: the mass of an interval is spread evenly over it (piecewise linear), mass outside the reference goes to its
 * outer intervals, an atom goes to the equal atom of the reference or else into the interval it lies in. Nominal: equal
 * hashes to equal hashes, the rest to `other`. Missing stays missing.
 *
 * @returns shares, shape (reference bins), summing to 1, or all 0 when nothing was counted
 */
export function rebin(source: BinnedCounts, reference: FeatureBins): Float64Array {
  const target = new Float64Array(binCount(reference))
  if (source.bins.kind === 'numeric' && reference.kind === 'numeric')
    spreadNumeric(source, source.bins, reference, target)
  if (source.bins.kind === 'nominal' && reference.kind === 'nominal')
    spreadNominal(source, source.bins, reference, target)
  target[target.length - 1] += source.counts[missingBin(source.bins)]
  let total = 0
  for (const mass of target) total += mass
  if (total > 0) for (let bin = 0; bin < target.length; bin++) target[bin] /= total
  return target
}

function spreadNominal({ counts }: BinnedCounts, own: NominalBins, reference: NominalBins, target: Float64Array): void {
  const other = reference.hashes.length
  const binOf = new Map(Array.from(reference.hashes, (hash, bin) => [hash, bin]))
  own.hashes.forEach((hash, bin) => (target[binOf.get(hash) ?? other] += counts[bin]))
  target[other] += counts[own.hashes.length]
}

function spreadNumeric({ counts }: BinnedCounts, own: NumericBins, reference: NumericBins, target: Float64Array): void {
  const intervals = own.edges.length - 1
  for (let k = 0; k < intervals; k++) {
    if (counts[k] > 0) spreadInterval(counts[k], own.edges[k], own.edges[k + 1], { edges: reference.edges, target })
  }
  const firstAtom = reference.edges.length - 1
  own.atoms.forEach((value, i) => {
    const atom = reference.atoms.indexOf(value)
    target[atom >= 0 ? firstAtom + atom : intervalOf(reference.edges, value)] += counts[intervals + i]
  })
}

function spreadInterval(
  mass: number,
  low: number,
  high: number,
  { edges, target }: { readonly edges: Float64Array; readonly target: Float64Array },
): void {
  const last = edges.length - 2
  for (let k = intervalOf(edges, low); k <= last; k++) {
    const from = k === 0 ? low : Math.max(low, edges[k])
    const to = k === last ? high : Math.min(high, edges[k + 1])
    if (to > from) target[k] += mass * shareOfInterval({ low, high }, from, to)
    if (edges[k + 1] >= high) return
  }
}

/**
 * Share of the interval [low, high) that [from, to) covers: the quotient is taken first, for a density overflows where
 * the interval is a subnormal number wide, and the half is taken where its width overflows.
 */
export function shareOfInterval({ low, high }: { low: number; high: number }, from: number, to: number): number {
  return high - low < Infinity ? (to - from) / (high - low) : (to / 2 - from / 2) / (high / 2 - low / 2)
}
