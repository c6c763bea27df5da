import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mix32, stringHash } from '../../src/sketch/string-hash.ts'
import { golden } from '../golden-file.ts'

describe('stringHash', () => {
  it('is MurmurHash3 of the UTF-8 bytes', () => {
    const { cases } = golden<{ cases: [string, number, number][] }>('string-hash.json')
    for (const [text, seed, hash] of cases) expect([text, seed, stringHash(text, seed)]).toEqual([text, seed, hash])
  })

  it('has the published value of a pangram', () => {
    expect(stringHash('The quick brown fox jumps over the lazy dog', 0x9747b28c)).toBe(0x2fa826cd)
  })
})

describe('mix32', () => {
  it('keeps 0 and takes no two numbers to the same one', () => {
    expect(mix32(0)).toBe(0)
    const unsigned = fc.nat(0xffffffff)
    fc.assert(fc.property(unsigned, unsigned, (a, b) => (mix32(a) === mix32(b)) === (a === b)))
  })
})
