import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import { MAX_ENTRY_BYTES, type MediaEntry } from './media-entry.ts'

/** The files under a folder, as paths within it, sorted in code-unit order; links are not followed. */
export async function folderNames(folder: string): Promise<readonly string[]> {
  const names = await glob('**/*', { cwd: folder, dot: true, followSymbolicLinks: false })
  return names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Files as entries, each read when its turn comes. */
export async function* folderEntries(folder: string, names: readonly string[]): AsyncGenerator<MediaEntry> {
  for (const name of names) yield { name, bytes: () => smallFile(join(folder, name)) }
}

async function smallFile(path: string): Promise<Uint8Array> {
  const { size } = await stat(path)
  if (size > MAX_ENTRY_BYTES) throw new Error(`expected at most ${MAX_ENTRY_BYTES} bytes, got ${size}`)
  return readFile(path)
}
