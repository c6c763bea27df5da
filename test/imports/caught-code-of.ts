import { ModelHubError } from '../../src/common/index.ts'

/** The code that work fails with; undefined when it does not fail, and other faults as they are. */
export async function caughtCodeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ModelHubError) return error.code
    throw error
  }
}
