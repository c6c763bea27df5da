import { coverageBundle } from '../decision/index.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { DomainCandidates } from './candidate.ts'
import { partCoverages, type PartCoverage } from './part-coverage.ts'
import { partFeatures, targetParts, type PartFeature } from './part-features.ts'
import type { SearchParameters } from './search-parameters.ts'

/** One model of a bundle. */
export interface BundledModel {
  /** `owner/model` */
  readonly model: string
  readonly version: number
  readonly fit: number
  /** Parts of the target that it covers. */
  readonly parts: number
  /** Share of the target's rows that it covers and none before it does, in [0, 1]. */
  readonly gain: number
  /** Share of the rows that it and those before it cover, in [0, 1]. */
  readonly share: number
}

/** The models that together cover most of a target. */
export interface TargetBundle {
  /** In order of gain; empty where no model covers any part. */
  readonly models: readonly BundledModel[]
  /** Parts of the target. */
  readonly parts: number
  /** Share of the rows that the bundle covers. */
  readonly share: number
  /** Share of the rows that the best single model covers. */
  readonly bestSingle: number
  /** What no model covers; null where there is nothing. */
  readonly uncovered: {
    readonly parts: number
    readonly rows: number
    /** Those that differ most from the whole target first. */
    readonly features: readonly PartFeature[]
  } | null
  /** For each part of the target the model of the bundle that is to answer for it, by its place there; −1 for none. */
  readonly route: readonly number[]
  /** For each part the models of the bundle that cover it, by their places. */
  readonly covering: readonly (readonly number[])[]
}

/**
 * The smallest bundle that greedy set cover finds (see `coverageBundle`), and who of it answers for which part: of the
 * models that cover a part the one whose training data come nearest, of none the one that comes nearest all the same.
 */
export function targetBundle(
  target: Sketch,
  domains: readonly DomainCandidates[],
  parameters: SearchParameters,
): TargetBundle {
  const rows = targetParts(target).map(part => part.rows)
  const coverages = partCoverages(target, domains, parameters)
  const named = new Map(coverages.map(coverage => [coverage.candidate.name, coverage]))
  const bundle = coverageBundle(
    coverages.map(({ candidate, covers }) => ({ name: candidate.name, covers })),
    rows,
  )
  const members = bundle.steps.map(({ name }) => named.get(name)!)
  const covering = rows.map((_, part) => placesWhere(members, ({ covers }) => covers[part]))
  const { share, bestSingle, uncovered } = bundle
  return {
    models: bundle.steps.map(({ covered, share }, i) => ({
      ...{ model: members[i].candidate.name, version: members[i].candidate.version, fit: members[i].fit },
      ...{ parts: covered.length, gain: share - (bundle.steps[i - 1]?.share ?? 0), share },
    })),
    ...{ parts: rows.length, share, bestSingle },
    uncovered: uncovered.length === 0 ? null : uncoveredOf(target, uncovered, rows),
    route: covering.map((places, part) => nearestOf(members, places, part)),
    covering,
  }
}

function placesWhere(members: readonly PartCoverage[], holds: (member: PartCoverage) => boolean): number[] {
  return Array.from(members.keys()).filter(place => holds(members[place]))
}

function nearestOf(members: readonly PartCoverage[], covering: readonly number[], part: number): number {
  const places = covering.length > 0 ? covering : [...members.keys()]
  const distance = (place: number) => members[place].nearest[part]
  return places.reduce((best, place) => (best < 0 || distance(place) < distance(best) ? place : best), -1)
}

function uncoveredOf(target: Sketch, parts: readonly number[], rows: readonly number[]) {
  const count = parts.reduce((sum, part) => sum + rows[part], 0)
  return { parts: parts.length, rows: count, features: partFeatures(target, parts) }
}
