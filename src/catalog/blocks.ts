import { sql, type RawBuilder } from 'kysely'
import { bytesOf } from './bytes.ts'
import type { CatalogReader, CatalogTransaction } from './schema.ts'

/** A version's partitions rebinned onto its domain's reference: what a search compares. One a version. */
export interface BlockRecord {
  readonly versionId: number
  /** Of the domain, at the time of rebinning. */
  readonly referenceVersion: number
  /** What the bytes hold, as any JSON value: the catalog knows neither. */
  readonly layout: unknown
  readonly bytes: Uint8Array
}

const ROWS_A_STATEMENT = 100

/** Far below the number of parameters that SQLite (32,766) and PostgreSQL (65,535) allow in one statement. */
const IDS_A_STATEMENT = 10_000

/** Saves blocks, each in place of its version's earlier one. */
export async function saveBlocks(tx: CatalogTransaction, blocks: readonly BlockRecord[]): Promise<void> {
  const rows = blocks.map(({ versionId, referenceVersion, layout, bytes }) => {
    return { version_id: versionId, reference_version: referenceVersion, layout: JSON.stringify(layout), bytes }
  })
  for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
    await tx
      .insertInto('block')
      .values(rows.slice(from, from + ROWS_A_STATEMENT))
      .onConflict(clash =>
        clash.column('version_id').doUpdateSet(({ ref }) => ({
          reference_version: ref('excluded.reference_version'),
          layout: ref('excluded.layout'),
          bytes: ref('excluded.bytes'),
        })),
      )
      .execute()
  }
}

/**
 * The blocks of versions, in one query up to 10,000 of them; versions without a block are left out.
 *
 * @returns by version id
 */
export async function loadBlocks(
  db: CatalogReader,
  versionIds: readonly number[],
): Promise<ReadonlyMap<number, BlockRecord>> {
  const blocks = new Map<number, BlockRecord>()
  for (let from = 0; from < versionIds.length; from += IDS_A_STATEMENT) {
    const rows = await db
      .selectFrom('block')
      .selectAll()
      .where('version_id', 'in', versionIds.slice(from, from + IDS_A_STATEMENT))
      .execute()
    for (const { version_id: versionId, reference_version: referenceVersion, layout, bytes } of rows) {
      const block = { versionId, referenceVersion, layout: JSON.parse(layout) as unknown, bytes: bytesOf(bytes) }
      blocks.set(versionId, block)
    }
  }
  return blocks
}

/**
 * The first bytes of versions' blocks; versions without a block are left out.
 *
 * @param most bytes of each
 * @returns by version id
 */
export async function loadBlockStarts(
  db: CatalogReader,
  versionIds: readonly number[],
  most: number,
): Promise<ReadonlyMap<number, Uint8Array>> {
  return loadBlockParts(db, versionIds, sql`substr(bytes, 1, ${sql.lit(most)})`)
}

/**
 * The last bytes of versions' blocks, likewise.
 *
 * @param most bytes of each
 */
export async function loadBlockEnds(
  db: CatalogReader,
  versionIds: readonly number[],
  most: number,
): Promise<ReadonlyMap<number, Uint8Array>> {
  const from = sql`length(bytes) - ${sql.lit(most)} + 1`
  return loadBlockParts(db, versionIds, sql`case when ${from} > 1 then substr(bytes, ${from}) else bytes end`)
}

async function loadBlockParts(
  db: CatalogReader,
  versionIds: readonly number[],
  part: RawBuilder<unknown>,
): Promise<ReadonlyMap<number, Uint8Array>> {
  const parts = new Map<number, Uint8Array>()
  for (let from = 0; from < versionIds.length; from += IDS_A_STATEMENT) {
    const rows = await db
      .selectFrom('block')
      .select(['version_id', sql<ArrayBuffer | Uint8Array>`${part}`.as('part')])
      .where('version_id', 'in', versionIds.slice(from, from + IDS_A_STATEMENT))
      .execute()
    for (const { version_id: versionId, part: bytes } of rows) parts.set(versionId, bytesOf(bytes))
  }
  return parts
}
