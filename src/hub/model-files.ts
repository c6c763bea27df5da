import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { readCard, listVersionFiles, type Catalog, type VersionRecord } from '../catalog/index.ts'
import { ModelHubError, namingWriteFaults } from '../common/index.ts'
import { parseModelCard, type ModelCard } from '../model/index.ts'
import { CARD_FILE, ONNX_FILE } from './model-folder.ts'
import { modelSha256 } from './model-sha256.ts'

/** A published model as files that can be run. */
export interface ModelFiles {
  readonly onnxPath: string
  readonly card: ModelCard
  /** Of all these files but the card. */
  readonly sha256: string
}

/**
 * Puts the files of a published version into a folder: card, ONNX file and external data, each checked against its
 * SHA-256.
 *
 * @throws HUB_DAMAGED when an object is missing or damaged
 */
export async function unpackModel(catalog: Catalog, version: VersionRecord, folder: string): Promise<ModelFiles> {
  const cardText = await readCard(catalog.db, version.id)
  const external = await listVersionFiles(catalog.db, version.id)
  const files = [{ location: ONNX_FILE, sha256: version.onnxSha256 }, ...external]
  await namingWriteFaults(folder, async () => {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, CARD_FILE), cardText)
    for (const { location, sha256 } of files) {
      const path = inside(folder, location)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, await catalog.objects.get(sha256))
    }
  })
  return {
    onnxPath: join(folder, ONNX_FILE),
    card: parseModelCard(cardText),
    sha256: modelSha256(version.onnxSha256, external),
  }
}

/** A catalog that somebody else wrote to might name any place. */
function inside(folder: string, location: string): string {
  const path = resolve(folder, location)
  if (path.startsWith(resolve(folder) + sep)) return path
  throw new ModelHubError('HUB_DAMAGED', `external data: expected a place inside the model's folder, got ${location}`)
}
