import type { FeatureType } from '../dataset/feature.ts'

/**
 * Bins of a numeric feature: `edges.length − 1` intervals [e_k, e_{k+1}), the outer two open to the outside; then one
 * exact bin per atom (a value that holds more than one bin's mass); then missing.
 */
export interface NumericBins {
  readonly kind: 'numeric'
  /** Ascending, at least two. */
  readonly edges: Float64Array
  /** Ascending. */
  readonly atoms: Float64Array
}

/** Bins of a categorical or text feature: one per kept value or token hash, then all others, then missing. */
export interface NominalBins {
  readonly kind: 'nominal'
  /** Of the key that the values were hashed with, where they were: hashes of other keys mean other values. */
  readonly keyId?: string
  /** Most frequent first. */
  readonly hashes: Uint32Array
}

export type FeatureBins = NumericBins | NominalBins

/** Number of bins, with those for other values and for missing ones. */
export function binCount(bins: FeatureBins): number {
  return bins.kind === 'numeric' ? bins.edges.length + bins.atoms.length : bins.hashes.length + 2
}

/** Index of the bin that counts missing values: always the last one. */
export function missingBin(bins: FeatureBins): number {
  return binCount(bins) - 1
}

/** The kind of bins a type of feature has. */
export function binKind(type: FeatureType): FeatureBins['kind'] {
  return type === 'numeric' ? 'numeric' : 'nominal'
}

/** The intervals and atoms of numeric bins in order of value. */
export function binsInOrder({ edges, atoms }: NumericBins): number[] {
  const middles = Array.from({ length: edges.length - 1 }, (_, k) => (edges[k] + edges[k + 1]) / 2)
  const positions = [...middles, ...atoms]
  return positions.map((_, bin) => bin).sort((a, b) => positions[a] - positions[b])
}

/** Finds the bin of a value in O(log bins): a sorted list of borders, and the bin of each stretch between two. */
export interface BinLookup {
  readonly borders: Float64Array
  readonly binOf: Uint16Array
}

/** Prepares the look-up of values in numeric bins. */
export function binLookup(bins: NumericBins): BinLookup {
  const intervals = bins.edges.length - 1
  const inner = bins.edges.subarray(1, intervals)
  const borders = Float64Array.from(new Set([...inner, ...bins.atoms, ...Array.from(bins.atoms, nextUp)])).sort()
  const atomBin = new Map(Array.from(bins.atoms, (value, i) => [value, intervals + i]))
  const binOf = new Uint16Array(borders.length + 1)
  for (let i = 0, interval = 0; i < borders.length; i++) {
    while (interval < inner.length && inner[interval] <= borders[i]) interval++
    binOf[i + 1] = atomBin.get(borders[i]) ?? interval
  }
  return { borders, binOf }
}

/** The bin of a finite value. */
export function lookUpBin({ borders, binOf }: BinLookup, value: number): number {
  let low = 0
  let high = borders.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (borders[middle] <= value) low = middle + 1
    else high = middle
  }
  return binOf[low]
}

const scratch = new Float64Array(1)
const scratchBits = new BigInt64Array(scratch.buffer)

/** The next larger double after a finite number. */
export function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  scratch[0] = value
  scratchBits[0] += value > 0 ? 1n : -1n
  return scratch[0]
}
