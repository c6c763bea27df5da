import { rename, rm, writeFile } from 'node:fs/promises'
import { ModelHubError } from '../common/index.ts'

/**
 * Writes a file that is there whole or not at all.
 *
 * @throws WRITE_FAILED
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.${process.pid}.part`
  try {
    await writeFile(part, bytes)
    await rename(part, path)
  } catch (cause) {
    await rm(part, { force: true })
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ModelHubError('WRITE_FAILED', `${path}: cannot be written: ${reason}`, { cause })
  }
}
