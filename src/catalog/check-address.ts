import { ModelHubError } from '../common/index.ts'

/**
 * Makes sure that an object's address is one: 64 lower-case hex digits, so no path and no SQL.
 *
 * @throws USAGE when it is not
 */
export function checkAddress(sha256: string): void {
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw new ModelHubError('USAGE', `sha256: expected 64 lower-case hex digits, got ${JSON.stringify(sha256)}`)
  }
}
