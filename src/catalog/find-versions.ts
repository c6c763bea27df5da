import { ModelHubError } from '../common/index.ts'
import { parseModelRef } from './model-ref.ts'
import type { VersionFile } from './content-sha256.ts'
import { parseWhere } from './parse-where.ts'
import { resembling } from './resembling.ts'
import type { CatalogReader } from './schema.ts'
import { selectVersions, versionRecord, type VersionRecord } from './version-record.ts'
import { whereExpression } from './where-expression.ts'

/** Names suggested in place of one that is not there. */
const MOST_NEAR = 3

/** Far below the number of parameters that SQLite (32,766) and PostgreSQL (65,535) allow in one statement. */
const IDS_A_STATEMENT = 10_000

/**
 * The version a reference means: `owner/model` or `owner/model@latest` the highest that is not yanked,
 * `owner/model@3` that one, yanked or not.
 *
 * @throws MODEL_NOT_FOUND when there is none
 * @throws USAGE when it is no reference
 */
export async function findVersion(db: CatalogReader, ref: string): Promise<VersionRecord> {
  const { name, version } = parseModelRef(ref)
  const ofModel = selectVersions(db).where('model.name', '=', name)
  const row =
    version === 'latest'
      ? await ofModel.where('version.yanked', '=', 0).orderBy('version.version', 'desc').limit(1).executeTakeFirst()
      : await ofModel.where('version.version', '=', version).executeTakeFirst()
  if (row !== undefined) return versionRecord(row)
  const others = await ofModel.execute()
  const there = others.map(other => `${other.version}${other.yanked === 0 ? '' : ' (yanked)'}`).join(', ')
  const hint = there ? `, which has version ${there}` : await didYouMean(db, name)
  throw new ModelHubError('MODEL_NOT_FOUND', `${ref}: not in the hub${hint}`)
}

/** The names that come nearest to one that is not there, as a question; nothing where none is near. */
async function didYouMean(db: CatalogReader, name: string): Promise<string> {
  const models = await db
    .selectFrom('model')
    .select('name')
    .where('id', 'in', eb => eb.selectFrom('version').select('model_id'))
    .execute()
  const near = await resembling(models, name)
  return near.length === 0
    ? ''
    : `; did you mean ${near
        .slice(0, MOST_NEAR)
        .map(model => model.name)
        .join(' or ')}?`
}

/** The version of a model with that content (see `contentSha256`), yanked or not; undefined when there is none. */
export async function findVersionByContent(
  db: CatalogReader,
  name: string,
  content: string,
): Promise<VersionRecord | undefined> {
  const row = await selectVersions(db)
    .where('model.name', '=', name)
    .where('version.content_sha256', '=', content)
    .executeTakeFirst()
  return row && versionRecord(row)
}

/**
 * Versions in order of name, then number: of each model the latest that is not yanked, or with `all` every one.
 *
 * With `where` only those that fulfil a condition (docs/where.md).
 *
 * Sorted here by code unit and not by the database, whose order of text may depend on its locale.
 */
export async function listVersions(
  db: CatalogReader,
  options: { readonly all?: boolean; readonly name?: string; readonly where?: string } = {},
): Promise<readonly VersionRecord[]> {
  const records = (await chosenVersions(db, options).execute()).map(versionRecord)
  return records.sort((a, b) => compareText(a.name, b.name) || a.version - b.version)
}

/** The versions with some ids, in no order; those that are gone are left out. */
export async function findVersionsById(db: CatalogReader, ids: readonly number[]): Promise<readonly VersionRecord[]> {
  const records: VersionRecord[] = []
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT) {
    const some = ids.slice(from, from + IDS_A_STATEMENT)
    records.push(...(await selectVersions(db).where('version.id', 'in', some).execute()).map(versionRecord))
  }
  return records
}

/** The latest versions of models, in order of name; those that the hub has not, or has yanked, are left out. */
export async function findLatest(db: CatalogReader, names: readonly string[]): Promise<readonly VersionRecord[]> {
  const records: VersionRecord[] = []
  for (let from = 0; from < names.length; from += IDS_A_STATEMENT) {
    const some = names.slice(from, from + IDS_A_STATEMENT)
    records.push(...(await chosenVersions(db, {}).where('model.name', 'in', some).execute()).map(versionRecord))
  }
  return records.sort((a, b) => compareText(a.name, b.name))
}

/** Those of some names that models of the hub have. */
export async function knownNames(db: CatalogReader, names: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (let from = 0; from < names.length; from += IDS_A_STATEMENT) {
    const some = names.slice(from, from + IDS_A_STATEMENT)
    const rows = await db
      .selectFrom('model')
      .select('name')
      .where('name', 'in', some)
      .where('id', 'in', eb => eb.selectFrom('version').select('model_id'))
      .execute()
    for (const { name } of rows) known.add(name)
  }
  return known
}

/** The query of `listVersions`, in no order. */
export function chosenVersions(
  db: CatalogReader,
  options: { readonly all?: boolean; readonly name?: string; readonly where?: string },
) {
  let query = selectVersions(db)
  if (options.name !== undefined) query = query.where('model.name', '=', options.name)
  if (options.where !== undefined) {
    const condition = parseWhere(options.where)
    query = query.where(eb => whereExpression(eb, condition))
  }
  if (options.all !== true) {
    query = query.where('version.version', '=', eb =>
      eb
        .selectFrom('version as other')
        .select(({ fn }) => fn.max<number>('other.version').as('latest'))
        .whereRef('other.model_id', '=', 'version.model_id')
        .where('other.yanked', '=', 0),
    )
  }
  return query
}

/**
 * The members of a domain: every version in it that is not yanked, in order of publication, then name, then number.
 * The first of them give the domain its reference.
 */
export async function domainMembers(db: CatalogReader, domainId: number): Promise<readonly VersionRecord[]> {
  const rows = await selectVersions(db)
    .where('version.domain_id', '=', domainId)
    .where('version.yanked', '=', 0)
    .execute()
  return rows
    .map(versionRecord)
    .sort((a, b) => compareText(a.publishedAt, b.publishedAt) || compareText(a.name, b.name) || a.version - b.version)
}

/** The README.md of a version, as it was published. */
export async function readCard(db: CatalogReader, versionId: number): Promise<string> {
  const row = await db.selectFrom('version').select('card').where('id', '=', versionId).executeTakeFirst()
  if (row === undefined) throw new ModelHubError('MODEL_NOT_FOUND', `version with id ${versionId}: not in the hub`)
  return row.card
}

/** The files of external data of a version, in order of location. */
export async function listVersionFiles(db: CatalogReader, versionId: number): Promise<readonly VersionFile[]> {
  const rows = await db.selectFrom('version_file').selectAll().where('version_id', '=', versionId).execute()
  return rows
    .map(({ location, sha256, size_bytes }) => ({ location, sha256, sizeBytes: Number(size_bytes) }))
    .sort((a, b) => compareText(a.location, b.location))
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
