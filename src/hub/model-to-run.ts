import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Catalog, VersionRecord } from '../catalog/index.ts'
import { ModelHubError } from '../common/index.ts'
import { sourceAccuracy } from '../model/index.ts'
import type { RankCandidate } from '../rank/index.ts'
import { unpackModel } from './model-files.ts'
import { CARD_FILE, readModelFolder, type ModelFileNames } from './model-folder.ts'
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
export async function candidateOfFolder(folder: string, names: ModelFileNames = {}): Promise<RankCandidate> {
  const { card, onnxPath, graph, external } = await readModelFolder(folder, names)
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

/**
 * The model of an ONNX file that lies anywhere, with its card beside it: NAME.md for NAME.onnx, else README.md.
 *
 * @throws FILE_NOT_FOUND naming both places when no card is there; as readModelFolder
 */
export async function candidateOfFile(path: string): Promise<RankCandidate> {
  return candidateOfFolder(dirname(path), { onnx: basename(path), card: basename(await cardBeside(path)) })
}

/**
 * Path of the card beside an ONNX file: NAME.md for NAME.onnx, else README.md.
 *
 * @throws FILE_NOT_FOUND naming both places when no card is there
 */
export async function cardBeside(path: string): Promise<string> {
  const own = `${basename(path, '.onnx')}.md`
  for (const name of [own, CARD_FILE]) {
    const card = join(dirname(path), name)
    if (await isFile(card)) return card
  }
  throw new ModelHubError('FILE_NOT_FOUND', `${path}: expected its card beside it, as ${own} or ${CARD_FILE}`)
}

/** Whether a name is that of an ONNX file, and not of a model in a hub. */
export async function isModelFile(name: string): Promise<boolean> {
  return name.endsWith('.onnx') && (await isFile(name))
}

/** Whether a name is that of a publisher's folder, and not of a model in a hub. */
export async function isModelFolder(name: string): Promise<boolean> {
  return isFile(join(name, CARD_FILE))
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}
