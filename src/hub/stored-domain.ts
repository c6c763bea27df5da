import { readSlots, type CatalogReader, type SlotRecord } from '../catalog/index.ts'
import { decodeBins, decodeSignatures, encodeBins, encodeSignatures } from '../sketch/domain-codec.ts'
import type { Domain } from '../sketch/domain.ts'

/** A domain as the catalog keeps it. */
export function slotRecords(domain: Domain): SlotRecord[] {
  return domain.slots.map(({ name, type, signatures, reference }) => ({
    name,
    type,
    signatures: encodeSignatures(signatures),
    reference: encodeBins(reference),
  }))
}

/** A domain from the catalog. */
export async function loadDomain(db: CatalogReader, domainId: number): Promise<Domain> {
  const slots = await readSlots(db, domainId)
  return {
    slots: slots.map(({ name, type, signatures, reference }) => ({
      name,
      type,
      signatures: decodeSignatures(signatures),
      reference: decodeBins(reference),
    })),
  }
}
