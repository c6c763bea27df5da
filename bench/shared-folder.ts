import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of shared data sets and zoos: MODELHUB_SHARED, or `shared` beside the repository. Ends the process with a
 * message when it is not there.
 */
export function sharedFolder(): string {
  const folder = process.env.MODELHUB_SHARED ?? fileURLToPath(new URL('../../shared', import.meta.url))
  if (existsSync(join(folder, 'zoo/har/zoo.json'))) return folder
  process.stderr.write(`${folder}: no zoo/har there; this benchmark needs the shared data, named by MODELHUB_SHARED\n`)
  process.exit(2)
}
