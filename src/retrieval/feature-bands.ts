import { EMPTY_SIGNATURE_VALUE } from '../sketch/min-hash.ts'
import type { BandShape } from './band-tables.ts'

/** K of a band. */
const VALUES = 8
/** L of a dataset, over all features, where they allow it. */
const BANDS = 128

/** The bands of a dataset's signatures: each is a tuple of one feature's values, so that a target needs only its own. */
export interface FeatureBands {
  readonly shape: BandShape
  /** The feature of each band, shape (bands). */
  readonly featureOf: Uint32Array
  /** Where in the feature's signature each band begins, shape (bands). */
  readonly from: Uint32Array
}

/**
 * Bands over the signatures of several features (Zhou et al. 2020, §3.4: one table a band, its values compared as a
 * tuple). They are dealt out to the features in turn: 128 in all, or one for each where there are more.
 *
 * Two datasets meet in a band of feature f with probability J_f^K, so the number of bands that they meet in rises with
 * the Jaccard similarity of every feature that both have.
 *
 * @param features number of features, at least 1
 * @param length of a signature, at least 8
 */
export function featureBands(features: number, length: number): FeatureBands {
  const bands = Math.max(features, Math.min(BANDS, features * Math.floor(length / VALUES)))
  return {
    shape: { bands, values: VALUES },
    featureOf: Uint32Array.from({ length: bands }, (_, band) => band % features),
    from: Uint32Array.from({ length: bands }, (_, band) => VALUES * Math.floor(band / features)),
  }
}

/**
 * The values of all bands of a dataset, one after the other, for `bandKey`.
 *
 * @param signatureOf the signature of a feature, undefined where the dataset lacks it
 * @returns shape (bands × K)
 */
export function featureBandCells(
  { shape, featureOf, from }: FeatureBands,
  signatureOf: (feature: number) => Uint32Array | undefined,
): Int32Array {
  const cells = new Int32Array(shape.bands * shape.values).fill(EMPTY_SIGNATURE_VALUE | 0)
  for (let band = 0; band < shape.bands; band++) {
    const signature = signatureOf(featureOf[band])
    if (signature) cells.set(signature.subarray(from[band], from[band] + shape.values), band * shape.values)
  }
  return cells
}

/**
 * The entries that were met in most bands.
 *
 * @param met how often each entry was met, shape (entries)
 * @returns at most `most` of those met at all, those met most often first, ties by number
 */
export function mostMet(met: Uint16Array, most: number): Uint32Array {
  const found = Uint32Array.from(met.keys()).filter(entry => met[entry] > 0)
  return found.sort((a, b) => met[b] - met[a] || a - b).slice(0, most)
}
