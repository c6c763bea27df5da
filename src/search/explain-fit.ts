import { pairwiseJensenShannon } from '../divergence/pairwise-jensen-shannon.ts'
import { perFeatureJensenShannon } from '../divergence/per-feature-jensen-shannon.ts'
import type { PartitionBlock } from '../divergence/partition-block.ts'
import type { Domain } from '../sketch/domain.ts'
import { binsInOrder, missingBin, type FeatureBins } from '../sketch/feature-bins.ts'
import { jointComparer, mapTarget } from './compare.ts'
import { estimatedAdaptivity } from './estimated-adaptivity.ts'
import { bestParts, evidenceFor, randomParts, thresholdFor, type Comparison, type Evidence } from './evidence.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate } from './candidate.ts'
import type { SearchParameters } from './search-parameters.ts'

/** One feature of the target beside the model's. */
export interface FeatureFit {
  readonly feature: string
  /** The slot it is mapped to; absent where nothing matches. */
  readonly slot?: string
  readonly by?: 'name' | 'distribution'
  /** Estimated Jaccard with the slot's values, in [0, 1]. */
  readonly jaccard?: number
  /** Nats; ln 2 where the model lacks the feature. */
  readonly js: number
  /** Shares per reference bin in order of value, missing last; absent where the model lacks the feature. */
  readonly histograms?: {
    readonly target: readonly number[]
    readonly source: readonly number[]
    /** Least value of each bin, without the one for missing values; absent where values have no order. */
    readonly from?: readonly number[]
  }
}

/** One partition of the target and its nearest partition of training. */
export interface PartitionFit {
  readonly rows: number
  /** Nats. */
  readonly nearestJs: number
  readonly matched: boolean
}

export interface Explanation {
  readonly evidence: Evidence
  /** Adaptivity by matching signatures, unverified, at the evidence's threshold (see `estimatedAdaptivity`). */
  readonly estimatedAdaptivity?: number
  /** Worst fit first. */
  readonly features: readonly FeatureFit[]
  /** The threshold that the partitions below match at, nats: `auto` follows their own sizes. */
  readonly partitionThreshold: number
  /** The target's clustered partitions, worst fit first. */
  readonly partitions: readonly PartitionFit[]
}

/** Why a model fits a target as it does. */
export function explainFit(
  target: Sketch,
  { domain, candidate }: { readonly domain: Domain; readonly candidate: Candidate },
  parameters: SearchParameters,
): Explanation {
  const mapped = mapTarget(target, domain, parameters)
  const comparison = jointComparer(mapped, domain)(candidate)
  const { source, target: blocks, shared } = comparison
  const evidence = evidenceFor(comparison, parameters.threshold)
  const divergences = perFeatureJensenShannon(
    { block: source.whole, partition: 0 },
    { block: blocks.whole, partition: 0 },
    shared,
  )
  const columnOf = new Map(
    Array.from(shared, (column, i) => [candidate.columns.slots[column], { column, js: divergences[i] }]),
  )
  const features = target.features.map(({ name }, f): FeatureFit => {
    const found = mapped.matches[f]
    const here = found && columnOf.get(found.partner)
    if (!found || !here) return { feature: name, js: Math.LN2 }
    return {
      feature: name,
      slot: domain.slots[found.partner].name,
      by: found.by,
      jaccard: found.jaccard,
      js: here.js,
      histograms: histogramsOf(comparison, here.column),
    }
  })
  const parts = bestParts(source, blocks)
  const partitionThreshold = parameters.threshold === 'auto' ? thresholdFor(parts, shared) : parameters.threshold
  return {
    evidence,
    estimatedAdaptivity: estimatedAdaptivity({ ...randomParts(source, blocks), shared }, evidence.threshold),
    features: features.sort((a, b) => b.js - a.js || (a.feature < b.feature ? -1 : 1)),
    partitionThreshold,
    partitions: partitionFits(parts, shared, partitionThreshold),
  }
}

function partitionFits(
  { source, target }: ReturnType<typeof bestParts>,
  shared: Uint32Array,
  threshold: number,
): PartitionFit[] {
  const pairs = pairwiseJensenShannon(source, target, shared)
  return Array.from(target.rows, (rows, j) => {
    let nearestJs: number = Math.LN2
    for (let i = 0; i < source.partitions; i++) nearestJs = Math.min(nearestJs, pairs[i * target.partitions + j])
    return { rows, nearestJs, matched: nearestJs <= threshold }
  }).sort((a, b) => b.nearestJs - a.nearestJs)
}

function histogramsOf({ source, target, references }: Comparison, column: number): FeatureFit['histograms'] {
  const bins = references[column]
  return {
    target: inOrderOfValue(target.whole, column, bins),
    source: inOrderOfValue(source.whole, column, bins),
    from: startsOfBins(bins),
  }
}

function inOrderOfValue(block: PartitionBlock, column: number, bins: FeatureBins): number[] {
  const shares = Array.from(block.values.subarray(block.offsets[column], block.offsets[column + 1]))
  if (bins.kind !== 'numeric') return shares
  return [...binsInOrder(bins), missingBin(bins)].map(bin => shares[bin])
}

function startsOfBins(bins: FeatureBins): number[] | undefined {
  if (bins.kind !== 'numeric') return undefined
  const starts = [...bins.edges.subarray(0, -1), ...bins.atoms]
  return binsInOrder(bins).map(bin => starts[bin])
}
