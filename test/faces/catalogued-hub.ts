import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { insertVersion, openCatalog } from '../../src/catalog/index.ts'
import { newVersion } from '../catalog/versions.ts'

/** A hub of four models that can be listed but not searched, for all tests of a file. */
export function cataloguedHub(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modelhub-'))
  beforeAll(() => fill(folder))
  afterAll(() => rmSync(folder, { recursive: true }))
  return folder
}

async function fill(folder: string): Promise<void> {
  const catalog = await openCatalog(folder, { create: true })
  const made = [
    newVersion('acme/penguins', 'a', { sizeBytes: 3e6, sourceAccuracy: 0.9, task: 'tabular-classification' }),
    newVersion('acme/flowers', 'b', { sizeBytes: 5e6, sourceAccuracy: null, license: 'cc-by-4.0, with "terms"' }),
    newVersion('acme/a_name_so_long_that_it_needs_more_than_forty_places', 'c', { sizeBytes: 4e6 }),
    newVersion('bob/torso_s1', 'd', { sizeBytes: 1e6, sourceAccuracy: 0.5, publishedAt: '2026-03-01T00:00:00.000Z' }),
  ]
  for (const version of made) await catalog.write(tx => insertVersion(tx, version))
  await catalog.close()
}
