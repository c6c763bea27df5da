import type { MatrixModel, MatrixPair, MatrixTarget } from '../matrix/score-matrix.ts'
import type { RankedTarget } from '../ranking-quality.ts'
import { rankingSignals, type MatrixView } from './matrix-view.ts'

export type Needs = 'nothing' | 'history' | 'sketch' | 'run' | 'labels'

/** A signal's scores for every target, the greater the better. */
export interface Ranking {
  readonly name: string
  readonly needs: Needs
  /** In the order of the matrix's targets and pairs. */
  readonly ranked: readonly RankedTarget[]
}

/** Every signal of a matrix, and the baselines before them. */
export function rankingsOf(view: MatrixView): Ranking[] {
  const { matrix } = view
  const signals = rankingSignals(matrix).map(({ name, better, needs }): Ranking => {
    const sign = better === 'greater' ? 1 : -1
    const score = ({ signals: values }: MatrixPair) => sign * (values[name] ?? NaN)
    return { name, needs: needs === 'evidence' ? 'sketch' : needs, ranked: rankedBy(view, score) }
  })
  return [...baselines(view), ...signals].filter(({ ranked }) => ranked.some(tellsApart))
}

function tellsApart({ scores }: RankedTarget): boolean {
  return new Set(scores).size > 1
}

function rankedBy({ matrix }: MatrixView, score: (pair: MatrixPair, target: MatrixTarget) => number): RankedTarget[] {
  return matrix.targets.map(target => {
    const scores = target.pairs.map(pair => score(pair, target))
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
  const stated = (name: string, value: (model: MatrixModel) => number): Ranking => ({
    name,
    needs: 'nothing',
    ranked: rankedBy(view, ({ model }) => value(models.get(model)!)),
  })
  return [
    stated('source accuracy', ({ sourceAccuracy }) => sourceAccuracy),
    stated('size, largest first', ({ sizeBytes }) => sizeBytes),
    stated('size, smallest first', ({ sizeBytes }) => -sizeBytes),
    stated('training rows', ({ trainingRows }) => trainingRows),
    { name: 'mean accuracy elsewhere', needs: 'history', ranked: rankedBy(view, elsewhere(view)) },
  ]
}

/** A model's mean truth on the other targets; those that hold the same data are left out. */
function elsewhere({ matrix, areTwins }: MatrixView): (pair: MatrixPair, target: MatrixTarget) => number {
  const history = new Map<string, { readonly target: string; readonly truth: number }[]>()
  for (const { id, pairs } of matrix.targets) {
    for (const { model, truth } of pairs) history.set(model, [...(history.get(model) ?? []), { target: id, truth }])
  }
  return ({ model }, target) => {
    const others = history.get(model)!.filter(one => !areTwins(one.target, target.id))
    return others.reduce((sum, { truth }) => sum + truth, 0) / others.length
  }
}
