import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelHubError, type ProgressHook } from '../common/index.ts'
import type { RunLimits } from '../inference/index.ts'
import type { PreparedDataset, PrepareOptions } from '../inputs/index.ts'
import { openActivationCache, type CacheOptions } from './activation-cache.ts'
import { scratchFolder } from './scratch-folder.ts'
import { runCandidates, type RankCandidate, type RunCandidate } from '../rank/index.ts'

/** How one model is run on a dataset. */
export interface RunOneOptions extends Omit<PrepareOptions, 'folder' | 'modelFolder'> {
  readonly limits?: RunLimits
  /** Keeps what the model gives, so that it is not run again on the same rows; nothing is kept when absent. */
  readonly cache?: CacheOptions
  readonly onProgress?: ProgressHook
}

/**
 * Runs one model on a dataset.
 *
 * @param find gives the model; files may be put into the folder, which is taken away at the end
 * @throws whatever kept it from giving an answer
 */
export async function runOne(
  find: (folder: string) => Promise<RankCandidate>,
  places: readonly string[],
  { cache: cacheOptions, ...options }: RunOneOptions,
): Promise<{ readonly run: RunCandidate; readonly target: PreparedDataset }> {
  const scratch = await scratchFolder('run')
  try {
    const cache = cacheOptions && (await openActivationCache(cacheOptions))
    const candidate = await find(join(scratch, 'model'))
    const running = { ...options, layers: [], cache, scratch }
    const { run, failed, target } = await runCandidates([candidate], places, running)
    const [failure] = failed
    if (failure) throw new ModelHubError(failure.code, `${candidate.name}: ${failure.reason}`)
    return { run: run[0], target: target! }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
