import { ModelHubError } from '../common/index.ts'

/** Where a hub in PostgreSQL is. */
export interface PostgresPlace {
  /** For the driver, with the password. Never printed. */
  readonly connectionString: string
  /** For messages: no password and no parameters. */
  readonly name: string
  /** Folder of the objects, when the URL names one. */
  readonly objects: string | undefined
}

const EXPECTED = 'postgres://user:password@host:5432/database'

/** Whether a hub's place is a URL of PostgreSQL, and not a folder. */
export function isPostgresUrl(place: string): boolean {
  return /^postgres(ql)?:\/\//i.test(place)
}

/**
 * Reads a PostgreSQL URL. `objects` among its parameters is ours, all others are the driver's.
 *
 * What came is in no message, as a password that is not percent-encoded may lie anywhere in it; for the same reason
 * nothing after the host may hold a `#` or an `@`.
 *
 * @throws USAGE when it is none
 */
export function postgresPlace(text: string): PostgresPlace {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.hash !== '' || /@/.test(url.pathname + url.search)) {
    const advice = 'with #, /, ?, @ and : in names and passwords percent-encoded'
    throw new ModelHubError('USAGE', `hub: expected ${EXPECTED} ${advice}, got a URL that cannot be read so`)
  }
  const objects = url.searchParams.get('objects') ?? undefined
  url.searchParams.delete('objects')
  const user = url.username === '' ? '' : `${url.username}@`
  return { connectionString: url.href, name: `postgres://${user}${url.host}${url.pathname}`, objects }
}
