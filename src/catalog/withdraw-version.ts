import type { Catalog } from './catalog.ts'
import { findVersion, listVersionFiles } from './find-versions.ts'
import type { CatalogTransaction } from './schema.ts'
import type { VersionRecord } from './version-record.ts'

/**
 * Yanks a version, so that it is no longer the latest nor a member of its domain but is still found by its number; or,
 * with `yanked` false, takes that back. The domain's reference stays as it is.
 *
 * @returns the version as it now is
 * @throws MODEL_NOT_FOUND, USAGE as `findVersion`
 */
export async function yankVersion(tx: CatalogTransaction, ref: string, yanked = true): Promise<VersionRecord> {
  const version = await findVersion(tx, ref)
  await tx
    .updateTable('version')
    .set({ yanked: yanked ? 1 : 0 })
    .where('id', '=', version.id)
    .execute()
  return { ...version, yanked }
}

/**
 * Removes a version for good: its rows, and after that its objects, unless another version has them too. Its number is
 * never given again, and its domain's reference stays as it is.
 *
 * @returns the version as it was
 * @throws MODEL_NOT_FOUND, USAGE as `findVersion`
 */
export async function removeVersion(catalog: Catalog, ref: string): Promise<VersionRecord> {
  const { version, sha256s } = await catalog.write(async tx => {
    const found = await findVersion(tx, ref)
    const files = await listVersionFiles(tx, found.id)
    await tx.deleteFrom('block').where('version_id', '=', found.id).execute()
    await tx.deleteFrom('version_file').where('version_id', '=', found.id).execute()
    await tx.deleteFrom('version').where('id', '=', found.id).execute()
    return { version: found, sha256s: [found.onnxSha256, found.sketchSha256, ...files.map(({ sha256 }) => sha256)] }
  })
  await catalog.deleteUnreferenced(sha256s)
  return version
}
