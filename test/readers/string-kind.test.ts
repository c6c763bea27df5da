import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addToTally, emptyTally, STRING_SAMPLE_VALUES, stringKind } from '../../src/readers/string-kind.ts'

function kindOf(values: readonly (string | null)[]): string {
  const tally = emptyTally()
  addToTally(tally, values)
  return stringKind(tally)
}

describe('stringKind', () => {
  it.each([
    ['few words', ['red', 'green', 'dark blue'], 'categorical'],
    ['exactly three words each', ['a b c', 'd e f'], 'categorical'],
    ['more than three on average', ['a b c', 'd e f g'], 'text'],
    ['many words, each value twice', ['a b c d', 'a b c d', 'e f g h', 'e f g h'], 'categorical'],
    ['many words, more than half distinct', ['a b c d', 'a b c d', 'e f g h'], 'text'],
    ['missing values do not count', [null, null, null, 'a b c d'], 'text'],
    ['blanks around and between', ['  a \t b\nc   d '], 'text'],
    ['nothing at all', [], 'categorical'],
  ])('%s', (_, values, kind) => {
    expect(kindOf(values)).toBe(kind)
  })

  it('looks at the first values only', () => {
    const words = Array.from({ length: STRING_SAMPLE_VALUES }, (_, i) => `w${i}`)
    const sentences = Array.from({ length: 2 * STRING_SAMPLE_VALUES }, (_, i) => `a sentence of five words ${i}`)
    expect(kindOf([...words, ...sentences])).toBe('categorical')
  })

  it('does not depend on how the values are cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.lorem({ maxCount: 6 }))), fc.nat(), (values, cut) => {
        const tally = emptyTally()
        addToTally(tally, values.slice(0, cut))
        addToTally(tally, values.slice(cut))
        expect(stringKind(tally)).toBe(kindOf(values))
      }),
    )
  })
})
