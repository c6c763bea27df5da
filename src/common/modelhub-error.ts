import type { ErrorCode } from './error-codes.ts'

/**
 * The one error class. `code` is stable; the message names the thing, what was expected and what came, as in
 * `q: expected shape (4), got (5)`.
 */
export class ModelHubError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ModelHubError'
    this.code = code
  }
}

/** Throws CANCELLED once the signal is aborted; called between the steps of long work. */
export function throwIfCancelled(signal: AbortSignal | undefined, work: string): void {
  if (signal?.aborted) throw new ModelHubError('CANCELLED', `${work}: cancelled`, { cause: signal.reason })
}
