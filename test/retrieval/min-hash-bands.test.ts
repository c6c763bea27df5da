import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { estimatedJaccard } from '../../src/divergence/index.ts'
import { affinePermutations, MinHashBands, minHashSigner } from '../../src/retrieval/index.ts'
import { caughtCode } from '../caught-code.ts'
import { peer } from './peer.ts'

const { sets, threshold, found } = peer.index
const sign = minHashSigner(affinePermutations(128, 1))
const signatures = sets.map(elements => sign(Uint32Array.from(elements)))

function bandsOf(options: Partial<ConstructorParameters<typeof MinHashBands>[0]> = {}): MinHashBands<number> {
  const bands = new MinHashBands<number>({ threshold, ...options })
  signatures.forEach((signature, key) => bands.insert(key, signature))
  return bands
}

describe('MinHashBands', () => {
  it('is worked by hand: a band in common makes a candidate, the whole signature decides', () => {
    const bands = new MinHashBands<string>({ threshold: 0.5, length: 4, shape: { bands: 2, values: 2 } })
    bands.insert('half', Uint32Array.of(1, 2, 8, 8))
    bands.insert('most', Uint32Array.of(1, 2, 3, 8))
    bands.insert('summed', Uint32Array.of(2, 1, 4, 3))
    expect(bands.candidates(Uint32Array.of(1, 2, 3, 4)).sort()).toEqual(['half', 'most'])
    expect(bands.query(Uint32Array.of(1, 2, 3, 4))).toEqual({
      found: [{ key: 'most', value: 0.75 }],
      work: { stored: 3, lookups: 2, compared: 2 },
    })
  })

  it('has the candidates of datasketch’s MinHashLSH', () => {
    const bands = bandsOf()
    signatures.forEach((signature, i) => {
      expect(bands.candidates(signature).sort((a, b) => a - b)).toEqual(found[i])
    })
  })

  it('finds what all pairs find, when a band is one value, and nothing else', () => {
    const bands = bandsOf({ shape: { bands: 128, values: 1 } })
    signatures.forEach(signature => {
      const expected = signatures
        .map((other, key) => ({ key, value: estimatedJaccard(other, signature) }))
        .filter(({ value }) => value > threshold)
        .sort((a, b) => b.value - a.value)
      expect(bands.query(signature).found).toEqual(expected)
    })
  })

  it('forgets what is removed and nothing else', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: sets.length - 1 })), removed => {
        const [bands, rest] = [bandsOf(), new MinHashBands<number>({ threshold })]
        for (const key of removed) expect(bands.remove(key)).toBe(true)
        signatures.forEach((one, key) => !removed.includes(key) && rest.insert(key, one))
        expect(bands.query(signatures[0])).toEqual(rest.query(signatures[0]))
        expect(bands.size).toBe(rest.size)
      }),
      { numRuns: 20 },
    )
    expect(bandsOf().remove(1000)).toBe(false)
  })

  it('finds no set without elements', () => {
    const bands = new MinHashBands<number>({ threshold: 0 })
    bands.insert(0, sign(Uint32Array.of()))
    expect(bands.query(sign(Uint32Array.of())).found).toEqual([])
  })

  it('refuses a key twice, another length and a threshold that is no share', () => {
    expect(caughtCode(() => bandsOf().insert(0, signatures[0]))).toBe('USAGE')
    expect(caughtCode(() => bandsOf().insert(99, new Uint32Array(64)))).toBe('SHAPE')
    expect(caughtCode(() => bandsOf().query(signatures[0].subarray(0, 127)))).toBe('SHAPE')
    expect(caughtCode(() => new MinHashBands({ threshold: 2 }))).toBe('OUT_OF_RANGE')
  })
})
