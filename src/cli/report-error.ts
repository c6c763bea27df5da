import { CommanderError } from 'commander'
import { ERROR_CODES, ModelHubError } from '../common/index.ts'

/**
 * Tells a fault on standard error.
 *
 * @returns the exit code that docs/errors.md gives for it
 */
export function reportError(error: unknown): number {
  // Commander has printed its message or the help text already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : ERROR_CODES.USAGE.exitCode
  if (error instanceof ModelHubError) {
    process.stderr.write(`modelhub: ${error.code}: ${error.message}\n`)
    return ERROR_CODES[error.code].exitCode
  }
  process.stderr.write(
    `modelhub: INTERNAL: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return ERROR_CODES.INTERNAL.exitCode
}
