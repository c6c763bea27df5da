import { ModelHubError } from '../common/index.ts'
import type { DatasetOptions } from './dataset-options.ts'
import { folderNames } from './folder-entries.ts'
import { openJoinedText } from './joined-text-table.ts'
import { isImageName, isTextName } from './media-entry.ts'
import { isArchive, isFolder } from './media-places.ts'
import { isIdxImages } from './image-places.ts'
import { openImages } from './open-images.ts'
import { openTable } from './open-table.ts'
import { openTexts } from './open-texts.ts'
import type { Table } from './table.ts'

type DatasetKind = 'table' | 'images' | 'texts'

/**
 * Opens a dataset of any kind, told from the names of its files: images (`openImages`), .txt files (`openTexts`), else a
 * table (`openTable`). Close it when done.
 *
 * @throws USAGE when kinds are mixed or an option is of another kind, and what the reader of the kind throws
 */
export async function openDataset(given: string | readonly string[], options: DatasetOptions = {}): Promise<Table> {
  const paths = typeof given === 'string' ? [given] : given
  const kinds = new Set(await Promise.all(paths.map(kindOf)))
  if (kinds.size > 1) {
    throw new ModelHubError('USAGE', `paths: expected one kind of data, got ${[...kinds].join(' and ')}`)
  }
  const [kind = 'table'] = kinds
  if (kind !== 'images' && options.imageView) throw new ModelHubError('USAGE', `encoder: expected images, got ${kind}`)
  if (kind === 'table') {
    return options.view === undefined ? openTable(paths, options) : openJoinedText(paths, options.view, options)
  }
  refuseColumnOptions(kind, options)
  return kind === 'images' ? openImages(paths, options) : openTexts(paths, options)
}

/** Whether a path is that of images: a file, an archive, or a folder of them. */
export async function isImagePath(path: string): Promise<boolean> {
  return (await kindOf(path)) === 'images'
}

async function kindOf(path: string): Promise<DatasetKind> {
  if (await isFolder(path)) return kindOfFolder(path)
  if (isArchive(path) || isIdxImages(path) || isImageName(baseName(path))) return 'images'
  return isTextName(baseName(path)) ? 'texts' : 'table'
}

async function kindOfFolder(path: string): Promise<DatasetKind> {
  const names = await folderNames(path)
  const images = names.filter(isImageName).length
  const texts = names.filter(isTextName).length
  if (images > 0 && texts > 0) {
    throw new ModelHubError('USAGE', `${path}: expected images or texts, got ${images} images and ${texts} texts`)
  }
  return images > 0 ? 'images' : texts > 0 ? 'texts' : 'table'
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function refuseColumnOptions(kind: DatasetKind, { label, exclude = [], types = {} }: DatasetOptions): void {
  const given = label !== undefined ? 'label' : exclude.length > 0 ? 'exclude' : Object.keys(types)[0] && 'types'
  if (given) throw new ModelHubError('USAGE', `${given}: ${kind} have no columns; labels are the names of folders`)
}
