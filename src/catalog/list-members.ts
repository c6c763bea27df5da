import { chosenVersions } from './find-versions.ts'
import type { CatalogReader } from './schema.ts'

/** What a search over all models of a hub needs of each, and no more. */
export interface MemberRecord {
  readonly id: number
  /** `owner/model`. */
  readonly name: string
  readonly version: number
  readonly domainId: number
  /** First 32 bits of `contentSha256`. */
  readonly content: number
  /** In [0, 1]; null where the card states none. */
  readonly sourceAccuracy: number | null
  readonly view: string | null
}

/** How many models `listMembers` would give. */
export async function countMembers(db: CatalogReader): Promise<number> {
  const { count } = await chosenVersions(db, {})
    .where('version.domain_id', 'is not', null)
    .clearSelect()
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/**
 * The latest version of each model that is not yanked and belongs to a domain, in no order.
 *
 * @param options where: only those that fulfil a condition (docs/where.md)
 */
export async function listMembers(
  db: CatalogReader,
  options: { readonly where?: string } = {},
): Promise<readonly MemberRecord[]> {
  const rows = await chosenVersions(db, options)
    .where('version.domain_id', 'is not', null)
    .clearSelect()
    .select(({ fn, val }) => [
      'version.id',
      'model.name',
      'version.version',
      'version.domain_id as domainId',
      fn<string>('substr', ['version.content_sha256', val(1), val(8)]).as('content'),
      'version.source_accuracy as sourceAccuracy',
      'version.view',
    ])
    .execute()
  return rows.map(({ domainId, content, ...row }) => ({
    ...row,
    domainId: domainId!,
    content: Number.parseInt(content, 16),
  }))
}
