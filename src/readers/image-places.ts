import { existsSync } from 'node:fs'
import { ModelHubError } from '../common/index.ts'
import type { ImageSize } from './decode-image.ts'
import { findFiles, type FoundFile } from './find-files.ts'
import { openIdx, type IdxFile } from './idx-file.ts'
import { isImageName } from './media-entry.ts'
import { archivePlace, filePlaces, folderPlace, isArchive, isFolder, type FoundPlaces } from './media-places.ts'
import type { MediaItem, MediaPlace, MediaRead } from './media-table.ts'

/** What is made of one image, whatever kind of file it comes from. */
export interface ImageDecoder<Value> {
  /** Of an image file. */
  readonly ofFile: (bytes: Uint8Array) => Promise<Value>
  /** Of grey levels, shape (height, width), that are all of one size. */
  readonly ofGrey: (size: ImageSize) => (grey: Uint8Array) => Value | Promise<Value>
}

/**
 * The places of a dataset of images: folders and archives of them (.zip, .tar, .tar.gz, .tgz), single files, and IDX
 * files, whose labels are taken from the sibling of the same name. Folders come first.
 *
 * @throws USAGE, FILE_NOT_FOUND, FILE_UNREADABLE, FILE_DAMAGED
 */
export async function imagePlaces<Value>(
  paths: readonly string[],
  decoder: ImageDecoder<Value>,
): Promise<FoundPlaces<Value>> {
  const decoding = { isWanted: isImageName, decode: decoder.ofFile }
  const folders: string[] = []
  const others: string[] = []
  for (const path of paths) ((await isFolder(path)) ? folders : others).push(path)
  const inFolders = await Promise.all(folders.sort().map(folder => folderPlace(folder, decoding)))
  const files = others.length === 0 ? [] : await findFiles(others)
  return {
    places: [...inFolders.flatMap(({ places }) => places), ...(await placesOf(files, decoder))],
    sizeBytes: [...inFolders, ...files].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    warnings: inFolders.flatMap(({ warnings }) => warnings),
  }
}

/** Whether a path names the images of an IDX pair. */
export function isIdxImages(path: string): boolean {
  return /idx3-ubyte(\.gz)?$/i.test(path)
}

async function placesOf<Value>(
  files: readonly FoundFile[],
  decoder: ImageDecoder<Value>,
): Promise<MediaPlace<Value>[]> {
  const decoding = { isWanted: isImageName, decode: decoder.ofFile }
  const single = files.filter(({ path }) => !isArchive(path) && !isIdxImages(path))
  const idx = await Promise.all(
    files.filter(({ path }) => isIdxImages(path)).map(({ path }) => idxPlace(path, decoder)),
  )
  const archives = files.filter(({ path }) => isArchive(path)).map(file => archivePlace(file, decoding))
  return [...archives, ...idx, ...filePlaces(single, decoding)]
}

async function idxPlace<Value>(path: string, decoder: ImageDecoder<Value>): Promise<MediaPlace<Value>> {
  const images = await openIdx(path, 3)
  const labelPath = path.replace(/images([-.])idx3-ubyte/i, 'labels$1idx1-ubyte')
  const hasLabels = labelPath !== path && existsSync(labelPath)
  const labels = hasLabels ? await openIdx(labelPath, 1) : undefined
  const [count, height, width] = images.shape
  if (labels && labels.shape[0] !== count) {
    throw new ModelHubError('FILE_DAMAGED', `${labelPath}: expected ${count} labels, got ${labels.shape[0]}`)
  }
  const decode = decoder.ofGrey({ width, height })
  return {
    path,
    items: read => idxItems(images, { labels, decode, read }),
    labels: async () => (labels ? idxLabels(labels) : Array<null>(count).fill(null)),
  }
}

async function idxLabels(labels: IdxFile): Promise<readonly string[]> {
  const names: string[] = []
  for await (const [label] of labels.items()) names.push(String(label))
  return names
}

async function* idxItems<Value>(
  images: IdxFile,
  {
    labels,
    decode,
    read: { isChosen = () => true } = {},
  }: {
    readonly labels?: IdxFile
    readonly decode: (grey: Uint8Array) => Value | Promise<Value>
    readonly read?: MediaRead
  },
): AsyncGenerator<MediaItem<Value>> {
  const labelItems = labels?.items()
  let ordinal = 0
  for await (const grey of images.items()) {
    const name = String(ordinal)
    const label = labelItems ? (await labelItems.next()).value : undefined
    if (isChosen(ordinal++)) yield { name, label: label ? String(label[0]) : null, value: await decode(grey) }
  }
}
