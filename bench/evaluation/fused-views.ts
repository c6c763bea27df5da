import { matrixTargets } from '../decision/matrix-targets.ts'
import type { KnownTarget } from '../../src/decision/index.ts'
import { keptPredictions } from '../matrix/kept-matrix.ts'
import type { ScoreMatrix } from '../matrix/score-matrix.ts'
import { fusedDecisions, type FusedDecision } from './fused-decisions.ts'
import { familyOf, type MatrixView } from './matrix-view.ts'

/** A view as the decision takes it. */
interface KnownView {
  readonly view: MatrixView
  readonly targets: readonly KnownTarget[]
}

/** What the product decides on every view, with the history of its other targets and from other data alone. */
export function fusedOnViews(
  views: readonly MatrixView[],
  told: (done: string) => void,
): ReadonlyMap<MatrixView, readonly FusedDecision[]> {
  const known = views.map((view): KnownView => {
    const predictions = new Map(keptPredictions(view.matrix.name).map(one => [one.target, one]))
    return { view, targets: matrixTargets(view, predictions) }
  })
  return new Map(
    known.map(({ view, targets }) => {
      const others = known.filter(other => familyOf(other.view.matrix.name) !== familyOf(view.matrix.name))
      const found = fusedDecisions(targets, hubsOf(others))
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

/** The view of the most targets of each family that has sketches. */
function hubsOf(views: readonly KnownView[]): (readonly KnownTarget[])[] {
  const hubs = new Map<string, readonly KnownTarget[]>()
  for (const { view, targets } of views) {
    if (!('joint: fit' in view.matrix.signals)) continue
    const family = familyOf(view.matrix.name)
    if (targets.length > (hubs.get(family)?.length ?? 0)) hubs.set(family, targets)
  }
  return [...hubs.values()]
}
