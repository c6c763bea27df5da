import type { MatrixModel, MatrixPair, ScoreMatrix } from '../matrix/score-matrix.ts'
import type { RankedTarget } from '../ranking-quality.ts'
import { decisionsOn, rankedByDecision, type Decision, type Needs } from './decision-view.ts'
import type { FusedDecision } from './fused-decisions.ts'
import { MEAN_ELSEWHERE, RANK_ELSEWHERE } from './history-decisions.ts'
import { rankingSignals, type MatrixView } from './matrix-view.ts'

/** Ways to predict the truth from the other targets: one more is one more row of every table. */
const DECISIONS: readonly Decision[] = [MEAN_ELSEWHERE, RANK_ELSEWHERE]

/** A signal's scores for every target, the greater the better. */
export interface Ranking {
  readonly name: string
  readonly needs: Needs
  /** Whether the product decides so, from more than one signal. */
  readonly decided?: true
  /** In the order of the matrix's targets and pairs. */
  readonly ranked: readonly RankedTarget[]
}

/** What there is to rank by beside a view's signals. */
export interface RankingSources {
  /** Workloads to learn from. */
  readonly all: readonly ScoreMatrix[]
  /** What the product decides on the view. */
  readonly fused: readonly FusedDecision[]
}

/** Every signal of a matrix; before them the baselines and the decisions. */
export function rankingsOf(view: MatrixView, { all, fused }: RankingSources): Ranking[] {
  const { matrix } = view
  const signals = rankingSignals(matrix).map(({ name, better, needs }): Ranking => {
    const sign = better === 'greater' ? 1 : -1
    const score = ({ signals: values }: MatrixPair) => sign * (values[name] ?? NaN)
    return { name, needs: needs === 'evidence' ? 'sketch' : needs, ranked: rankedBy(view, score) }
  })
  const decided = DECISIONS.map((decision): Ranking => {
    const ranked = rankedByDecision(matrix, decisionsOn(decision, view, all))
    return { name: decision.name, needs: decision.needs, ranked }
  })
  const product = fused.map(({ name, needs, scores }): Ranking => {
    return { name, needs, decided: true, ranked: rankedByFused(view, scores) }
  })
  return [...baselines(view), ...decided, ...product, ...signals].filter(({ ranked }) => ranked.some(tellsApart))
}

function tellsApart({ scores }: RankedTarget): boolean {
  return new Set(scores).size > 1
}

/** A target that nothing was decided of counts as one whose candidates are all alike. */
function rankedByFused({ matrix }: MatrixView, scores: FusedDecision['scores']): RankedTarget[] {
  return matrix.targets.map(({ id, pairs }) => {
    const decided = scores.get(id) ?? pairs.map(() => 0)
    if (decided.length !== pairs.length) {
      throw new Error(`${id}: expected ${pairs.length} decided candidates, got ${decided.length}`)
    }
    return { truth: pairs.map(({ truth }) => truth), scores: decided }
  })
}

function rankedBy({ matrix }: MatrixView, score: (pair: MatrixPair) => number): RankedTarget[] {
  return matrix.targets.map(target => {
    const scores = target.pairs.map(score)
    const least = Math.min(...scores.filter(value => !Number.isNaN(value)))
    const last = Number.isFinite(least) ? least - 1e-9 : 0
    return {
      truth: target.pairs.map(({ truth }) => truth),
      scores: scores.map(value => (Number.isNaN(value) ? last : value)),
    }
  })
}

/** Signals that do not look at the target's data. */
function baselines(view: MatrixView): Ranking[] {
  const models = new Map(view.matrix.models.map(model => [model.id, model]))
  const stated = (name: string, value: (model: MatrixModel) => number | undefined, sign = 1): Ranking => ({
    name,
    needs: 'nothing',
    ranked: rankedBy(view, ({ model }) => sign * (value(models.get(model)!) ?? NaN)),
  })
  return [
    stated('source accuracy', ({ sourceAccuracy }) => sourceAccuracy),
    stated('size, largest first', ({ sizeBytes }) => sizeBytes),
    stated('size, smallest first', ({ sizeBytes }) => sizeBytes, -1),
    stated('training rows', ({ trainingRows }) => trainingRows),
  ]
}
