import { rename, rm, writeFile } from 'node:fs/promises'
import { ModelHubError } from '../common/index.ts'

/**
 * Writes a file that is there whole or not at all.
 *
 * @throws FILE_UNREADABLE when it cannot be written
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}.part`
  try {
    await writeFile(part, bytes)
    await rename(part, path)
  } catch (cause) {
    await rm(part, { force: true })
    throw new ModelHubError('FILE_UNREADABLE', `${path}: cannot be written`, { cause })
  }
}
