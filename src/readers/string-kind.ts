/** Values of a string column that its kind is told from. */
export const STRING_SAMPLE_VALUES = 10_000

/** Text has on average more words than this. */
const TEXT_WORDS = 3

/** What has been seen of a string column so far. */
export interface StringTally {
  values: number
  words: number
  readonly distinct: Set<string>
}

/** A tally that has seen nothing. */
export function emptyTally(): StringTally {
  return { values: 0, words: 0, distinct: new Set() }
}

/** True once a tally has seen STRING_SAMPLE_VALUES values: it takes no more. */
export function isTallyFull(tally: StringTally): boolean {
  return tally.values >= STRING_SAMPLE_VALUES
}

/** Adds values to a tally until it is full; null stands for missing and is passed over. */
export function addToTally(tally: StringTally, values: readonly (string | null)[]): void {
  for (const value of values) {
    if (isTallyFull(tally)) return
    if (value === null) continue
    tally.values++
    tally.words += value.match(/\S+/g)?.length ?? 0
    tally.distinct.add(value)
  }
}

/**
 * The kind of a string column: text when the mean number of words (runs of characters other than white space) is above
 * 3 and more than half of the values are distinct, else categorical. A column without a value is categorical.
 */
export function stringKind(tally: StringTally): 'categorical' | 'text' {
  const isText = tally.words > TEXT_WORDS * tally.values && tally.distinct.size > tally.values / 2
  return isText ? 'text' : 'categorical'
}
