import { intervalOf } from './coarse-bins.ts'
import { missingBin, type NumericBins } from './feature-bins.ts'
import { shareOfInterval } from './rebin.ts'

/**
 * The mid-rank of a value among the values counted in a feature's bins: their distribution function, piecewise linear
 * within an interval, half a step at an atom.
 *
 *   rank(x) = [Σ mass below x + ½ mass of the atom at x] / Σ mass
 *
 * In [0, 1]; 0 below the first edge and 1 above the last, but for atoms out there. Missing values are not counted; ½
 * when there are no others.
 *
 * @param counts shape (bins)
 * @returns the rank of a finite value
 */
export function rankUnder(bins: NumericBins, counts: Uint32Array): (value: number) => number {
  const { edges, atoms } = bins
  const intervals = edges.length - 1
  const below = runningSums(counts.subarray(0, intervals))
  const atomsBelow = runningSums(counts.subarray(intervals, missingBin(bins)))
  const total = below[intervals] + atomsBelow[atoms.length]
  return value => {
    if (total === 0) return 0.5
    const k = intervalOf(edges, value)
    const [low, high] = [edges[k], edges[k + 1]]
    const share = shareOfInterval({ low, high }, low, Math.min(high, Math.max(low, value)))
    const smaller = atoms.findIndex(atom => atom >= value)
    const a = smaller < 0 ? atoms.length : smaller
    const half = atoms[a] === value ? counts[intervals + a] / 2 : 0
    return (below[k] + share * counts[k] + atomsBelow[a] + half) / total
  }
}

/** Sums of the first 0, 1, …, n counts: shape (n + 1). */
function runningSums(counts: Uint32Array): Float64Array {
  const sums = new Float64Array(counts.length + 1)
  counts.forEach((n, i) => (sums[i + 1] = sums[i] + n))
  return sums
}
