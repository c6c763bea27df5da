import { pairwiseJensenShannon } from '../divergence/pairwise-jensen-shannon.ts'
import type { Domain } from '../sketch/domain.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate } from './candidate.ts'
import { jointComparer, mapTarget } from './compare.ts'
import { bestParts } from './evidence.ts'
import type { SearchParameters } from './search-parameters.ts'

/** Every part of a target against every part of a model's training data. */
export interface PartitionMap {
  /** Rows in each part of the target. */
  readonly targetRows: readonly number[]
  /** Rows in each part of the training data. */
  readonly sourceRows: readonly number[]
  /** JS divergence, nats, shape (parts of the target) of (parts of the training data). */
  readonly js: readonly (readonly number[])[]
}

/** The parts that soft coverage is taken over: clustered ones where a sketch has them, in the sketches' order. */
export function partitionMap(
  target: Sketch,
  { domain, candidate }: { readonly domain: Domain; readonly candidate: Candidate },
  parameters: SearchParameters,
): PartitionMap {
  const { source, target: blocks, shared } = jointComparer(mapTarget(target, domain, parameters), domain)(candidate)
  const parts = bestParts(source, blocks)
  const pairs = pairwiseJensenShannon(parts.source, parts.target, shared)
  const across = parts.target.partitions
  return {
    targetRows: [...parts.target.rows],
    sourceRows: [...parts.source.rows],
    js: Array.from({ length: across }, (_, j) =>
      Array.from({ length: parts.source.partitions }, (__, i) => pairs[i * across + j]),
    ),
  }
}
