import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  adaptivity,
  bhattacharyya,
  coverage,
  estimatedJaccard,
  fit,
  jaccard,
  jensenShannon,
  kullbackLeibler,
  l2OfCentres,
  maximumMeanDiscrepancy,
  pairwiseBhattacharyya,
  pairwiseJensenShannon,
  pairwiseSquaredHellinger,
  type PartitionBlock,
  probabilityJaccard,
  softCoverage,
  squaredHellinger,
} from '../../src/divergence/index.ts'
import { arbitraryHistograms } from '../arbitrary-histogram.ts'
import { allFeatures, arbitraryBlocks, blockOf } from '../arbitrary-partition-block.ts'

type Measure = (a: number[], b: number[]) => number

/** Every symmetric measure of two vectors: its value for equal ones, and the end of its range for unlike ones. */
const MEASURES: readonly { name: string; measure: Measure; equal: number; unlike: number }[] = [
  { name: 'jensenShannon', measure: jensenShannon, equal: 0, unlike: Math.LN2 },
  { name: 'squaredHellinger', measure: squaredHellinger, equal: 0, unlike: 1 },
  { name: 'bhattacharyya', measure: bhattacharyya, equal: 1, unlike: 0 },
  { name: 'l2OfCentres', measure: l2OfCentres, equal: 0, unlike: Infinity },
  { name: 'maximumMeanDiscrepancy', measure: maximumMeanDiscrepancy, equal: 0, unlike: 4 },
  { name: 'jaccard', measure: jaccard, equal: 1, unlike: 0 },
  { name: 'probabilityJaccard', measure: probabilityJaccard, equal: 1, unlike: 0 },
  {
    name: 'estimatedJaccard',
    measure: (a, b) => estimatedJaccard(signatureOf(a), signatureOf(b)),
    equal: 1,
    unlike: 0,
  },
]

const PAIRWISE = [
  { name: 'pairwiseJensenShannon', pairwise: pairwiseJensenShannon },
  { name: 'pairwiseSquaredHellinger', pairwise: pairwiseSquaredHellinger },
  { name: 'pairwiseBhattacharyya', pairwise: pairwiseBhattacharyya },
]

/** Some integers that are equal where the numbers are. */
function signatureOf(values: number[]): Uint32Array {
  return Uint32Array.from(values, value => Math.floor(value * 1e6))
}

describe.each(MEASURES)('symmetric: $name', ({ measure, equal, unlike }) => {
  it('is symmetric', () => {
    const check = ([p, q]: number[][]) => {
      expect(measure(q, p)).toBeCloseTo(measure(p, q), 13)
    }
    fc.assert(fc.property(arbitraryHistograms(2), check), { seed: 1, numRuns: 300 })
  })

  it(`is ${equal} for equal sides`, () => {
    const check = ([p]: number[][]) => {
      expect(measure(p, [...p])).toBeCloseTo(equal, 13)
    }
    fc.assert(fc.property(arbitraryHistograms(1), check), { seed: 2, numRuns: 300 })
  })

  it('is not that for sides that differ', () => {
    expect(Math.abs(measure([0.5, 0.3, 0.2], [0.2, 0.3, 0.5]) - equal)).toBeGreaterThan(0.01)
  })

  it(`stays between ${equal} and ${unlike}`, () => {
    const check = ([p, q]: number[][]) => {
      expect(measure(p, q)).toBeGreaterThanOrEqual(Math.min(equal, unlike))
      expect(measure(p, q)).toBeLessThanOrEqual(Math.max(equal, unlike))
    }
    fc.assert(fc.property(arbitraryHistograms(2), check), { seed: 3, numRuns: 300 })
  })

  it('does not depend on the order of the bins', () => {
    const check = ([p, q]: number[][]) => {
      expect(measure(p.toReversed(), q.toReversed())).toBeCloseTo(measure(p, q), 12)
    }
    fc.assert(fc.property(arbitraryHistograms(2), check), { seed: 4, numRuns: 300 })
  })
})

describe.each(PAIRWISE)('$name', ({ pairwise }) => {
  it('is transposed, to the bit, when the sides are exchanged', () => {
    const check = ({ source, target }: { source: PartitionBlock; target: PartitionBlock }) => {
      const forth = pairwise(source, target, allFeatures(source))
      const back = pairwise(target, source, allFeatures(source))
      forth.forEach((value, pair) => {
        const [i, j] = [Math.floor(pair / target.partitions), pair % target.partitions]
        expect(back[j * source.partitions + i]).toBe(value)
      })
    }
    fc.assert(fc.property(arbitraryBlocks(), check), { seed: 5, numRuns: 200 })
  })
})

/** These are asymmetric by definition and stay out of the contract, by name; each shows it on one witness. */
describe('not symmetric, by definition', () => {
  const features = Uint32Array.of(0)
  const part = blockOf([[[1, 0]]])
  const whole = blockOf([[[1, 0]], [[0, 1]]])
  const toPart = pairwiseJensenShannon(whole, part, features)
  const toWhole = pairwiseJensenShannon(part, whole, features)
  const [one, two] = [Float64Array.of(100), Float64Array.of(100, 100)]

  it('kullbackLeibler', () => {
    expect(kullbackLeibler([0.5, 0.5], [0.9, 0.1])).not.toBeCloseTo(kullbackLeibler([0.9, 0.1], [0.5, 0.5]), 2)
  })

  it('adaptivity, which can exceed 1', () => {
    expect(adaptivity(toPart, 1, 0.1)).toBe(1)
    expect(adaptivity(toWhole, 2, 0.1)).toBe(0.5)
    const twice = pairwiseJensenShannon(blockOf([[[1, 0]], [[1, 0]]]), part, features)
    expect(adaptivity(twice, 1, 0.1)).toBe(2)
  })

  it('coverage, softCoverage and fit: the whole covers the part, not the other way round', () => {
    expect(coverage(toPart, one, 0.1)).toBe(1)
    expect(coverage(toWhole, two, 0.1)).toBe(0.5)
    expect(softCoverage(toPart, one)).toBeCloseTo(1, 12)
    expect(softCoverage(toWhole, two)).toBeCloseTo(0.5, 12)
    const parts = { wholeJs: jensenShannon([1, 0], [0.5, 0.5]), shared: 1, targetFeatures: 1 }
    const [ofPart, ofWhole] = [softCoverage(toPart, one), softCoverage(toWhole, two)]
    expect(fit({ ...parts, softCoverage: ofPart })).toBeGreaterThan(fit({ ...parts, softCoverage: ofWhole }))
  })
})
