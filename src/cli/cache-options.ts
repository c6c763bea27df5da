import type { Command } from 'commander'
import type { RunOneOptions } from '../hub/index.ts'
import { gibibytesOption } from './run-options.ts'

/** Options of every command that keeps what models gave. */
export interface CacheFlags {
  /** A folder; false for none. */
  readonly cache?: string | false
  /** Bytes. */
  readonly cacheLimit?: number
}

/** `--cache DIR`, `--no-cache` and `--cache-limit GiB`. */
export function addCacheOptions(command: Command): Command {
  return command
    .option('--cache <folder>', 'where what models gave is kept, so that they run once; ~/.cache/modelhub unless named')
    .option('--no-cache', 'keep nothing')
    .option('--cache-limit <GiB>', 'most that is kept (default: 2)', gibibytesOption('--cache-limit', 0))
}

/** The same as the library takes them. */
export function cacheOptions({ cache, cacheLimit }: CacheFlags): Pick<RunOneOptions, 'cache'> {
  return { cache: cache === false ? undefined : { folder: cache, maxBytes: cacheLimit } }
}
