import { nextUp, type NumericBins } from './feature-bins.ts'

/** No published edge lies nearer to the extremes than these quantiles, so that no single row is shown. */
const TRIMMED_QUANTILE = 0.005

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
 * @param sorted the finite values, ascending; may be empty
 * @param maxBins most bins, intervals and atoms together, at least 1
 */
export function equiDepthBins(sorted: Float64Array, maxBins: number): NumericBins {
  const { atoms, rest } = splitAtoms(sorted, sorted.length / maxBins)
  const intervals = Math.max(1, maxBins - atoms.length)
  return { kind: 'numeric', edges: equiDepthEdges(rest, intervals), atoms: Float64Array.from(atoms) }
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
  const low = roundEdge(rest[Math.floor(TRIMMED_QUANTILE * (n - 1))])
  const high = roundEdge(rest[Math.ceil((1 - TRIMMED_QUANTILE) * (n - 1))])
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
