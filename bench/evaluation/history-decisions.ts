import type { MatrixTarget } from '../matrix/score-matrix.ts'
import type { Decision } from './decision-view.ts'

/** A model's mean truth on the other targets. */
export const MEAN_ELSEWHERE = meanOver('mean accuracy elsewhere', ({ pairs }, m) => pairs[m].truth)

/** The share of the other candidates that a model is better than, in the mean over the other targets. */
export const RANK_ELSEWHERE = meanOver('mean rank elsewhere', ({ pairs }, m) => {
  const better = pairs.filter(({ truth }) => truth < pairs[m].truth).length
  const equal = pairs.filter(({ truth }) => truth === pairs[m].truth).length - 1
  return pairs.length < 2 ? 0.5 : (better + equal / 2) / (pairs.length - 1)
})

function meanOver(name: string, value: (target: MatrixTarget, pair: number) => number): Decision {
  const known = new Map<MatrixTarget, ReadonlyMap<string, number>>()
  const valuesOf = (target: MatrixTarget) => {
    const values = known.get(target) ?? new Map(target.pairs.map(({ model }, m) => [model, value(target, m)]))
    known.set(target, values)
    return values
  }
  return {
    ...{ name, needs: 'history' },
    decide: ({ target, history }) =>
      target.pairs.map(({ model }) => {
        const values = history.flatMap(other => valuesOf(other).get(model) ?? [])
        return { accuracy: values.reduce((sum, one) => sum + one, 0) / values.length }
      }),
  }
}
