import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { FoundFile } from './find-files.ts'
import { folderEntries, folderNames } from './folder-entries.ts'
import { inFlight } from './in-flight.ts'
import { isHidden, labelOf, type MediaEntry } from './media-entry.ts'
import type { MediaItem, MediaPlace, MediaRead } from './media-table.ts'
import { tarEntries } from './tar-entries.ts'
import { zipEntries } from './zip-entries.ts'

/** Entries decoded at once: enough to keep every thread busy, few enough to bound memory. */
const IN_FLIGHT = 64

/** Which entries are wanted, and how they are decoded. */
export interface MediaDecoding<Value> {
  readonly isWanted: (name: string) => boolean
  readonly decode: (bytes: Uint8Array) => Promise<Value>
}

/** Places with what is to be told of them. */
export interface FoundPlaces<Value> {
  readonly places: readonly MediaPlace<Value>[]
  readonly sizeBytes: number
  readonly warnings: readonly string[]
}

/** Whether a path is an existing folder. */
export function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

/** Whether a path names an archive that is read as a folder. */
export function isArchive(path: string): boolean {
  return /\.(zip|tar|tar\.gz|tgz)$/i.test(path)
}

/** A folder, its files in code-unit order of their paths. */
export async function folderPlace<Value>(path: string, decoding: MediaDecoding<Value>): Promise<FoundPlaces<Value>> {
  const all = (await folderNames(path)).filter(name => !isHidden(name))
  const names = all.filter(decoding.isWanted)
  const sizes = await Promise.all(names.map(async name => (await stat(join(path, name))).size))
  const others = all.length - names.length
  return {
    places: [namedPlace(path, names, decoding)],
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    warnings: others === 0 ? [] : [`${path}: ${others} other files left out`],
  }
}

/** An archive, its files in its own order. */
export function archivePlace<Value>({ path }: FoundFile, decoding: MediaDecoding<Value>): MediaPlace<Value> {
  const entries = /\.zip$/i.test(path) ? zipEntries : tarEntries
  return {
    path,
    items({ signal, isChosen = () => true }: MediaRead = {}) {
      let ordinal = 0
      const isWanted = (name: string) => decoding.isWanted(name) && isChosen(ordinal++)
      return decoded(entries(path, isWanted, signal), decoding)
    },
    async labels(signal) {
      const labels: (string | null)[] = []
      const isWanted = (name: string) => {
        if (decoding.isWanted(name)) labels.push(labelOf(name))
        return false
      }
      await entries(path, isWanted, signal).next()
      return labels
    },
  }
}

/** Single files, which have no label; those of one folder are one place. */
export function filePlaces<Value>(
  files: readonly FoundFile[],
  decoding: MediaDecoding<Value>,
): readonly MediaPlace<Value>[] {
  const folders = new Map<string, string[]>()
  for (const { path } of files) {
    const folder = dirname(path)
    if (!folders.has(folder)) folders.set(folder, [])
    folders.get(folder)!.push(basename(path))
  }
  return Array.from(folders, ([path, names]) => namedPlace(path, names, decoding))
}

/** Files of one folder, in the order of their names. */
function namedPlace<Value>(path: string, names: readonly string[], decoding: MediaDecoding<Value>): MediaPlace<Value> {
  return {
    path,
    items({ isChosen = () => true }: MediaRead = {}) {
      const chosen = names.filter((_, ordinal) => isChosen(ordinal))
      return decoded(folderEntries(path, chosen), decoding)
    },
    labels: async () => names.map(labelOf),
  }
}

function decoded<Value>(
  entries: AsyncIterable<MediaEntry>,
  { decode }: MediaDecoding<Value>,
): AsyncIterable<MediaItem<Value>> {
  return inFlight(entries, IN_FLIGHT, async ({ name, bytes }) => {
    const label = labelOf(name)
    try {
      return { name, label, value: await decode(await bytes()) }
    } catch (error) {
      const [fault] = (error instanceof Error ? error.message : String(error)).split('\n')
      return { name, label, fault }
    }
  })
}
