import { ModelHubError } from '../common/index.ts'

/** Classes and codes of PostgreSQL (its documentation, appendix A) that say: not now, or not for you. */
const REFUSALS = /^(08|28|53|57P|42501|25006|3F000)/

/** Of the operating system, through Node. */
const NETWORK = /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EHOST|ENET|EAI_|ENOENT|EACCES)/

/** The driver's own faults have no code. */
const DRIVER = /connection|connect|not queryable|SSL|password must be/i

/**
 * A fault of the driver or the server as one of ModelHub's, where it is about the connection or the lock; any other
 * fault as it came. Neither server nor driver put a password into a message.
 *
 * @param hub name and lockTimeoutMs of the hub, for the message
 */
export function postgresFault(error: unknown, hub: { readonly name: string; readonly lockTimeoutMs: number }): unknown {
  if (!(error instanceof Error) || error instanceof ModelHubError) return error
  const code = 'code' in error ? String(error.code) : ''
  const reason = error.message || code
  if (code === '55P03' || code === '40P01') {
    const message = `hub: another process has kept it locked for ${hub.lockTimeoutMs / 1000} s`
    return new ModelHubError('HUB_BUSY', message, { cause: error })
  }
  if (code === '3D000') return new ModelHubError('HUB_NOT_FOUND', `${hub.name}: ${reason}`, { cause: error })
  const lost = code === '' ? DRIVER.test(reason) : REFUSALS.test(code) || NETWORK.test(code)
  return lost ? new ModelHubError('HUB_UNREACHABLE', `${hub.name}: ${reason}`, { cause: error }) : error
}
