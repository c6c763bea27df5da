import { jensenShannon } from '../divergence/jensen-shannon.ts'
import { binsInOrder, missingBin, type NumericBins } from '../sketch/feature-bins.ts'
import { partitionsOf, type Partition, type Sketch } from '../sketch/sketch.ts'

/** How one feature of a part of a target differs from all of it. */
export interface PartFeature {
  readonly feature: string
  /** Between the part and the whole target, in the bins of its partitions; nats. */
  readonly js: number
  /** Means by the middles of the bins, outer bins by their edges; null where values have no order or are all missing. */
  readonly mean: number | null
  readonly wholeMean: number | null
}

/**
 * What is special about some parts of a target, by its sketch: its features, those that differ most from the whole
 * first.
 *
 * @param parts numbers of clustered partitions, at least one
 */
export function partFeatures(sketch: Sketch, parts: readonly number[]): PartFeature[] {
  const all = targetParts(sketch)
  const chosen = parts.map(part => all[part])
  return sketch.features
    .map(({ name, coarseBins, bins }, f): PartFeature => {
      const own = all[0].kind === 'whole' ? bins : coarseBins
      const [here, everywhere] = [chosen, all].map(partitions => summed(partitions, f))
      const js = jensenShannon(shares(here), shares(everywhere))
      if (own.kind !== 'numeric') return { feature: name, js, mean: null, wholeMean: null }
      return { feature: name, js, mean: meanOf(own, here), wholeMean: meanOf(own, everywhere) }
    })
    .sort((a, b) => b.js - a.js || (a.feature < b.feature ? -1 : 1))
}

/** The parts that a target is covered by: clustered partitions where its sketch has them, else random ones, else the whole. */
export function targetParts(sketch: Sketch): readonly Partition[] {
  const kinds = (['clustered', 'random', 'whole'] as const).map(kind => partitionsOf(sketch, kind))
  return kinds.find(partitions => partitions.length > 0)!
}

function summed(partitions: readonly Partition[], f: number): Float64Array {
  const total = Float64Array.from(partitions[0].counts[f], () => 0)
  for (const { counts } of partitions) counts[f].forEach((count, bin) => (total[bin] += count))
  return total
}

/** Even shares where nothing was counted, as of a text without words. */
function shares(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map(count => (total > 0 ? count / total : 1 / counts.length))
}

function meanOf(bins: NumericBins, counts: Float64Array): number | null {
  const middles = [
    ...Array.from({ length: bins.edges.length - 1 }, (_, k) => (bins.edges[k] + bins.edges[k + 1]) / 2),
    ...bins.atoms,
  ]
  const known = binsInOrder(bins).filter(bin => bin !== missingBin(bins))
  const rows = known.reduce((sum, bin) => sum + counts[bin], 0)
  return rows > 0 ? known.reduce((sum, bin) => sum + counts[bin] * middles[bin], 0) / rows : null
}
