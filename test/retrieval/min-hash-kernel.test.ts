import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { affineMinHash, affinePermutations, hasSimdKernel, minHashSigner } from '../../src/retrieval/index.ts'

afterEach(() => vi.unstubAllGlobals())

const arbitraryHashes = fc
  .array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 70 })
  .map(values => Uint32Array.from(values))

describe('the SIMD kernel', () => {
  it('runs on every Node.js this package supports', () => {
    expect(hasSimdKernel()).toBe(true)
  })

  it('signs as plain TypeScript does, bit for bit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.array(arbitraryHashes, { minLength: 1, maxLength: 4 }),
        (count, seed, sets) => {
          const permutations = affinePermutations(count, seed)
          const sign = minHashSigner(permutations)
          for (const hashes of sets) expect(sign(hashes)).toEqual(affineMinHash(permutations, hashes))
        },
      ),
    )
  })

  it('does so when a set outgrows its memory, and for a smaller one after it', () => {
    const permutations = affinePermutations(24, 5)
    const sign = minHashSigner(permutations)
    for (const size of [10, 100_001, 0, 3]) {
      const hashes = Uint32Array.from({ length: size }, (_, i) => Math.imul(i + 1, 0x9e3779b1))
      expect(sign(hashes)).toEqual(affineMinHash(permutations, hashes))
    }
  })

  it.each([
    ['no WebAssembly', undefined],
    ['WebAssembly without SIMD', { validate: () => false }],
  ])('gives way to plain TypeScript where there is %s', (_, platform) => {
    vi.stubGlobal('WebAssembly', platform)
    expect(hasSimdKernel()).toBe(false)
    const permutations = affinePermutations(16, 1)
    const hashes = Uint32Array.of(1, 2, 3)
    expect(minHashSigner(permutations)(hashes)).toEqual(affineMinHash(permutations, hashes))
  })

  it('is what its source compiles to (npm run wasm)', () => {
    const script = fileURLToPath(new URL('../../scripts/build-wasm.mjs', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
