import { rankModels, type RankedModel, type RankModelsOptions, type Ranking } from './rank-models.ts'
import type { RankCandidate } from './rank-candidate.ts'

/** Rows of the first round. */
const FIRST_SAMPLE = 100

export interface HalvingOptions extends Omit<RankModelsOptions, 'sample'> {
  /** Seconds that all rounds together should take; a round that was begun is ended. */
  readonly budgetSeconds: number
  /** Rows of the last round. */
  readonly sample: number
}

/** One round: every candidate on as many rows. */
export interface HalvingRound {
  readonly sample: number
  readonly models: number
  readonly seconds: number
}

/** The ranking of the last round, then those that left before, the latest first. */
export interface HalvedRanking extends Ranking {
  readonly rounds: readonly HalvingRound[]
}

/**
 * Successive halving (Jamieson and Talwalkar 2016): all candidates on few rows, the better half on twice as many rows,
 * and so on, until two are left on the whole sample or the budget does not allow another round.
 *
 * A round costs about what the last one did, half the models on twice the rows, so it is begun only where that much is
 * left of the budget.
 *
 * @throws as rankModels
 */
export async function successiveHalving(
  candidates: readonly RankCandidate[],
  places: readonly string[],
  { budgetSeconds, sample: most, ...options }: HalvingOptions,
): Promise<HalvedRanking> {
  const started = performance.now()
  const rounds: HalvingRound[] = []
  const left: RankedModel[][] = []
  const failed: Ranking['failed'][number][] = []
  let staying: readonly RankCandidate[] = candidates
  let sample = Math.min(FIRST_SAMPLE, most)
  for (;;) {
    const begun = performance.now()
    const scratch = `${options.scratch}/round-${rounds.length}`
    const round = await rankModels(staying, places, { ...options, scratch, sample })
    const seconds = (performance.now() - begun) / 1000
    rounds.push({ sample, models: staying.length, seconds })
    failed.push(...round.failed)
    const spent = (performance.now() - started) / 1000
    const isLast = sample >= most || round.ranked.length < 2 || spent + seconds > budgetSeconds
    if (isLast) return { ...round, ranked: [...round.ranked, ...left.reverse().flat()], failed, rounds }
    const half = Math.max(2, Math.ceil(round.ranked.length / 2))
    left.push(round.ranked.slice(half))
    staying = round.ranked.slice(0, half).map(({ candidate }) => candidate)
    sample = Math.min(most, 2 * sample)
  }
}
