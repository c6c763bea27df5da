import type { Candidate } from './candidate.ts'
import type { ScoredCandidate, SearchOutcome } from './search-domains.ts'

/** What a ranking amounts to. */
export interface Verdict {
  /** `nothing-fits`: no model shares enough features, or none covers any part of the target. */
  readonly code: 'ranked' | 'nothing-fits'
  /** Whether the target's data put another model first than the data-blind order does. */
  readonly dataChangedFirst: boolean
  /** The same in words. */
  readonly message: string
}

/** The best of a ranking, which a verdict looks at: no engine need compare more for it. */
export const JUDGED = 10

/** What the data-blind order looks at. */
export type StatedModel = Pick<Candidate, 'name' | 'version' | 'sourceAccuracy'>

/** Candidates in the order that looks at no data: by the accuracy their cards state, unknown ones last. */
export function sourceAccuracyOrder<Model extends StatedModel>(candidates: readonly Model[]): readonly Model[] {
  const accuracy = ({ sourceAccuracy }: Model) => sourceAccuracy ?? -1
  return [...candidates].sort((a, b) => accuracy(b) - accuracy(a) || (a.name < b.name ? -1 : 1))
}

/**
 * Judges a search: does anything fit, and did the data matter? Of the ranking only the first `JUDGED` are looked at.
 *
 * @param blindOrder all candidates that might be ranked, as `sourceAccuracyOrder` has them
 */
export function verdictOf(outcome: SearchOutcome, blindOrder: readonly StatedModel[]): Verdict {
  const { ranked, withoutOverlap, pastLimits } = outcome
  if (ranked.length === 0) {
    const message =
      withoutOverlap + pastLimits === 0
        ? 'Nothing fits: the hub has no models.'
        : `Nothing fits: ${withoutOverlap} models share too few features with the target, ${pastLimits} lie past the limits set.`
    return { code: 'nothing-fits', dataChangedFirst: false, message }
  }
  const [first] = ranked
  const dataChangedFirst = first.candidate.name !== blindOrder[0].name
  if (ranked.slice(0, JUDGED).every(({ evidence }) => evidence.coverage === 0)) {
    const message =
      `Nothing fits: no partition of the target looks like one that any model was trained on. ` +
      `${first.candidate.name} comes nearest.`
    return { code: 'nothing-fits', dataChangedFirst, message }
  }
  return {
    code: 'ranked',
    dataChangedFirst,
    message: `${first.candidate.name} fits best${besideStated(first, blindOrder)}`,
  }
}

/** How the first place stands beside the one by stated accuracy. */
function besideStated({ candidate }: ScoredCandidate, [blindFirst]: readonly StatedModel[]): string {
  if (blindFirst.sourceAccuracy === null) {
    return '. No card states an accuracy to compare with.'
  }
  return candidate.name === blindFirst.name
    ? ', and has the best stated accuracy too.'
    : `. By stated accuracy alone it would have been ${blindFirst.name}.`
}
