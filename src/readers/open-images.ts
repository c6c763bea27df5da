import { existsSync } from 'node:fs'
import { ModelHubError } from '../common/index.ts'
import type { DatasetOptions } from './dataset-options.ts'
import { decodeImage } from './decode-image.ts'
import { findFiles, type FoundFile } from './find-files.ts'
import { greyResizer } from './grey-resizer.ts'
import { openIdx, type IdxFile } from './idx-file.ts'
import { imageDescriptor } from './image-descriptor.ts'
import { imagePixels } from './image-pixels.ts'
import type { ImageView } from './image-view.ts'
import { isImageName } from './media-entry.ts'
import { archivePlace, filePlaces, folderPlace, isArchive, isFolder, type MediaDecoding } from './media-places.ts'
import { MediaTable, type MediaItem, type MediaPlace } from './media-table.ts'
import type { Table } from './table.ts'

const VIEWS: readonly ImageView[] = [imageDescriptor, imagePixels]

/**
 * Opens images as one dataset, one row each: folders and archives of them (.zip, .tar, .tar.gz, .tgz), single files, and
 * IDX files, whose labels are taken from the sibling of the same name. What is made of them is the view.
 *
 * @throws USAGE, FILE_NOT_FOUND, FILE_UNREADABLE, FILE_DAMAGED
 */
export async function openImages(paths: readonly string[], options: DatasetOptions): Promise<Table> {
  const view = imageView(options)
  const decoding = { isWanted: isImageName, decode: (bytes: Uint8Array) => decodeImage(bytes, view) }
  const folders: string[] = []
  const others: string[] = []
  for (const path of paths) ((await isFolder(path)) ? folders : others).push(path)
  const inFolders = await Promise.all(folders.sort().map(folder => folderPlace(folder, decoding)))
  const files = others.length === 0 ? [] : await findFiles(others)
  return new MediaTable<Uint8Array>({
    kind: 'images',
    places: [...inFolders.flatMap(({ places }) => places), ...(await placesOf(files, view, decoding))],
    features: view.features,
    view: view.name,
    sizeBytes: [...inFolders, ...files].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    warnings: inFolders.flatMap(({ warnings }) => warnings),
    columns: images => view.columns(images),
  })
}

/** Whether a path names the images of an IDX pair. */
export function isIdxImages(path: string): boolean {
  return /idx3-ubyte(\.gz)?$/i.test(path)
}

function imageView({ view, imageView: made }: DatasetOptions): ImageView {
  if (made && view !== undefined) throw new ModelHubError('USAGE', `view: expected ${view} or an encoder, got both`)
  const found = made ?? VIEWS.find(({ name }) => name === (view ?? imageDescriptor.name))
  if (found) return found
  const known = VIEWS.map(({ name }) => name).join(', ')
  throw new ModelHubError('USAGE', `view: of images expected one of ${known}, got ${view}`)
}

async function placesOf(
  files: readonly FoundFile[],
  view: ImageView,
  decoding: MediaDecoding<Uint8Array>,
): Promise<MediaPlace<Uint8Array>[]> {
  const single = files.filter(({ path }) => !isArchive(path) && !isIdxImages(path))
  const idx = await Promise.all(files.filter(({ path }) => isIdxImages(path)).map(({ path }) => idxPlace(path, view)))
  const archives = files.filter(({ path }) => isArchive(path)).map(file => archivePlace(file, decoding))
  return [...archives, ...idx, ...filePlaces(single, decoding)]
}

async function idxPlace(path: string, view: ImageView): Promise<MediaPlace<Uint8Array>> {
  const images = await openIdx(path, 3)
  const labelPath = path.replace(/images([-.])idx3-ubyte/i, 'labels$1idx1-ubyte')
  const hasLabels = labelPath !== path && existsSync(labelPath)
  const labels = hasLabels ? await openIdx(labelPath, 1) : undefined
  const [count, height, width] = images.shape
  if (labels && labels.shape[0] !== count) {
    throw new ModelHubError('FILE_DAMAGED', `${labelPath}: expected ${count} labels, got ${labels.shape[0]}`)
  }
  const resize = greyResizer({ width, height }, view)
  return { path, items: () => idxItems(images, labels, resize) }
}

async function* idxItems(
  images: IdxFile,
  labels: IdxFile | undefined,
  resize: (grey: Uint8Array) => Uint8Array,
): AsyncGenerator<MediaItem<Uint8Array>> {
  const labelItems = labels?.items()
  let ordinal = 0
  for await (const grey of images.items()) {
    const label = labelItems ? (await labelItems.next()).value : undefined
    yield { name: String(ordinal++), label: label ? String(label[0]) : null, value: resize(grey) }
  }
}
