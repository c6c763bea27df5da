import { encodeBlocks, type BlockLayout } from '../sketch/block-codec.ts'
import { blockColumns, datasetBlocks } from '../sketch/dataset-blocks.ts'
import type { Domain, DomainMember } from '../sketch/domain.ts'
import { SIGNATURE_LENGTH } from '../sketch/min-hash.ts'

/** What the catalog keeps of a member for searching: its partitions in the reference bins, and its signatures. */
export function memberBlocks(domain: Domain, member: DomainMember): { layout: BlockLayout; bytes: Uint8Array } {
  const { sketch, slotOf } = member
  const columns = blockColumns(domain, slotOf)
  const signatures = new Uint32Array(columns.slots.length * SIGNATURE_LENGTH)
  columns.slots.forEach((slot, column) => {
    signatures.set(sketch.features[slotOf.indexOf(slot)].signature, column * SIGNATURE_LENGTH)
  })
  return encodeBlocks({ blocks: datasetBlocks(sketch, slotOf, domain, columns), signatures })
}
