/** Bins of every feature merged into fewer. */
export interface MergedColumns {
  /** Merged feature f occupies the columns [offsets[f], offsets[f+1]). */
  readonly offsets: Uint32Array
  /** The merged column of each original one, shape (bins). */
  readonly mergedOf: Uint32Array
}

/**
 * Merges neighbouring bins of every feature into at most `most`, of about equal numbers. Merging can only lower a
 * Jensen–Shannon divergence (data-processing inequality).
 *
 * @param offsets feature f occupies the columns [offsets[f], offsets[f+1])
 */
export function mergedColumns(offsets: Uint32Array, most: number): MergedColumns {
  const merged = new Uint32Array(offsets.length)
  const mergedOf = new Uint32Array(offsets[offsets.length - 1])
  for (let f = 0; f + 1 < offsets.length; f++) {
    const bins = offsets[f + 1] - offsets[f]
    const kept = Math.min(most, bins)
    merged[f + 1] = merged[f] + kept
    for (let b = 0; b < bins; b++) mergedOf[offsets[f] + b] = merged[f] + Math.floor((b * kept) / bins)
  }
  return { offsets: merged, mergedOf }
}

/** Adds up the probabilities of the bins that were merged, shape (merged bins). */
export function mergeValues(values: ArrayLike<number>, { offsets, mergedOf }: MergedColumns): Float64Array {
  const sums = new Float64Array(offsets[offsets.length - 1])
  for (let b = 0; b < mergedOf.length; b++) sums[mergedOf[b]] += values[b]
  return sums
}
