import type { MatrixModel, MatrixPair, MatrixTarget, ScoreMatrix } from '../matrix/score-matrix.ts'
import type { RankedTarget } from '../ranking-quality.ts'
import { familyOf, type MatrixView } from './matrix-view.ts'

/** What a signal or a decision looks at; each sees all that those before it see. */
export type Needs = 'nothing' | 'history' | 'sketch' | 'run' | 'labels'

const NEEDS: readonly Needs[] = ['nothing', 'history', 'sketch', 'run', 'labels']

/** A candidate without the truth. */
export type UnseenPair = Omit<MatrixPair, 'truth' | 'alsoTrue'>

/** A target whose truth is not told. */
export interface UnseenTarget extends Omit<MatrixTarget, 'pairs'> {
  readonly pairs: readonly UnseenPair[]
}

/** All that a decision may look at for one target: signals that need more than it may have are left out everywhere. */
export interface DecisionTask {
  readonly target: UnseenTarget
  /** Of the workload, by id. */
  readonly models: ReadonlyMap<string, MatrixModel>
  /** The workload's other targets with their truth, without those that hold the target's own data; [] for `nothing`. */
  readonly history: readonly MatrixTarget[]
  /** Other workloads, none of the same data. */
  readonly elsewhere: readonly ScoreMatrix[]
}

/** What is expected of a candidate. */
export interface Prediction {
  /** In the unit of the truth; NaN where nothing can be told. */
  readonly accuracy: number
  readonly low?: number
  readonly high?: number
}

/** A way to predict every candidate's truth on a target from everything else. */
export interface Decision {
  readonly name: string
  readonly needs: Needs
  /** One prediction a pair, in their order. */
  decide(task: DecisionTask): readonly Prediction[]
}

/** What a decision predicts of every target of a view, each left out of what it learns from; in the matrix's order. */
export function decisionsOn(
  { name, needs, decide }: Decision,
  { matrix, areTwins }: MatrixView,
  all: readonly ScoreMatrix[],
): (readonly Prediction[])[] {
  const seen = withSignals(matrix, needs)
  const models = new Map(matrix.models.map(model => [model.id, model]))
  const elsewhere = all.filter(other => familyOf(other.name) !== familyOf(matrix.name))
  return seen.targets.map(target => {
    const pairs = target.pairs.map(({ model, kinship, signals }) => ({ model, kinship, signals }))
    const history = needs === 'nothing' ? [] : seen.targets.filter(other => !areTwins(other.id, target.id))
    const found = decide({ target: { ...target, pairs }, models, history, elsewhere })
    if (found.length !== pairs.length) {
      throw new Error(`${name}: expected ${pairs.length} predictions for ${target.id}, got ${found.length}`)
    }
    return found
  })
}

/** Predictions as scores beside the truth; a model that nothing is told of comes last. */
export function rankedByDecision({ targets }: ScoreMatrix, predictions: readonly (readonly Prediction[])[]) {
  return targets.map(({ pairs }, t): RankedTarget => {
    const told = predictions[t].map(({ accuracy }) => accuracy)
    const least = Math.min(0, ...told.filter(value => !Number.isNaN(value)))
    return {
      truth: pairs.map(({ truth }) => truth),
      scores: told.map(value => (Number.isNaN(value) ? least - 1e-9 : value)),
    }
  })
}

function withSignals(matrix: ScoreMatrix, most: Needs): ScoreMatrix {
  const seen = Object.entries(matrix.signals).filter(
    ([, { needs }]) => NEEDS.indexOf(needs === 'evidence' ? 'sketch' : needs) <= NEEDS.indexOf(most),
  )
  const names = new Set(seen.map(([name]) => name))
  const shown = ({ signals, ...pair }: MatrixPair): MatrixPair => ({
    ...pair,
    signals: Object.fromEntries(Object.entries(signals).filter(([name]) => names.has(name))),
  })
  return { ...matrix, targets: matrix.targets.map(target => ({ ...target, pairs: target.pairs.map(shown) })) }
}
