import type { PartitionBlock } from '../divergence/partition-block.ts'
import { joinPartitions } from '../retrieval/join-partitions.ts'
import { jsLshParameters } from '../retrieval/js-lsh-parameters.ts'
import { pStableHashes } from '../retrieval/p-stable-hashes.ts'
import { rootDimensions } from '../retrieval/root-projections.ts'

const SEED = 1
/** Recall at the threshold, at the worst distance that it can stand for, and hashes that it may take. */
const RECALL = 0.9
const MOST_HASHES = 256

/** Two datasets in partitions, over the features both have. */
export interface PartitionedPair {
  readonly source: PartitionBlock
  readonly target: PartitionBlock
  readonly shared: Uint32Array
}

/**
 * Adaptivity as the 2020 paper estimates it (Zhou et al. §3.5): pairs of partitions that share a signature of JS-LSH, over
 * the partitions of the target. Nothing is verified, so that pairs farther than the threshold count where they collide.
 *
 * @param threshold nats
 * @returns at least 0; undefined where there is nothing to hash by: no shared features, or a threshold outside (0, ln 2)
 */
export function estimatedAdaptivity(
  { source, target, shared }: PartitionedPair,
  threshold: number,
): number | undefined {
  if (shared.length === 0 || !(threshold > 0 && threshold < Math.LN2)) return undefined
  const { shape, width } = jsLshParameters({ threshold, recall: RECALL, mostHashes: MOST_HASHES })
  const hashes = pStableHashes({ dimensions: rootDimensions(source), shape, width, seed: SEED })
  return joinPartitions(source, target, { features: shared, hashes, threshold }).estimatedAdaptivity
}
