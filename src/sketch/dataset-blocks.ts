import type { PartitionBlock } from '../divergence/partition-block.ts'
import type { Domain } from './domain.ts'
import { binCount } from './feature-bins.ts'
import { rebin } from './rebin.ts'
import { binsOf, partitionsOf, type PartitionKind, type Sketch } from './sketch.ts'

/** A dataset's partitions in the reference bins of its domain, ready to compare: one block per kind of partition. */
export type DatasetBlocks = Readonly<Record<PartitionKind, PartitionBlock>>

/** The columns of a block: some slots of a domain, in ascending order. */
export interface BlockColumns {
  /** Ordinals of the slots, shape (features). */
  readonly slots: Int32Array
  /** Bins before each slot, shape (features + 1). */
  readonly offsets: Uint32Array
}

/** The columns for the given slots, in ascending order of slot. */
export function blockColumns(domain: Domain, slots: Int32Array): BlockColumns {
  const sorted = slots.slice().sort()
  const offsets = new Uint32Array(sorted.length + 1)
  sorted.forEach((slot, i) => (offsets[i + 1] = offsets[i] + binCount(domain.slots[slot].reference)))
  return { slots: sorted, offsets }
}

/**
 * Rebins a sketch onto the reference bins of some slots of a domain.
 *
 * @param slotOf slot of each feature of the sketch, −1 for none
 * @param columns the slots wanted; where the sketch has none of them its segment is all 0
 */
export function datasetBlocks(
  sketch: Sketch,
  slotOf: Int32Array,
  domain: Domain,
  columns: BlockColumns,
): DatasetBlocks {
  const featureOf = new Map(Array.from(slotOf, (slot, feature) => [slot, feature]))
  const block = (kind: PartitionKind): PartitionBlock => {
    const partitions = partitionsOf(sketch, kind)
    const width = columns.offsets[columns.slots.length]
    const values = new Float32Array(partitions.length * width)
    columns.slots.forEach((slot, column) => {
      const feature = featureOf.get(slot)
      if (feature === undefined) return
      const bins = binsOf(sketch.features[feature], kind)
      const { reference } = domain.slots[slot]
      partitions.forEach(({ counts }, row) => {
        values.set(rebin({ bins, counts: counts[feature] }, reference), row * width + columns.offsets[column])
      })
    })
    return {
      partitions: partitions.length,
      offsets: columns.offsets,
      values,
      rows: Float64Array.from(partitions, ({ rows }) => rows),
    }
  }
  return { whole: block('whole'), clustered: block('clustered'), random: block('random') }
}
