import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom, type Random } from '../../src/common/random.ts'
import {
  blockShortlist,
  codeCandidate,
  DEFAULT_PARAMETERS,
  domainBlock,
  searchDomains,
  type Candidate,
  type DomainCandidates,
  type IndexedDomain,
} from '../../src/search/index.ts'
import { candidateOf, domainOf, signatureOf, sketchOf, type Counts, type HandMade } from './hand-made.ts'

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f']
const PARAMETERS = { ...DEFAULT_PARAMETERS, metric: 'js' } as const
const FIRST = { ...PARAMETERS, most: 1, over: 'shared' } as const

test('the shortlist by hand: the nearest, and whoever ties with it', () => {
  const domain = domainOf('a')
  const candidates = (
    [
      [10, 0],
      [0, 10],
      [9, 1],
      [10, 0],
    ] as const
  ).map((a, i) => candidateOf(domain, `x/m${i}`, { whole: { a } }))
  const shortlist = blockShortlist(sketchOf({ whole: { a: [20, 0] } }), indexOf({ domain, candidates }), FIRST)
  expect([...shortlist.candidates]).toEqual([0, 3])
  expect([...shortlist.overlapping]).toEqual([0, 1, 2, 3])
})

test('few rows do not count against a candidate where rows are given', () => {
  const domain = domainOf('a')
  const candidates = (
    [
      [10, 0],
      [9, 1],
    ] as const
  ).map((a, i) => candidateOf(domain, `x/m${i}`, { whole: { a } }))
  const shortlist = (rows: readonly number[]) => {
    const options = { ...FIRST, over: 'all', rows: Uint32Array.from(rows) } as const
    return [...blockShortlist(sketchOf({ whole: { a: [20, 0] } }), indexOf({ domain, candidates }), options).candidates]
  }
  // The second diverges by .036; one and a half floors of 4 rows and two bins are .047.
  expect(shortlist([10_000, 10_000])).toEqual([0])
  expect(shortlist([10_000, 4])).toEqual([1])
})

test('a target without enough features of the domain has no shortlist', () => {
  const domain = domainOf('a')
  const candidates = [candidateOf(domain, 'x/m', { whole: { a: [1, 2] } })]
  const target = sketchOf({ whole: { a: [1, 2], z: [1, 2] } })
  const shortlist = blockShortlist(target, indexOf({ domain, candidates }), FIRST)
  expect(shortlist).toEqual({ candidates: new Uint32Array(0), overlapping: new Uint32Array(0) })
})

test('a target, or a model, with a feature without values is left to the exact engine', () => {
  const domain = domainOf('a')
  const candidates = (
    [
      [10, 0],
      [0, 0],
      [0, 10],
    ] as const
  ).map((a, i) => candidateOf(domain, `x/m${i}`, { whole: { a } }))
  const index = indexOf({ domain, candidates })
  const shortlist = (a: Counts) => [...blockShortlist(sketchOf({ whole: { a } }), index, FIRST).candidates]
  expect(shortlist([0, 0])).toEqual([0, 1, 2])
  expect(shortlist([9, 0])).toEqual([0, 1])
})

test('ranks as the exact engine does: missing, extra, renamed and shuffled columns, models of any features', () => {
  const drawn = fc.record({
    seed: fc.integer(),
    models: fc.integer({ min: 1, max: 60 }),
    most: fc.integer({ min: 1, max: 8 }),
    t1: fc.constantFrom(0, 0.3, 0.5, 0.9),
  })
  fc.assert(
    fc.property(drawn, ({ seed, models, most, t1 }) => {
      const random = seededRandom(seed)
      const domains = [domainOf(...NAMES), domainOf('b', 'c', 'x', 'y')].map(domain => {
        const names = domain.slots.map(({ name }) => name)
        const candidates = Array.from({ length: models }, (_, i) =>
          candidateOf(domain, `x/m${i}of${names.length}`, {
            whole: countsOf(
              random,
              names.filter(() => random() < 0.8),
              names[0],
            ),
          }),
        )
        return { domain, candidates }
      })
      const target = sketchOf(targetOf(random))
      const parameters = { ...PARAMETERS, t1 }
      const shortlisted = domains.map(({ domain, candidates }) => {
        const options = { ...parameters, most, over: 'shared' } as const
        const shortlist = blockShortlist(target, indexOf({ domain, candidates }), options).candidates
        return { domain, candidates: Array.from(shortlist, i => candidates[i]) }
      })
      expect(firstOf(searchDomains(target, shortlisted, parameters).ranked, most)).toEqual(
        firstOf(searchDomains(target, domains, parameters).ranked, most),
      )
    }),
    { numRuns: 200 },
  )
})

function firstOf(ranked: ReturnType<typeof searchDomains>['ranked'], most: number) {
  return ranked.slice(0, most).map(({ candidate, score, evidence }) => ({ name: candidate.name, score, evidence }))
}

function indexOf({ domain, candidates }: DomainCandidates): IndexedDomain {
  const block = domainBlock(domain)
  const fine = candidates.map((candidate: Candidate) => {
    const coded = codeCandidate(block, candidate.columns, candidate.stored.blocks.whole.values)
    block.append(coded)
    return coded.fine
  })
  return { domain, block, fineCodes: candidate => fine[candidate] }
}

/** Some of the columns in any order, one renamed but with its values, one that no model has. */
function targetOf(random: Random): HandMade {
  const kept = NAMES.filter(() => random() < 0.8).sort(() => random() - 0.5)
  const renamed = kept.pop() ?? 'a'
  const whole = countsOf(
    random,
    [...kept, `${renamed}-renamed`, ...(random() < 0.5 ? ['extra'] : [])],
    `${renamed}-renamed`,
  )
  return { whole, signatures: { [`${renamed}-renamed`]: signatureOf(renamed) } }
}

function countsOf(random: Random, names: readonly string[], atLeast: string): Record<string, Counts> {
  const all = names.length > 0 ? names : [atLeast]
  return Object.fromEntries(
    all.map((name): [string, Counts] => {
      const low = Math.floor(101 * random())
      return [name, [low, 100 - low]]
    }),
  )
}
