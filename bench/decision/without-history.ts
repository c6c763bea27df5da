import { decideByDefault, learnDefault, type DefaultDecision, type KnownTarget } from '../../src/decision/index.ts'
import type { MatrixView } from '../evaluation/matrix-view.ts'
import type { TargetOutcome } from './outcome.ts'
import { targetOutcome } from './target-outcome.ts'

/** A workload with its targets. */
export interface LookedView {
  readonly view: MatrixView
  readonly targets: readonly KnownTarget[]
}

/** Workloads of the same data are one hub: what is learned from one is not reported on another. */
export function familyOf(view: string): string {
  return view.split(/[ ,-]/)[0]
}

/** What is shipped: learned from every workload, one view of each family's data. */
export function shippedDefault(views: readonly LookedView[]): DefaultDecision {
  return learnDefault(hubsOf(views))
}

/** A default that was learned without the family of a workload. */
export function defaultElsewhere({ name }: MatrixView, views: readonly LookedView[]): DefaultDecision {
  return learnDefault(hubsOf(views.filter(other => familyOf(other.view.name) !== familyOf(name))))
}

/** Decides every workload by a default that was learned without its family. */
export function withoutHistory(views: readonly LookedView[]): ReadonlyMap<string, readonly TargetOutcome[]> {
  return new Map(
    views.map(({ view, targets }) => {
      const shipped = defaultElsewhere(view, views)
      const outcomes = targets.map(target =>
        targetOutcome(target, decideByDefault(target, shipped), view.groupOf(target.name)),
      )
      return [view.name, outcomes]
    }),
  )
}

/** The largest view of each family, without those that leave candidates out. */
function hubsOf(views: readonly LookedView[]): (readonly KnownTarget[])[] {
  const hubs = new Map<string, readonly KnownTarget[]>()
  for (const { view, targets } of views) {
    if (view.name.includes(',')) continue
    const known = hubs.get(familyOf(view.name))
    if (!known || targets.length > known.length) hubs.set(familyOf(view.name), targets)
  }
  return [...hubs.values()]
}
