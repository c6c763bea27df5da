import { seededRandom } from '../../src/common/random.ts'
import {
  randomQuality,
  rankingQuality,
  regretsByLength,
  targetQuality,
  type RankingQuality,
  type TargetQuality,
} from '../ranking-quality.ts'
import { bootstrapMeans, type Interval } from './bootstrap.ts'
import type { Needs } from './decision-view.ts'
import type { MatrixView } from './matrix-view.ts'
import { rankingsOf, type RankingSources } from './rankings.ts'

/** The quality of one signal on one view. */
export interface MeasuredSignal {
  readonly name: string
  readonly needs: Needs
  /** Whether the product decides so, from more than one signal. */
  readonly decided?: true
  readonly quality: RankingQuality
  /** Of means over targets; random's expected values have none. */
  readonly intervals?: Readonly<Record<keyof TargetQuality, Interval>>
  /** Mean regret when the best of the first n is taken, n from 1. */
  readonly byLength: readonly number[]
}

export interface MeasuredView {
  readonly view: MatrixView
  readonly signals: readonly MeasuredSignal[]
}

/** Longest shortlist that is looked at. */
const LONGEST = 10
const SEED = 1

/** Every signal, baseline and decision on a view. */
export function measureView(view: MatrixView, sources: RankingSources): MeasuredView {
  const { targets } = view.matrix
  const groups = targets.map(({ id }) => view.groupOf(id))
  const signals = rankingsOf(view, sources).map(({ name, needs, decided, ranked }): MeasuredSignal => {
    const each = ranked.map(targetQuality)
    const figures = Object.keys(each[0]) as (keyof TargetQuality)[]
    const intervals = bootstrapMeans(
      figures.map(figure => each.map(one => one[figure])),
      groups,
      seededRandom(SEED),
    )
    return {
      ...{ name, needs, decided, quality: rankingQuality(ranked) },
      intervals: Object.fromEntries(figures.map((figure, f) => [figure, intervals[f]])) as MeasuredSignal['intervals'],
      byLength: meanByLength(ranked.map(regretsByLength)),
    }
  })
  return { view, signals: [randomSignal(view), ...signals] }
}

function randomSignal({ matrix }: MatrixView): MeasuredSignal {
  const truths = matrix.targets.map(({ pairs }) => pairs.map(({ truth }) => truth))
  const quality = randomQuality(truths)
  return { name: 'random', needs: 'nothing', quality, byLength: [quality.meanRegret] }
}

function meanByLength(regrets: readonly (readonly number[])[]): number[] {
  const longest = Math.min(LONGEST, ...regrets.map(({ length }) => length))
  return Array.from({ length: longest }, (_, n) => regrets.reduce((sum, all) => sum + all[n], 0) / regrets.length)
}
