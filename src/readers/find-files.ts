import { access, constants, stat } from 'node:fs/promises'
import { isAbsolute, normalize, resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { ModelHubError } from '../common/index.ts'

/** A file that is there and can be read. */
export interface FoundFile {
  readonly path: string
  readonly sizeBytes: number
}

/**
 * The files that paths and globs name, each once, sorted by absolute path in code-unit order: the position in the result
 * is the file's ordinal, however the paths were spelled. A path that exists is taken as it is, even with `*` or `[` in it; otherwise such a path is a glob.
 *
 * @throws USAGE when there is no path at all
 * @throws FILE_NOT_FOUND when a path or glob names nothing
 * @throws FILE_UNREADABLE when a path is a folder, or may not be read
 */
export async function findFiles(paths: string | readonly string[]): Promise<readonly FoundFile[]> {
  const asked = typeof paths === 'string' ? [paths] : paths
  if (asked.length === 0) throw new ModelHubError('USAGE', 'paths: expected at least one file or glob, got none')
  const named = await Promise.all(asked.map(namedFiles))
  const byPlace = new Map(named.flat().map(path => [resolve(path), path]))
  const sorted = [...byPlace.keys()].sort(byCodeUnit).map(place => byPlace.get(place)!)
  return Promise.all(sorted.map(readableFile))
}

async function namedFiles(path: string): Promise<readonly string[]> {
  if (await exists(path)) return [path]
  const matches = isDynamicPattern(path)
    ? await glob(path, { absolute: isAbsolute(path), expandDirectories: false })
    : []
  if (matches.length === 0) throw new ModelHubError('FILE_NOT_FOUND', `${path}: no such file`)
  return matches.map(normalize)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function readableFile(path: string): Promise<FoundFile> {
  const found = await stat(path)
  if (!found.isFile()) {
    throw new ModelHubError(
      'FILE_UNREADABLE',
      `${path}: expected a file; for a folder give a glob, as in "${path}/*.csv"`,
    )
  }
  try {
    await access(path, constants.R_OK)
  } catch (cause) {
    throw new ModelHubError('FILE_UNREADABLE', `${path}: may not be read`, { cause })
  }
  return { path, sizeBytes: found.size }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
