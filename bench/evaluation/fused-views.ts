import { matrixTargets } from '../decision/matrix-targets.ts'
import { hubsOf, type LookedView } from '../decision/without-history.ts'
import { keptPredictions } from '../matrix/kept-matrix.ts'
import type { ScoreMatrix } from '../matrix/score-matrix.ts'
import { fusedDecisions, type FusedDecision } from './fused-decisions.ts'
import { familyOf, type MatrixView } from './matrix-view.ts'

/** What the product decides on every view, with the history of its other targets and from other data alone. */
export function fusedOnViews(
  views: readonly MatrixView[],
  told: (done: string) => void,
): ReadonlyMap<MatrixView, readonly FusedDecision[]> {
  const known = views.map((view): LookedView => {
    const predictions = new Map(keptPredictions(view.matrix.name).map(one => [one.target, one]))
    return { view, targets: matrixTargets(view, predictions) }
  })
  return new Map(
    known.map(({ view, targets }) => {
      const others = known.filter(other => familyOf(other.view.matrix.name) !== familyOf(view.matrix.name))
      const found = fusedDecisions(targets, hubsOf(others.filter(other => 'joint: fit' in other.view.matrix.signals)))
      told(view.name)
      return [view, found.filter(decision => isOwn(decision, view.matrix))]
    }),
  )
}

/** Workloads without sketches have no five to run first, and what others tabled of them is not run at all. */
function isOwn({ name, needs }: FusedDecision, { signals }: ScoreMatrix): boolean {
  const has = (wanted: string) => Object.values(signals).some(signal => signal.needs === wanted)
  if (name.endsWith('five run')) return has('sketch') && has('run')
  return needs === 'sketch' || has('run')
}
