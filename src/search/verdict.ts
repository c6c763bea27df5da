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

/** The candidates in the order that looks at no data: by the accuracy their cards state, unknown ones last. */
export function sourceAccuracyOrder(ranked: readonly ScoredCandidate[]): readonly string[] {
  const accuracy = ({ candidate }: ScoredCandidate) => candidate.sourceAccuracy ?? -1
  return [...ranked]
    .sort((a, b) => accuracy(b) - accuracy(a) || (a.candidate.name < b.candidate.name ? -1 : 1))
    .map(({ candidate }) => candidate.name)
}

/** Judges a search: does anything fit, and did the data matter? */
export function verdictOf(outcome: SearchOutcome, blindOrder: readonly string[]): Verdict {
  const { ranked, withoutOverlap, pastLimits } = outcome
  if (ranked.length === 0) {
    const message =
      withoutOverlap + pastLimits === 0
        ? 'Nothing fits: the hub has no models.'
        : `Nothing fits: ${withoutOverlap} models share too few features with the target, ${pastLimits} lie past the limits set.`
    return { code: 'nothing-fits', dataChangedFirst: false, message }
  }
  const [first] = ranked
  const dataChangedFirst = first.candidate.name !== blindOrder[0]
  if (ranked.every(({ evidence }) => evidence.coverage === 0)) {
    const message =
      `Nothing fits: no partition of the target looks like one that any model was trained on. ` +
      `${first.candidate.name} comes nearest.`
    return { code: 'nothing-fits', dataChangedFirst, message }
  }
  return {
    code: 'ranked',
    dataChangedFirst,
    message: `${first.candidate.name} fits best${besideStated(ranked, blindOrder)}`,
  }
}

/** How the first place stands beside the one by stated accuracy. */
function besideStated([first, ...others]: readonly ScoredCandidate[], [blindFirst]: readonly string[]): string {
  if ([first, ...others].every(({ candidate }) => candidate.sourceAccuracy === null)) {
    return '. No card states an accuracy to compare with.'
  }
  return first.candidate.name === blindFirst
    ? ', and has the best stated accuracy too.'
    : `. By stated accuracy alone it would have been ${blindFirst}.`
}
