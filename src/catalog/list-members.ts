import { chosenVersions } from './find-versions.ts'
import { memberTable, type Member, type MemberTable } from './member-table.ts'
import type { CatalogReader } from './schema.ts'

/** Rows of one statement: a driver holds them all. */
const ROWS_A_PAGE = 50_000

/** How many models `listMembers` would give, at most `most`. */
export async function countMembers(db: CatalogReader, most: number): Promise<number> {
  const some = chosenVersions(db, {})
    .where('version.domain_id', 'is not', null)
    .clearSelect()
    .select('version.id')
    .limit(Math.min(most, 2 ** 31 - 1))
  const { count } = await db
    .selectFrom(some.as('some'))
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The latest version of each model that is not yanked and belongs to a domain. */
export async function listMembers(db: CatalogReader): Promise<MemberTable> {
  const members: Member[] = []
  for (let last = ''; ;) {
    const rows = await chosenVersions(db, {})
      .where('version.domain_id', 'is not', null)
      .where('model.name', '>', last)
      .clearSelect()
      .select(({ fn, val }) => [
        'version.id',
        'model.name',
        'version.version',
        'version.domain_id',
        fn<string>('substr', ['version.content_sha256', val(1), val(8)]).as('content'),
        'version.source_accuracy',
        'version.rows',
        'version.view',
      ])
      .orderBy('model.name')
      .limit(ROWS_A_PAGE)
      .execute()
    for (const { id, name, version, domain_id, content, source_accuracy: sourceAccuracy, rows: ofData, view } of rows) {
      const [first, count] = [Number.parseInt(content, 16), Number(ofData)]
      members.push({ id, name, version, domainId: domain_id!, content: first, sourceAccuracy, rows: count, view })
    }
    if (rows.length < ROWS_A_PAGE) return memberTable(members)
    last = rows[rows.length - 1].name
  }
}

/** Ids of those versions that `listMembers` gives which fulfil a condition (docs/where.md), in no order. */
export async function memberIds(db: CatalogReader, where: string): Promise<readonly number[]> {
  const rows = await chosenVersions(db, { where })
    .where('version.domain_id', 'is not', null)
    .clearSelect()
    .select('version.id')
    .execute()
  return rows.map(({ id }) => id)
}
