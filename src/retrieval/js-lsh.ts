import { jensenShannonOfRows, jointRows, type JointRow } from '../divergence/joint-rows.ts'
import { requireComparable, type PartitionBlock } from '../divergence/partition-block.ts'
import type { PStableHashes } from './p-stable-hashes.ts'
import { PStableIndex, type PStableIndexOptions } from './p-stable-index.ts'
import { requireDimensions, rootPlaces } from './root-projections.ts'

/** A dataset in an index: one histogram of each feature it has, in the columns that all datasets there share. */
export interface JointHistogram {
  /** Of one partition; a feature that the dataset has not is all 0. */
  readonly block: PartitionBlock
  /** The numbers of the features it has, ascending. */
  readonly features: Uint32Array
}

interface PreparedHistogram extends JointHistogram {
  readonly row: JointRow
  readonly featureKey: string
}

export type JsLshIndex<Key> = PStableIndex<Key, JointHistogram, JointHistogram>

/**
 * JS-LSH of whole datasets: those whose Jensen–Shannon divergence from a query, over the features both have, is within a
 * threshold.
 *
 * Signatures are computed when a dataset is inserted, over all features it has. A query over the same features misses
 * pairs at the rate that `recallAt` states; where the overlap is not full the two points are scaled differently, their
 * distance grows, and more pairs are missed. Whatever is found has its exact divergence over the features shared.
 *
 * @param hashes of `rootDimensions(block)` dimensions, the same for all; `insert` and `query` throw SHAPE for others
 */
export function jsLshIndex<Key>(hashes: PStableHashes, options: PStableIndexOptions): JsLshIndex<Key> {
  const prepared = new WeakMap<JointHistogram, PreparedHistogram>()
  const prepare = (entry: JointHistogram): PreparedHistogram => {
    const { block, features } = entry
    const found = prepared.get(entry) ?? { ...entry, row: jointRows(block, features)[0], featureKey: features.join() }
    prepared.set(entry, found)
    return found
  }
  const places = ({ block, features }: JointHistogram) => {
    requireDimensions(hashes, block)
    return rootPlaces(hashes, block, { partition: 0, features, side: 'source' })
  }
  return new PStableIndex(
    {
      hashes,
      placesOfEntry: places,
      placesOfQuery: places,
      comparer: query => divergenceFrom(prepare(query), prepare),
    },
    options,
  )
}

function divergenceFrom(query: PreparedHistogram, prepare: (entry: JointHistogram) => PreparedHistogram) {
  const has = new Set(query.features)
  const rows = new Map([[query.featureKey, { shared: query.features, row: query.row }]])
  /** The query over what it shares with datasets of some features: the same for all that have the same ones. */
  const rowBeside = ({ features, featureKey, block }: PreparedHistogram) => {
    const found = rows.get(featureKey)
    if (found) return found
    const shared = features.filter(f => has.has(f))
    requireComparable(block, query.block, shared)
    const made = { shared, row: jointRows(query.block, shared)[0] }
    rows.set(featureKey, made)
    return made
  }
  return (entry: JointHistogram): number => {
    const stored = prepare(entry)
    const { shared, row } = rowBeside(stored)
    const isWhole = shared.length === stored.features.length
    return jensenShannonOfRows(isWhole ? stored.row : jointRows(stored.block, shared)[0], row)
  }
}
