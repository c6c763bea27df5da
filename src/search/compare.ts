import { ModelHubError } from '../common/modelhub-error.ts'
import { sizeCorrected, type WholeAndCells } from '../divergence/size-corrected.ts'
import { datasetBlocks, type BlockColumns, type DatasetBlocks } from '../sketch/dataset-blocks.ts'
import { matchableFeatures, matchableSlots, type Domain } from '../sketch/domain.ts'
import { matchFeatures } from '../sketch/match-features.ts'
import { pooledBlocks } from '../sketch/pooled-blocks.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate, MappedTarget } from './candidate.ts'
import { bestPartsOf, type Comparison } from './evidence.ts'
import type { SearchParameters } from './search-parameters.ts'

/** Maps a target's features to a domain's slots, once per search (Def. 3). */
export function mapTarget(
  sketch: Sketch,
  domain: Domain,
  { match, t2 }: Pick<SearchParameters, 'match' | 't2'>,
): MappedTarget {
  const matches = matchFeatures(matchableFeatures(sketch), matchableSlots(domain), { match, t2 })
  return { sketch, matches, slotOf: Int32Array.from(matches, found => found?.partner ?? -1) }
}

/**
 * Puts candidates beside the target in the joint space, in each candidate's own columns. A target rebinned for one set
 * of columns serves every candidate with the same set.
 */
export function jointComparer(target: MappedTarget, domain: Domain): (candidate: Candidate) => Comparison {
  const views = new Map<string, TargetView>()
  const view = targetViewer(target, domain)
  return candidate => {
    const { columns, stored } = candidate
    const key = columns.slots.join()
    const found = views.get(key) ?? view(columns)
    views.set(key, found)
    return {
      ...found,
      candidate,
      source: stored.blocks,
      sharedFeatures: found.shared.length,
      targetFeatures: target.sketch.features.length,
      sourceSignatures: stored.signatures,
      targetMean: target.sketch.referenceMean,
    }
  }
}

/** What a comparison holds of the target: it depends on the columns alone. */
type TargetView = Pick<
  Comparison,
  'target' | 'references' | 'shared' | 'rowCounted' | 'targetSignatures' | 'sizeCorrected'
>

function targetViewer(target: MappedTarget, domain: Domain): (columns: BlockColumns) => TargetView {
  const featureOf = featuresBySlot(target)
  const { features } = target.sketch
  return columns => {
    const blocks = datasetBlocks(target.sketch, target.slotOf, domain, columns)
    const references = Array.from(columns.slots, slot => domain.slots[slot].reference)
    const featureOfColumn = Array.from(columns.slots, slot => featureOf.get(slot))
    const shared = Uint32Array.from(columns.slots.keys()).filter(column => featureOfColumn[column] !== undefined)
    const rowCounted = shared.filter(column => domain.slots[columns.slots[column]].type !== 'text')
    return {
      target: blocks,
      references,
      shared,
      targetSignatures: featureOfColumn.map(f => (f === undefined ? f : features[f].signature)),
      rowCounted,
      sizeCorrected: correctedFor(blocks, shared, rowCounted),
    }
  }
}

/** `sizeCorrected` for a target, prepared when it is first asked for. A pooled bin counts values, not rows: no floors. */
function correctedFor(target: DatasetBlocks, shared: Uint32Array, rowCounted: Uint32Array) {
  let prepared: Comparison['sizeCorrected'] | undefined
  return (source: WholeAndCells) => {
    prepared ??= sizeCorrected({ whole: target.whole, clustered: bestPartsOf(target) }, { shared, rowCounted })
    return prepared(source)
  }
}

/**
 * Puts candidates beside the target in the pooled space of the 2020 paper: one histogram over the shared features.
 *
 * @throws SKETCH_PROFILE unless both sides are `paper` sketches
 */
export function pooledComparer(target: MappedTarget): (candidate: Candidate) => Comparison {
  requirePaper(target.sketch, 'target')
  const featureOf = featuresBySlot(target)
  return candidate => {
    const sketch = requirePaper(candidate.sketch, candidate.name)
    const pairs = Array.from(candidate.slotOf, (slot, own) => ({ own, other: featureOf.get(slot) })).filter(
      (pair): pair is { own: number; other: number } => pair.other !== undefined,
    )
    const blocks = pooledBlocks(
      target.sketch,
      pairs.map(({ other }) => other),
    )
    const shared = pairs.length > 0 ? Uint32Array.of(0) : new Uint32Array(0)
    return {
      candidate,
      source: pooledBlocks(
        sketch,
        pairs.map(({ own }) => own),
      ),
      target: blocks,
      references: [],
      shared,
      rowCounted: new Uint32Array(0),
      sharedFeatures: pairs.length,
      targetFeatures: target.sketch.features.length,
      sourceSignatures: new Uint32Array(0),
      targetSignatures: [],
      targetMean: undefined,
      sizeCorrected: correctedFor(blocks, shared, new Uint32Array(0)),
    }
  }
}

function requirePaper(sketch: Sketch | undefined, name: string): Sketch {
  if (sketch?.profile === 'paper') return sketch
  throw new ModelHubError(
    'SKETCH_PROFILE',
    `${name}: the pooled space needs a sketch of profile 'paper', got '${sketch?.profile ?? 'none'}'; make it with --profile paper`,
  )
}

/** The target's feature in each slot. */
function featuresBySlot({ slotOf }: MappedTarget): ReadonlyMap<number, number> {
  return new Map(Array.from(slotOf, (slot, feature) => [slot, feature] as const).filter(([slot]) => slot >= 0))
}
