import {
  decideByDefault,
  learnDefault,
  type DefaultDecision,
  type KnownHub,
  type KnownTarget,
} from '../../src/decision/index.ts'
import { familyOf, type MatrixView } from '../evaluation/matrix-view.ts'
import type { TargetOutcome } from './outcome.ts'
import { targetOutcome } from './target-outcome.ts'

/** A workload with its targets. */
export interface LookedView {
  readonly view: MatrixView
  readonly targets: readonly KnownTarget[]
}

/** What is shipped: learned from every workload. */
export function shippedDefault(views: readonly LookedView[]): DefaultDecision {
  return learnDefault(hubsOf(views))
}

/** A default that was learned without a family of workloads. */
export function defaultElsewhere(family: string, views: readonly LookedView[]): DefaultDecision {
  return learnDefault(hubsOf(views.filter(other => familyOf(other.view.matrix.name) !== family)))
}

/** How the default did on a workload that it was learned without, settings and all. */
export interface DefaultOutcome {
  /** Learned without it. */
  readonly learned: DefaultDecision
  readonly outcomes: readonly TargetOutcome[]
  /** Mean regret of what is shipped, which was learned with the workload. */
  readonly shippedRegret: number
}

/** Decides every workload by a default that was learned without its family. */
export function withoutHistory(views: readonly LookedView[]): ReadonlyMap<string, DefaultOutcome> {
  const shipped = shippedDefault(views)
  const byFamily = new Map<string, DefaultDecision>()
  return new Map(
    views.map(({ view, targets }) => {
      const family = familyOf(view.matrix.name)
      const learned = byFamily.get(family) ?? defaultElsewhere(family, views)
      byFamily.set(family, learned)
      const decided = (by: DefaultDecision) =>
        targets.map(target => targetOutcome(target, decideByDefault(target, by), view.groupOf(target.name)))
      const regrets = decided(shipped).map(({ regret }) => regret)
      const shippedRegret = regrets.reduce((sum, regret) => sum + regret, 0) / regrets.length
      return [view.name, { learned, outcomes: decided(learned), shippedRegret }]
    }),
  )
}

/** Of models that are served as they are; one that gets a new last layer has another level, and votes little for it. */
export const isServed = ({ view }: LookedView) => !view.matrix.truth.includes('new last layer')

/** The views of each family's data, the largest first; none that leaves candidates out. */
export function hubsOf(views: readonly LookedView[]): KnownHub[] {
  const hubs = new Map<string, (readonly KnownTarget[])[]>()
  for (const { view, targets } of views.filter(isServed)) {
    if (view.name.includes(',')) continue
    const family = familyOf(view.matrix.name)
    hubs.set(
      family,
      [...(hubs.get(family) ?? []), targets].sort((a, b) => b.length - a.length),
    )
  }
  return [...hubs.values()]
}
