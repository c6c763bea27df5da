import { jensenShannonOfRows, jointRows } from '../divergence/joint-rows.ts'
import { requireComparable, type PartitionBlock } from '../divergence/partition-block.ts'
import { requireThreshold } from '../divergence/pairwise-matrix.ts'
import type { PStableHashes } from './p-stable-hashes.ts'
import { PStableTables } from './p-stable-tables.ts'
import { requireDimensions, rootPlaces, type Side } from './root-projections.ts'
import type { RetrievalWork } from './retrieval.ts'

export interface JoinOptions {
  /** The shared features S. */
  readonly features: Uint32Array
  /** Of `rootDimensions(source)` dimensions. */
  readonly hashes: PStableHashes
  /** t ≥ 0, nats. */
  readonly threshold: number
  /** Neighbouring buckets probed in each band; 0 by default. */
  readonly probes?: number
  /**
   * Where the partitions lie among the cells, if that is known already (`featureProjections`); computed over the shared
   * features by default.
   */
  readonly placesOf?: (side: Side, partition: number) => Float64Array
}

/** A pair of partitions within the threshold. */
export interface PartitionPair {
  readonly source: number
  readonly target: number
  /** Verified, nats. */
  readonly js: number
}

export interface PartitionJoin {
  /** By source, then target. */
  readonly matches: readonly PartitionPair[]
  /** Pairs / n_t, of verified pairs: at most Def. 2's, by the pairs that no band brought together. */
  readonly adaptivity: number
  /** The same of pairs that share a signature, unverified: as the paper estimates it (Zhou et al. 2020, §3.5). */
  readonly estimatedAdaptivity: number
  readonly work: RetrievalWork
}

/**
 * Joins the partitions of two datasets within a divergence: step 2 of the 2020 paper.
 *
 * The signatures of the larger side, the one with more partitions, go into tables, and the smaller side looks up. Every
 * pair that shares a band is then compared exactly, so that only true pairs come back.
 *
 * @throws SHAPE, OUT_OF_RANGE as `pairwiseJensenShannon` does, and OUT_OF_RANGE when there is no target partition or the
 *   threshold is negative
 */
export function joinPartitions(source: PartitionBlock, target: PartitionBlock, options: JoinOptions): PartitionJoin {
  const { features, hashes, threshold, probes = 0 } = options
  requireComparable(source, target, features)
  requireThreshold(threshold)
  requireDimensions(hashes, source)
  const blocks = { source, target }
  const {
    placesOf = (side: Side, partition: number) => rootPlaces(hashes, blocks[side], { partition, features, side }),
  } = options
  const [stored, seeking]: [Side, Side] =
    source.partitions >= target.partitions ? ['source', 'target'] : ['target', 'source']
  const tables = new PStableTables(hashes, probes)
  for (let p = 0; p < blocks[stored].partitions; p++) tables.insert(placesOf(stored, p))
  const rows = { source: jointRows(source, features), target: jointRows(target, features) }
  const matches: PartitionPair[] = []
  let [compared, lookups] = [0, 0]
  for (let q = 0; q < blocks[seeking].partitions; q++) {
    const found = tables.candidates(placesOf(seeking, q))
    lookups += found.lookups
    compared += found.ordinals.length
    for (const p of found.ordinals) {
      const pair = seeking === 'target' ? { source: p, target: q } : { source: q, target: p }
      const js = jensenShannonOfRows(rows.source[pair.source], rows.target[pair.target])
      if (js <= threshold) matches.push({ ...pair, js })
    }
  }
  return {
    matches: matches.sort((a, b) => a.source - b.source || a.target - b.target),
    adaptivity: matches.length / target.partitions,
    estimatedAdaptivity: compared / target.partitions,
    work: { stored: tables.size, lookups, compared },
  }
}
