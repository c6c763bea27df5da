import { nextUp, type NumericBins } from './feature-bins.ts'

/** No published edge lies nearer to the extremes than these quantiles, so that no single row is shown. */
const TRIMMED_QUANTILE = 0.005

/** At most one bin for so many values, so that bins do not show single rows. */
export const ROWS_PER_BIN = 10

const EDGE_DIGITS = 7
/** Half a unit of the seventh digit, at most, relative to the value. */
const EDGE_STEP = 0.5e-6

/**
 * Equi-depth bins of a sample: every interval holds about as many values, and every value that alone holds more than
 * one bin's mass is an exact bin of its own (an atom), as in the most-common-values list of a database's statistics.
 *
 * Edges are rounded to 7 significant digits and lie between the 0.5 % and 99.5 % quantiles of the values that are not
 * atoms.
 *
 * There is at most one bin for 10 values, and one interval for 10 values that are not atoms, but at least one interval.
 *
 * @param sorted the finite values, ascending; may be empty
 * @param maxBins most bins, intervals and atoms together, at least 1
 */
export function equiDepthBins(sorted: Float64Array, maxBins: number): NumericBins {
  const bins = binsFor(sorted.length, maxBins)
  const { atoms, rest } = splitAtoms(sorted, sorted.length / bins)
  const edges = equiDepthEdges(rest, binsFor(rest.length, bins - atoms.length))
  return { kind: 'numeric', edges, atoms: Float64Array.from(atoms) }
}

function binsFor(values: number, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(values / ROWS_PER_BIN)))
}

function splitAtoms(sorted: Float64Array, binMass: number): { atoms: number[]; rest: Float64Array } {
  const atoms: number[] = []
  const rest = new Float64Array(sorted.length)
  let kept = 0
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === sorted[start]) end++
    if (end - start > binMass) atoms.push(sorted[start])
    else for (let i = start; i < end; i++) rest[kept++] = sorted[i]
  }
  return { atoms, rest: rest.subarray(0, kept) }
}

function equiDepthEdges(rest: Float64Array, intervals: number): Float64Array {
  const n = rest.length
  if (n === 0) return Float64Array.of(0, 1)
  const trimmed = Math.min(Math.ceil(TRIMMED_QUANTILE * (n - 1)), Math.floor((n - 1) / 2))
  const low = roundEdge(rest[trimmed])
  const high = roundEdge(rest[n - 1 - trimmed])
  const edges = [low]
  for (let k = 1; k < intervals; k++) {
    const cut = roundEdge(rest[Math.floor((k * n) / intervals)])
    if (cut > edges[edges.length - 1] && cut < high) edges.push(cut)
  }
  edges.push(high > edges[edges.length - 1] ? high : nextUp(edges[edges.length - 1]))
  return Float64Array.from(edges)
}

/** The largest number of 7 significant digits or so that is not above the value, which so stays in the bin it opens. */
function roundEdge(value: number): number {
  const rounded = Number(value.toPrecision(EDGE_DIGITS)) + 0
  return rounded <= value ? rounded : Number((value - Math.abs(value) * EDGE_STEP).toPrecision(EDGE_DIGITS)) + 0
}
