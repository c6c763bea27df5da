import { ModelHubError } from './modelhub-error.ts'

/** Of the operating system (through Node), and of SQLite for the same. */
const CANNOT_WRITE = /^(ENOSPC|EDQUOT|EFBIG|EROFS|EACCES|EPERM|EIO$|SQLITE_FULL|SQLITE_IOERR|SQLITE_READONLY)/

/**
 * Does work that writes, and tells a disk that is full or lets nobody write as a fault of ModelHub; any other fault
 * passes as it came.
 *
 * @param place what is written, for the message
 * @throws WRITE_FAILED
 */
export async function namingWriteFaults<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw writeFault(error, place)
  }
}

/** The fault as WRITE_FAILED where it says that a place cannot be written; any other as it came. */
export function writeFault(error: unknown, place: string): unknown {
  if (error instanceof ModelHubError || !(error instanceof Error) || !('code' in error)) return error
  if (!CANNOT_WRITE.test(String(error.code))) return error
  return new ModelHubError('WRITE_FAILED', `${place}: cannot be written: ${error.message}`, { cause: error })
}
