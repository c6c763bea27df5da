import { l2OfCentres } from '../divergence/l2-of-centres.ts'
import { requireSameShape, type Vector } from '../divergence/histogram.ts'
import { addProducts, cellPlaces, type PStableHashes } from './p-stable-hashes.ts'
import { PStableIndex, type PStableIndexOptions } from './p-stable-index.ts'

export type L2LshIndex<Key> = PStableIndex<Key, Vector, Vector>

/**
 * L2-LSH of centres: those within a Euclidean distance of a query's (Zhou et al. 2020, §4.2), by the same hashes as
 * JS-LSH; the distance itself is their c.
 *
 * @param hashes of as many dimensions as the centres have features; `insert` and `query` throw SHAPE for others
 */
export function l2LshIndex<Key>(hashes: PStableHashes, options: PStableIndexOptions): L2LshIndex<Key> {
  const places = (centre: Vector) => {
    requireSameShape({ length: hashes.dimensions }, centre, 'centre')
    const sums = new Float64Array(hashes.shifts.length)
    addProducts(hashes, sums, { point: centre, from: 0, to: centre.length })
    return cellPlaces(hashes, sums)
  }
  return new PStableIndex(
    { hashes, placesOfEntry: places, placesOfQuery: places, comparer: query => entry => l2OfCentres(entry, query) },
    options,
  )
}
