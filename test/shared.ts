import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder of shared data: beside the repository, or where MODELHUB_SHARED says. */
const root = process.env.MODELHUB_SHARED ?? resolve(import.meta.dirname, '../../shared')

/** True where the shared data are; tests that need them are skipped by name elsewhere. */
export const hasShared = existsSync(root)

/** A path in the folder of shared data. */
export function sharedPath(...parts: readonly string[]): string {
  return join(root, ...parts)
}
