import { binCount, type FeatureBins, type NominalBins, type NumericBins } from './feature-bins.ts'

/** Fewer bins made of the same ones, and for each fine bin the coarse bin that it became part of. */
export interface CoarseBins {
  readonly bins: FeatureBins
  readonly coarseOf: Uint16Array
}

/**
 * Merges neighbouring bins until at most `maxBins` are left (missing and other not counted).
 *
 * Numeric: atoms that hold less than one coarse bin's mass join the interval they lie in; then the two neighbouring
 * intervals that hold least are merged, again and again, the leftmost first. Nominal: the most frequent stay.
 *
 * @param counts of the whole dataset in the fine bins
 */
export function coarsenBins(bins: FeatureBins, counts: Uint32Array, maxBins: number): CoarseBins {
  return bins.kind === 'numeric' ? coarsenNumeric(bins, counts, maxBins) : coarsenNominal(bins, maxBins)
}

function coarsenNominal(bins: NominalBins, maxBins: number): CoarseBins {
  const kept = Math.min(bins.hashes.length, maxBins)
  const coarseOf = Uint16Array.from({ length: binCount(bins) }, (_, i) => Math.min(i, kept))
  coarseOf[bins.hashes.length + 1] = kept + 1
  return { bins: { kind: 'nominal', hashes: bins.hashes.slice(0, kept) }, coarseOf }
}

function coarsenNumeric(bins: NumericBins, counts: Uint32Array, maxBins: number): CoarseBins {
  const intervals = bins.edges.length - 1
  const total = counts.reduce((sum, n) => sum + n, 0) - counts[binCount(bins) - 1]
  const heavy = Array.from(bins.atoms.keys()).filter(i => counts[intervals + i] * maxBins > total)
  const light = Array.from(bins.atoms.keys()).filter(i => !heavy.includes(i))
  const masses = Array.from(counts.subarray(0, intervals))
  for (const i of light) masses[intervalOf(bins.edges, bins.atoms[i])] += counts[intervals + i]
  const edges = mergeLightest(bins.edges, masses, Math.max(1, maxBins - heavy.length))
  const coarse: NumericBins = { kind: 'numeric', edges, atoms: Float64Array.from(heavy, i => bins.atoms[i]) }
  const coarseOf = new Uint16Array(binCount(bins))
  for (let k = 0; k < intervals; k++) coarseOf[k] = intervalOf(edges, bins.edges[k])
  for (const i of light) coarseOf[intervals + i] = intervalOf(edges, bins.atoms[i])
  heavy.forEach((i, position) => (coarseOf[intervals + i] = edges.length - 1 + position))
  coarseOf[binCount(bins) - 1] = binCount(coarse) - 1
  return { bins: coarse, coarseOf }
}

function mergeLightest(fine: Float64Array, fineMasses: readonly number[], most: number): Float64Array {
  const edges = Array.from(fine)
  const masses = [...fineMasses]
  while (masses.length > most) {
    let lightest = 0
    for (let k = 1; k + 1 < masses.length; k++) {
      if (masses[k] + masses[k + 1] < masses[lightest] + masses[lightest + 1]) lightest = k
    }
    masses.splice(lightest, 2, masses[lightest] + masses[lightest + 1])
    edges.splice(lightest + 1, 1)
  }
  return Float64Array.from(edges)
}

/** The interval a value lies in; values outside belong to the outer intervals. */
export function intervalOf(edges: Float64Array, value: number): number {
  let low = 1
  let high = edges.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if (edges[middle] <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
