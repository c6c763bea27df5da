import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Catalog, VersionRecord } from '../catalog/index.ts'
import { sourceAccuracy } from '../model/index.ts'
import type { RankCandidate } from '../rank/index.ts'
import { unpackModel } from './model-files.ts'
import { CARD_FILE, readModelFolder } from './model-folder.ts'
import { fileSha256, modelSha256 } from './model-sha256.ts'

/** A model of a hub as one that can be run, its files put into a folder. */
export async function candidateOf(
  catalog: Catalog,
  version: VersionRecord,
  { folder, ...known }: { readonly folder: string } & Pick<RankCandidate, 'fit' | 'elsewhere'>,
): Promise<RankCandidate> {
  const { onnxPath, card, sha256 } = await unpackModel(catalog, version, folder)
  const { name, sizeBytes, license, sourceAccuracy: stated } = version
  const embedding = card.frontMatter.modelhub.embedding ?? version.lastDense
  return {
    name,
    version: version.version,
    sha256,
    folder,
    onnxPath,
    card,
    embedding,
    sizeBytes,
    license,
    sourceAccuracy: stated,
    ...known,
  }
}

/**
 * The model of a publisher's folder as one that can be run; version 0, as it has none yet.
 *
 * @throws as readModelFolder
 */
export async function candidateOfFolder(folder: string): Promise<RankCandidate> {
  const { card, onnxPath, graph, external } = await readModelFolder(folder)
  const sizes = await Promise.all([onnxPath, ...external.map(({ path }) => path)].map(path => stat(path)))
  const checksums = external.map(async ({ location, path }) => ({ location, sha256: await fileSha256(path) }))
  const sha256 = modelSha256(await fileSha256(onnxPath), await Promise.all(checksums))
  const { name, embedding = graph.lastDense ?? null } = card.frontMatter.modelhub
  return {
    ...{ name, version: 0, sha256, folder, onnxPath, card, embedding },
    sizeBytes: sizes.reduce((sum, { size }) => sum + size, 0),
    license: [card.frontMatter.license ?? []].flat().join(', ') || null,
    sourceAccuracy: sourceAccuracy(card),
  }
}

/** Whether a name is that of a publisher's folder, and not of a model in a hub. */
export async function isModelFolder(name: string): Promise<boolean> {
  return (await stat(join(name, CARD_FILE)).catch(() => undefined))?.isFile() ?? false
}
