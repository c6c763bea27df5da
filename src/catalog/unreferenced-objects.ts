import type { CatalogReader } from './schema.ts'

/** Those of the objects that no version refers to: as model, sketch or external data. */
export async function unreferencedObjects(db: CatalogReader, sha256s: readonly string[]): Promise<readonly string[]> {
  const unreferenced: string[] = []
  for (const sha256 of new Set(sha256s)) {
    const version = await db
      .selectFrom('version')
      .select('id')
      .where(({ eb, or }) => or([eb('onnx_sha256', '=', sha256), eb('sketch_sha256', '=', sha256)]))
      .executeTakeFirst()
    const file = await db
      .selectFrom('version_file')
      .select('version_id')
      .where('sha256', '=', sha256)
      .executeTakeFirst()
    if (version === undefined && file === undefined) unreferenced.push(sha256)
  }
  return unreferenced
}
