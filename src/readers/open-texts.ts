import { ModelHubError } from '../common/index.ts'
import type { DatasetOptions } from './dataset-options.ts'
import { findFiles } from './find-files.ts'
import { isTextName } from './media-entry.ts'
import { filePlaces, folderPlace, isFolder, type MediaDecoding } from './media-places.ts'
import { MediaTable } from './media-table.ts'
import type { Table } from './table.ts'

const DECODING: MediaDecoding<string> = {
  isWanted: isTextName,
  decode: async bytes => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
}

/**
 * Opens .txt files, and folders of them, as one dataset with one text feature, `text`; a file that is not UTF-8 is
 * broken.
 *
 * @throws USAGE, FILE_NOT_FOUND, FILE_UNREADABLE
 */
export async function openTexts(paths: readonly string[], { view }: DatasetOptions): Promise<Table> {
  if (view !== undefined) throw new ModelHubError('USAGE', `view: text files have none, got ${view}`)
  const folders: string[] = []
  const others: string[] = []
  for (const path of paths) ((await isFolder(path)) ? folders : others).push(path)
  const inFolders = await Promise.all(folders.sort().map(folder => folderPlace(folder, DECODING)))
  const files = others.length === 0 ? [] : await findFiles(others)
  return new MediaTable<string>({
    kind: 'texts',
    places: [...inFolders.flatMap(({ places }) => places), ...filePlaces(files, DECODING)],
    features: [{ name: 'text', type: 'text' }],
    sizeBytes: [...inFolders, ...files].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    warnings: inFolders.flatMap(({ warnings }) => warnings),
    columns: async texts => [texts],
  })
}
