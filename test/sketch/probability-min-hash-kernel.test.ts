import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainProbabilityMinHash, SIGNATURE_LENGTH } from '../../src/sketch/min-hash.ts'
import { simdProbabilityMinHash } from '../../src/sketch/probability-min-hash-kernel.ts'
import { golden } from '../golden-file.ts'

interface Golden {
  readonly cases: readonly { seed: number; elements: number[]; weights: number[]; probability: number[] }[]
}

const simd = simdProbabilityMinHash()!
const length = SIGNATURE_LENGTH
const weight = fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 1e-300, max: 1e300, noNaN: true }))
const arbitrarySet = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), weight), { maxLength: 50 })
  .map(pairs => ({
    elements: Uint32Array.from(pairs, ([element]) => element),
    weights: Float64Array.from(pairs, ([, one]) => one),
  }))

describe('the SIMD kernel of P-MinHash', () => {
  it('signs as Python does', () => {
    for (const { seed, elements, weights, probability } of golden<Golden>('signatures.json').cases) {
      const signed = simd(Uint32Array.from(elements), Float64Array.from(weights), { seed, length })
      expect(Array.from(signed)).toEqual(probability)
    }
  })

  it('signs as plain TypeScript does, bit for bit', () => {
    fc.assert(
      fc.property(arbitrarySet, fc.integer({ min: 0, max: 2 ** 26 }), (set, seed) => {
        expect(simd(set.elements, set.weights, { seed, length })).toEqual(plainProbabilityMinHash(set, seed))
      }),
    )
  })

  it('does so when a set outgrows its memory, and for smaller ones after it', () => {
    for (const size of [3, 10_001, 0, 6]) {
      const elements = Uint32Array.from({ length: size }, (_, i) => Math.imul(i + 1, 0x9e3779b1))
      const weights = Float64Array.from({ length: size }, (_, i) => 1 + (i % 7))
      expect(simd(elements, weights, { seed: 4, length })).toEqual(plainProbabilityMinHash({ elements, weights }, 4))
    }
  })
})
