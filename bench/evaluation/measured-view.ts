import { seededRandom } from '../../src/common/random.ts'
import {
  randomQuality,
  rankingQuality,
  regretsByLength,
  targetQuality,
  type RankingQuality,
} from '../ranking-quality.ts'
import { bootstrapMeans, type Interval } from './bootstrap.ts'
import type { ScoreMatrix } from '../matrix/score-matrix.ts'
import type { Needs } from './decision-view.ts'
import type { MatrixView } from './matrix-view.ts'
import { rankingsOf } from './rankings.ts'

/** The quality of one signal on one view. */
export interface MeasuredSignal {
  readonly name: string
  readonly needs: Needs
  readonly quality: RankingQuality
  /** Of means over targets; random's expected values have none. */
  readonly intervals?: { readonly regret: Interval; readonly pearson: Interval; readonly top1: Interval }
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

/** Every signal, baseline and decision on a view; `all` the workloads that a decision may learn from. */
export function measureView(view: MatrixView, all: readonly ScoreMatrix[]): MeasuredView {
  const { targets } = view.matrix
  const groups = targets.map(({ id }) => view.groupOf(id))
  const signals = rankingsOf(view, all).map(({ name, needs, ranked }): MeasuredSignal => {
    const each = ranked.map(targetQuality)
    const [regret, pearson, top1] = bootstrapMeans(
      [each.map(one => one.regret), each.map(one => one.pearson), each.map(one => one.top1)],
      groups,
      seededRandom(SEED),
    )
    return {
      ...{ name, needs, quality: rankingQuality(ranked), intervals: { regret, pearson, top1 } },
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
