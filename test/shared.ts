import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder =
  process.env.MODELHUB_SHARED ?? fileURLToPath(new URL('../../shared', import.meta.url)).replace(/[/\\]$/, '')

/** Whether the project's shared material lies beside the repository (or at MODELHUB_SHARED). */
export const hasShared = existsSync(join(folder, 'zoo'))

/** A path within the shared material. */
export function sharedPath(...parts: string[]): string {
  return join(folder, ...parts)
}
