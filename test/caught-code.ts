import { ModelHubError } from '../src/common/index.ts'

/** The code of the ModelHubError that a call throws; anything else it throws is thrown on. */
export function caughtCode(call: () => unknown): string | undefined {
  try {
    call()
  } catch (error) {
    if (error instanceof ModelHubError) return error.code
    throw error
  }
  return undefined
}
