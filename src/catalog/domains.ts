import type { FeatureType } from '../dataset/index.ts'
import { bytesOf } from './bytes.ts'
import { nextId } from './hub-lock.ts'
import type { CatalogReader, CatalogTransaction } from './schema.ts'

/** A group of models whose features overlap. */
export interface DomainRecord {
  readonly id: number
  readonly name: string
  readonly referenceVersion: number
}

/** A feature of a domain; its ordinal is its place in the list of slots. */
export interface SlotRecord {
  readonly name: string
  readonly type: FeatureType
  /** The signatures of the features that were mapped to it, in a form the catalog does not know. */
  readonly signatures: Uint8Array
  /** Reference edges, categories or words: any JSON value, so no NaN and no infinity. */
  readonly reference: unknown
}

const ROWS_A_STATEMENT = 500

/** Every domain, in order of name. */
export async function listDomains(db: CatalogReader): Promise<readonly DomainRecord[]> {
  const domains = await selectDomains(db).execute()
  return domains.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The domain of that name; undefined when there is none. */
export function findDomain(db: CatalogReader, name: string): Promise<DomainRecord | undefined> {
  return selectDomains(db).where('name', '=', name).executeTakeFirst()
}

/** The slots of a domain by ordinal; empty when there is no such domain. */
export async function readSlots(db: CatalogReader, domainId: number): Promise<readonly SlotRecord[]> {
  const rows = await db.selectFrom('slot').selectAll().where('domain_id', '=', domainId).orderBy('ordinal').execute()
  return rows.map(({ name, type, signatures, reference }) => ({
    name,
    type: type as FeatureType,
    signatures: bytesOf(signatures),
    reference: JSON.parse(reference) as unknown,
  }))
}

/** Creates the domain of that name, or gives it another reference version and other slots. */
export async function saveDomain(
  tx: CatalogTransaction,
  domain: Omit<DomainRecord, 'id'>,
  slots: readonly SlotRecord[],
): Promise<DomainRecord> {
  const known = await findDomain(tx, domain.name)
  const id = known?.id ?? (await nextId(tx))
  await tx
    .insertInto('domain')
    .values({ id, name: domain.name, reference_version: domain.referenceVersion })
    .onConflict(clash => clash.column('id').doUpdateSet({ reference_version: domain.referenceVersion }))
    .execute()
  await tx.deleteFrom('slot').where('domain_id', '=', id).execute()
  const rows = slots.map(({ name, type, signatures, reference }, ordinal) => {
    return { domain_id: id, ordinal, name, type, signatures, reference: JSON.stringify(reference) }
  })
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    await tx
      .insertInto('slot')
      .values(rows.slice(from, from + ROWS_A_STATEMENT))
      .execute()
  }
  return { id, name: domain.name, referenceVersion: domain.referenceVersion }
}

function selectDomains(db: CatalogReader) {
  return db.selectFrom('domain').select(['id', 'name', 'reference_version as referenceVersion'])
}
