import { ModelHubError } from '../common/index.ts'
import { ActivationCache, DEFAULT_CACHE_BYTES, defaultCacheFolder } from '../inference/index.ts'

/** Where what models gave is kept, so that they are not run again. */
export interface CacheOptions {
  /** `modelhub` in the user's cache folder when absent. */
  readonly folder?: string
  /** Bytes it may hold; 2 GiB when absent. */
  readonly maxBytes?: number
}

/**
 * Opens a cache.
 *
 * @throws FILE_UNREADABLE when its folder can be neither found nor made
 */
export async function openActivationCache(options: CacheOptions = {}): Promise<ActivationCache> {
  const { folder = defaultCacheFolder(), maxBytes = DEFAULT_CACHE_BYTES } = options
  try {
    return await ActivationCache.open(folder, maxBytes)
  } catch (cause) {
    const advice = 'name another folder with --cache, or run with --no-cache'
    throw new ModelHubError('FILE_UNREADABLE', `${folder}: cannot serve as the cache; ${advice}`, { cause })
  }
}
