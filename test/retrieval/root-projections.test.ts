import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairwiseSquaredHellinger } from '../../src/divergence/index.ts'
import {
  featureProjections,
  pStableHashes,
  rootDimensions,
  rootPlaces,
  summedPlaces,
} from '../../src/retrieval/index.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'

const shape = { bands: 3, values: 4 }
const width = 1.3

describe('rootPlaces', () => {
  it('is worked by hand for one feature of two bins', () => {
    const block = blockOf([[[0.25, 0.75]]])
    const hashes = pStableHashes({ dimensions: rootDimensions(block), shape, width, seed: 1 })
    const places = rootPlaces(hashes, block, { partition: 0, features: Uint32Array.of(0), side: 'source' })
    const { directions, shifts } = hashes
    for (let h = 0; h < 12; h++) {
      const product = 0.5 * directions[h] + Math.fround(Math.sqrt(0.75)) * directions[12 + h]
      expect(places[h]).toBeCloseTo((product + shifts[h]) / width, 12)
    }
  })

  it('puts partitions as far apart as their squared Hellinger distance says, those that lack features too', () => {
    const many = { bands: 3000, values: 1 }
    fc.assert(
      fc.property(arbitraryBlocks(), ({ source, target }) => {
        const features = allFeatures(source)
        const hashes = pStableHashes({ dimensions: rootDimensions(source), shape: many, width, seed: 2 })
        const p = rootPlaces(hashes, source, { partition: 0, features, side: 'source' })
        const q = rootPlaces(hashes, target, { partition: 0, features, side: 'target' })
        const square = p.reduce((sum, place, h) => sum + ((place - q[h]) * width) ** 2, 0) / 3000
        const expected = 2 * pairwiseSquaredHellinger(source, target, features)[0]
        // The mean of 3000 squared normal numbers of that variance: five standard errors.
        expect(Math.abs(square - expected)).toBeLessThan(5 * expected * Math.sqrt(2 / 3000) + 1e-6)
      }),
      { numRuns: 30 },
    )
  })
})

describe('featureProjections', () => {
  it('sum to the places of any set of features', () => {
    const subset = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(
        arbitraryBlocks(),
        subset,
        fc.constantFrom('source' as const, 'target' as const),
        (blocks, keep, side) => {
          const { source } = blocks
          const features = allFeatures(source).filter(f => keep[f])
          const hashes = pStableHashes({ dimensions: rootDimensions(source), shape, width, seed: 3 })
          const kept = featureProjections(hashes, source)
          for (let partition = 0; partition < source.partitions; partition++) {
            const direct = rootPlaces(hashes, source, { partition, features, side })
            const summed = summedPlaces(hashes, kept, { partition, features, side })
            summed.forEach((place, h) => expect(Math.abs(place - direct[h])).toBeLessThan(1e-5))
          }
        },
      ),
    )
  })
})
