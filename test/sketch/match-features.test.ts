import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchFeatures, SIGNATURE_LENGTH, type MatchableFeature } from '../../src/sketch/index.ts'

/** A signature that agrees with the one of another value in the first `shared` places. */
const signature = (value: number, shared = 0) =>
  Uint32Array.from({ length: SIGNATURE_LENGTH }, (_, k) => (k < shared ? 7 : value))
const feature = (name: string, signatures: Uint32Array[], type: MatchableFeature['type'] = 'numeric') => ({
  name,
  type,
  signatures,
})

describe('matchFeatures', () => {
  it('matches equal names first, the rest by distribution, the most similar pair first', () => {
    const features = [feature('a', [signature(1)]), feature('b', [signature(2, 80)]), feature('c', [signature(3, 100)])]
    const others = [feature('x', [signature(4, 128)]), feature('a', [signature(5)]), feature('y', [signature(2, 90)])]
    expect(matchFeatures(features, others)).toEqual([
      { partner: 1, by: 'name', jaccard: 0 },
      { partner: 2, by: 'distribution', jaccard: 118 / 128 },
      { partner: 0, by: 'distribution', jaccard: 100 / 128 },
    ])
  })

  it('keeps to one rule where one is asked for', () => {
    const features = [feature('a', [signature(7)]), feature('b', [signature(7)])]
    const others = [feature('b', [signature(7)])]
    const partners = (match: 'name' | 'distribution') =>
      matchFeatures(features, others, { match }).map(found => found?.partner)
    expect(partners('name')).toEqual([undefined, 0])
    expect(partners('distribution')).toEqual([0, undefined])
  })

  it('asks for more than t2', () => {
    const [a, b] = [[feature('a', [signature(1, 64)])], [feature('b', [signature(2, 64)])]]
    expect(matchFeatures(a, b)).toEqual([undefined])
    expect(matchFeatures(a, b, { t2: 0.49 })[0]?.jaccard).toBe(0.5)
  })

  it('does not match numbers with words, whatever their names and signatures', () => {
    const number = [feature('a', [signature(7)])]
    expect(matchFeatures(number, [feature('a', [signature(7)], 'categorical')])).toEqual([undefined])
    const words = [feature('a', [signature(7)], 'text')]
    expect(matchFeatures(words, [feature('a', [signature(7)], 'categorical')])[0]?.by).toBe('name')
  })

  it('takes the mean over several signatures, and none of empty ones', () => {
    const mean = matchFeatures([feature('a', [signature(7)])], [feature('b', [signature(7), signature(1, 64)])])
    expect(mean[0]?.jaccard).toBe(0.75)
    const empty = signature(0xffff_ffff)
    expect(matchFeatures([feature('a', [empty])], [feature('b', [empty])])).toEqual([undefined])
  })

  it('is one to one, and finds a feature itself', () => {
    const some = fc.uniqueArray(fc.record({ name: fc.string(), value: fc.nat(5) }), {
      selector: ({ name }) => name,
      maxLength: 12,
    })
    const made = (list: { name: string; value: number }[]) =>
      list.map(({ name, value }) => feature(name, [signature(value)]))
    fc.assert(
      fc.property(some, some, (a, b) => {
        const matches = matchFeatures(made(a), made(b)).filter(found => found !== undefined)
        expect(new Set(matches.map(({ partner }) => partner)).size).toBe(matches.length)
        expect(matchFeatures(made(a), made(a)).map(found => found?.partner)).toEqual([...a.keys()])
      }),
    )
  })
})
