import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { runCandidates, type CandidatesRun, type RankCandidate } from '../rank/index.ts'
import { openActivationCache } from './activation-cache.ts'
import { chooseVersions } from './choose-versions.ts'
import type { HubLabelOptions } from './label-options.ts'
import { Labelling } from './labelling.ts'
import { candidateOf } from './model-to-run.ts'
import { scratchFolder } from './scratch-folder.ts'
import type { SearchedHub } from './search-hub.ts'

/**
 * Runs models of a hub on a target, so that its rows can be labelled one by one. The models are chosen as for a ranking;
 * what they gave comes from the cache where it is kept.
 *
 * @param places data files; a sketch cannot be run on
 * @throws USAGE when fewer than two models can be run, MODEL_NOT_FOUND, and what reading, sketching and preparing throw
 */
export async function openLabelling(
  hub: SearchedHub,
  places: readonly string[],
  options: HubLabelOptions,
): Promise<Labelling> {
  const scratch = await scratchFolder('label')
  try {
    const candidates: RankCandidate[] = []
    const { chosen } = await chooseVersions(hub, places, options)
    for (const [i, { version, ...known }] of chosen.entries()) {
      candidates.push(await candidateOf(hub.catalog, version, { ...known, folder: join(scratch, `model-${i}`) }))
    }
    const cache = options.cache && (await openActivationCache(options.cache))
    const running = { ...options, layers: [], cache, scratch }
    const { run, failed, target } = await runCandidates(candidates, places, running)
    if (target === undefined || run.length < 2) throw tooFew({ run, failed })
    return new Labelling({ places, options, run, failed, target })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function tooFew({ run, failed }: Pick<CandidatesRun, 'run' | 'failed'>): ModelHubError {
  const reasons = failed.map(({ candidate, reason }) => `; ${candidate.name} could not be run: ${reason}`)
  const message = `labels tell models apart: expected at least 2 models that can be run, got ${run.length}`
  return new ModelHubError('USAGE', `${message}${reasons.join('')}`)
}
