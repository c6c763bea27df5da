import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const shared = process.env.MODELHUB_SHARED ?? resolve(root, '../shared')

/** Whether the shared data lie beside the repository; tests that need them are skipped by name where they do not. */
export const hasShared: boolean = existsSync(shared)

/** A path within the shared data. */
export function sharedPath(...parts: string[]): string {
  return join(shared, ...parts)
}
