import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headerDelimiter, headerNames, isHeaderOpen } from '../../src/readers/csv-header.ts'

describe('headerDelimiter', () => {
  it.each([
    ['a,b,c', ','],
    ['a;b;c', ';'],
    ['a\tb', '\t'],
    ['a|b', '|'],
    ['alone', ','],
    ['"a,b,c";d', ';'],
    ['a;b,c', ','],
  ])('%j: %j', (header, delimiter) => {
    expect(headerDelimiter(header)).toBe(delimiter)
  })
})

describe('headerNames', () => {
  it('unquotes as RFC 4180 does', () => {
    expect(headerNames('a,"b, ""c""",d "e", f', ',')).toEqual(['a', 'b, "c"', 'd "e"', ' f'])
  })

  it('names what has no name', () => {
    expect(headerNames(',a,', ',')).toEqual(['column0', 'a', 'column2'])
  })

  it('reads back whatever names are quoted', () => {
    const names = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(names, fc.constantFrom(',', ';', '\t', '|'), (written, delimiter) => {
        const header = written.map(name => `"${name.replaceAll('"', '""')}"`).join(delimiter)
        expect(headerNames(header, delimiter)).toEqual(written)
        expect(isHeaderOpen(header)).toBe(false)
      }),
    )
  })
})

describe('isHeaderOpen', () => {
  it('is open while a quote is', () => {
    expect(isHeaderOpen('a,"b')).toBe(true)
    expect(isHeaderOpen('a,"b\nc"')).toBe(false)
  })
})
