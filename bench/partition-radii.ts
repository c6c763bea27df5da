import { pairwiseJensenShannon } from '../src/divergence/index.ts'
import { ROOT_SLACK } from './pivot-radii.ts'
import { rowsBlock } from './rows-block.ts'
import { meansOf, nthSmallest, shareLeft } from './share-left.ts'
import { allFeatures } from './simulated-index.ts'
import type { SimulatedHub } from './simulated-hub.ts'

export interface PartitionRadiiOptions {
  readonly models: number
  readonly targets: number
  readonly top: number
}

/**
 * What a stored radius about a whole dataset spares of a search for the models with the partitions nearest to one of a
 * target's: min_i √JS(q, p_i) ≥ √JS(q, P) − ρ, ρ = max_i √JS(p_i, P). Means over the targets, √JS all but `left`.
 */
export function partitionRadii(hub: SimulatedHub, { models, targets, top }: PartitionRadiiOptions) {
  const features = allFeatures(hub)
  const width = hub.offsets[hub.offsets.length - 1]
  const queries = rowsBlock(hub, targets, target => hub.targetParts(target, models).clustered.values.subarray(0, width))
  const stored = Array.from({ length: models }, (_, model) => {
    const { whole, clustered } = hub.modelParts(model)
    const roots = pairwiseJensenShannon(queries, clustered, features).map(Math.sqrt)
    const rootsOf = (query: number) => roots.subarray(query * clustered.partitions, (query + 1) * clustered.partitions)
    return {
      radius: Math.sqrt(Math.max(...pairwiseJensenShannon(clustered, whole, features))),
      whole: pairwiseJensenShannon(queries, whole, features).map(Math.sqrt),
      nearest: Array.from({ length: targets }, (_, query) => Math.min(...rootsOf(query))),
    }
  })
  const each = Array.from({ length: targets }, (_, q) => {
    const tenth = nthSmallest(
      stored.map(({ nearest }) => nearest[q]),
      top,
    )
    const bounds = stored.map(({ radius, whole, nearest }, model) => {
      if (whole[q] - radius > nearest[q] + ROOT_SLACK)
        throw new Error(`model ${model}: its radius excludes a partition`)
      return whole[q] - radius
    })
    const { radius, whole } = meansOf(stored.map(({ radius, whole }) => ({ radius, whole: whole[q] })))
    return { left: shareLeft(bounds, tenth + ROOT_SLACK), tenth, radius, whole }
  })
  return meansOf(each)
}
