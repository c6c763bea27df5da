import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenize } from '../../src/sketch/tokenize.ts'

describe('tokenize', () => {
  it.each([
    ['The quick brown-fox', ['quick', 'brown', 'fox']],
    ['ÜBER 12,5 % größer', ['über', '12', '5', 'größer']],
    ['中文 слово', ['中文', 'слово']],
    ['it is the', []],
    ['', []],
    ['a_b red red', ['b', 'red', 'red']],
  ])('%s', (text, tokens) => {
    expect(tokenize(text)).toEqual(tokens)
  })

  it('does not tell capital from small letters, and finds its own tokens again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const tokens = tokenize(text)
        expect(tokenize(tokens.join(' '))).toEqual(tokens)
        expect(tokenize(text.toLowerCase())).toEqual(tokens)
      }),
    )
  })
})
