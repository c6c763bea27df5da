import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { estimatedJaccard, jaccard, probabilityJaccard } from '../../src/divergence/index.ts'
import {
  consistentWeightedSampler,
  EMPTY_SIGNATURE_VALUE,
  probabilityMinHash,
  SIGNATURE_LENGTH,
  type WeightedElements,
} from '../../src/sketch/min-hash.ts'
import { golden } from '../golden-file.ts'

const consistentWeightedSampling = (set: WeightedElements, seed: number) => consistentWeightedSampler(seed)(set)

/** Two weighted sets over 40 elements, some of them on one side alone. */
function pairOfSets(seed: number): { x: Float64Array; y: Float64Array } {
  const random = seededRandom(seed)
  const [common, steep] = [random(), 1 + 20 * random()]
  const weight = () => Math.ceil(steep * random() ** 3 * 10)
  const pairs = Array.from({ length: 40 }, () => {
    const both = random() < common
    const [a, b] = [weight(), weight()]
    return both ? [a, a + Math.round(random() * b)] : random() < 0.5 ? [a, 0] : [0, b]
  })
  return { x: Float64Array.from(pairs, ([a]) => a), y: Float64Array.from(pairs, ([, b]) => b) }
}

const weighted = (weights: Float64Array, offset: number) => {
  const present = Uint32Array.from(weights.keys()).filter(i => weights[i] > 0)
  return { elements: present.map(i => i * 977 + offset), weights: Float64Array.from(present, i => weights[i]) }
}

/** Mean of the estimates over seeds of the signature, and its standard error. */
function estimate(
  sign: typeof probabilityMinHash,
  { x, y }: { x: Float64Array; y: Float64Array },
  truth: number,
): { mean: number; error: number } {
  const seeds = 8
  let sum = 0
  for (let seed = 0; seed < seeds; seed++) {
    sum += estimatedJaccard(sign(weighted(x, 3), seed * 31), sign(weighted(y, 3), seed * 31))
  }
  return { mean: sum / seeds, error: Math.sqrt((truth * (1 - truth)) / (seeds * SIGNATURE_LENGTH)) }
}

interface Golden {
  readonly cases: readonly {
    seed: number
    elements: number[]
    weights: number[]
    probability: number[]
    consistent: number[]
  }[]
}

describe('signatures', () => {
  it('are those that docs/sketch-format.md describes, in Python', () => {
    for (const { seed, elements, weights, probability, consistent } of golden<Golden>('signatures.json').cases) {
      const set = { elements: Uint32Array.from(elements), weights: Float64Array.from(weights) }
      expect(Array.from(probabilityMinHash(set, seed))).toEqual(probability)
      expect(Array.from(consistentWeightedSampling(set, seed))).toEqual(consistent)
    }
  })
})

describe.each([
  ['probabilityMinHash', probabilityMinHash, probabilityJaccard],
  ['consistentWeightedSampler', consistentWeightedSampling, jaccard],
])('%s', (_, sign, exact) => {
  it('estimates the exact similarity within 4 standard errors, in 30 seeded cases', () => {
    for (let seed = 0; seed < 30; seed++) {
      const sets = pairOfSets(seed)
      const truth = exact(sets.x, sets.y)
      const { mean, error } = estimate(sign, sets, truth)
      expect(Math.abs(mean - truth)).toBeLessThanOrEqual(4 * error)
    }
  })

  it('does not depend on the order of the elements', () => {
    const { elements, weights } = weighted(pairOfSets(1).x, 0)
    const backwards = { elements: elements.slice().reverse(), weights: weights.slice().reverse() }
    expect(sign(backwards, 0)).toEqual(sign({ elements, weights }, 0))
  })

  it('has the empty value everywhere for a set without elements', () => {
    const signature = sign({ elements: new Uint32Array(0), weights: new Float64Array(0) }, 0)
    expect(signature).toEqual(new Uint32Array(SIGNATURE_LENGTH).fill(EMPTY_SIGNATURE_VALUE))
  })

  it('changes with the seed', () => {
    const set = weighted(pairOfSets(2).x, 0)
    expect(sign(set, 0)).not.toEqual(sign(set, 1))
  })
})

describe('scale', () => {
  it('does not change the probability signature', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { elements, weights } = weighted(pairOfSets(seed).x, 0)
      const scaled = { elements, weights: weights.map(weight => weight * 64) }
      expect(probabilityMinHash(scaled, seed)).toEqual(probabilityMinHash({ elements, weights }, seed))
    }
  })

  it('shrinks the multiset similarity to the ratio of the sizes', () => {
    const { x } = pairOfSets(3)
    const sets = { x, y: x.map(weight => weight * 4) }
    const { mean, error } = estimate(consistentWeightedSampling, sets, 0.25)
    expect(Math.abs(mean - 0.25)).toBeLessThanOrEqual(4 * error)
  })

  it('lets a set of one element be that element', () => {
    const one = { elements: Uint32Array.of(77), weights: Float64Array.of(0.3) }
    expect(new Set(probabilityMinHash(one, 0))).toEqual(new Set([77]))
  })
})
