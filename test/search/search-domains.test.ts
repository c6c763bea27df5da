import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PARAMETERS, searchDomains, type Candidate, type SearchParameters } from '../../src/search/index.ts'
import { candidateOf, domainOf, sketchOf, type Counts, type HandMade } from './hand-made.ts'

/** JS of (1, 0) and (½, ½): ½ ln 4⁄3 + ½ (½ ln 2⁄3 + ½ ln 2) = ¾ ln 4⁄3. */
const JS_HALF = 0.75 * Math.log(4 / 3)

const A = domainOf('a')
const LOW: HandMade = { whole: { a: [10, 0] } }
const EVEN: HandMade = { whole: { a: [5, 5] } }
const HIGH: HandMade = { whole: { a: [0, 10] } }

function search(target: HandMade, candidates: readonly Candidate[], given: Partial<SearchParameters> = {}, domain = A) {
  return searchDomains(sketchOf(target), [{ domain, candidates }], { ...DEFAULT_PARAMETERS, ...given })
}
const one = (target: HandMade, source: HandMade, given: Partial<SearchParameters> = {}, domain = A) =>
  search(target, [candidateOf(domain, 'x/m', source)], given, domain).ranked[0]
const names = (ranked: ReturnType<typeof search>['ranked']) => ranked.map(({ candidate }) => candidate.name)

describe('the evidence, by hand', () => {
  it('JS of the whole datasets', () => {
    expect(one(LOW, LOW).evidence.js).toBeCloseTo(0, 6)
    expect(one(LOW, EVEN).evidence.js).toBeCloseTo(JS_HALF, 5)
    expect(one(EVEN, LOW).evidence.js).toBeCloseTo(JS_HALF, 5)
    expect(one(LOW, HIGH).evidence.js).toBeCloseTo(Math.LN2, 5)
  })

  it('of several features is the mean of theirs', () => {
    const domain = domainOf('a', 'b')
    const target = { whole: { a: [10, 0], b: [10, 0] } } as const
    const source = { whole: { a: [5, 5], b: [0, 10] } } as const
    expect(one(target, source, {}, domain).evidence.js).toBeCloseTo((JS_HALF + Math.LN2) / 2, 5)
  })

  // Partitions of the source: two of low values, one of high ones; of the target: one low, one half and half.
  const source: HandMade = { whole: { a: [20, 10] }, random: [{ a: [10, 0] }, { a: [10, 0] }, { a: [0, 10] }] }
  const target: HandMade = { whole: { a: [40, 20] }, random: [{ a: [20, 0] }, { a: [20, 20] }] }

  it('adaptivity counts pairs per target partition, is not symmetric and passes 1 (Def. 2)', () => {
    // At .3: the low target part matches two of three, the mixed one all three. At .1: the low one two, the mixed none.
    expect(one(target, source, { threshold: 0.3 }).evidence.adaptivity).toBe(5 / 2)
    expect(one(source, target, { threshold: 0.3 }).evidence.adaptivity).toBe(5 / 3)
    expect(one(target, source, { threshold: 0.1 }).evidence.adaptivity).toBe(2 / 2)
    expect(one(source, target, { threshold: 0.1 }).evidence.adaptivity).toBe(2 / 3)
  })

  it('coverage is the share of target rows that match', () => {
    expect(one(target, source, { threshold: 0.3 }).evidence.coverage).toBe(1)
    expect(one(target, source, { threshold: 0.1 }).evidence.coverage).toBeCloseTo(20 / 60, 12)
    expect(one(source, target, { threshold: 0.1 }).evidence.coverage).toBeCloseTo(20 / 30, 12)
  })

  it('soft coverage takes the clustered partitions, the whole counts for fit alone', () => {
    const parts = { whole: { a: [10, 10] }, clustered: [{ a: [10, 0] }, { a: [0, 10] }] } as const
    const { evidence } = one({ whole: { a: [10, 0] } }, parts)
    expect(evidence.softCoverage).toBeCloseTo(1, 5)
    expect(evidence.js).toBeCloseTo(JS_HALF, 5)
    // Less what 20 rows in two bins add, (K − 1)/8m with K = 2 · 10/11.
    const wholeJs = JS_HALF - 9 / 11 / 160
    expect(evidence.corrected.wholeJs).toBeCloseTo(wholeJs, 5)
    expect(evidence.fit).toBeCloseTo((1 + 1 - wholeJs / Math.LN2) / 2, 5)
    const back = one(parts, { whole: { a: [10, 0] } }).evidence
    expect(back.softCoverage).toBeCloseTo(0.5, 5)
  })

  it('the auto threshold is 1.65 (B − 1)/8 · (1/m + 1/m) with m at most 100', () => {
    // B = 3 bins with the one for missing.
    expect(one(target, source).evidence.threshold).toBeCloseTo(1.65 * (2 / 8) * (1 / 10 + 1 / 30), 12)
    const large = { whole: { a: [500, 500] } } as const
    expect(one(large, large).evidence.threshold).toBeCloseTo(1.65 * (2 / 8) * (1 / 100 + 1 / 100), 12)
  })
})

describe('overlap (Def. 3)', () => {
  const domain = domainOf('a', 'b', 'c', 'd', 'x')
  const target = { whole: { a: [1, 1], b: [1, 1], c: [1, 1], d: [1, 1] } } as const
  const half = { whole: { a: [1, 1], b: [1, 1], x: [1, 1] } } as const

  it('is the share of the target’s features, and must be above t1', () => {
    const candidate = candidateOf(domain, 'x/half', half)
    expect(search(target, [candidate], {}, domain)).toEqual({ ranked: [], withoutOverlap: 1, pastLimits: 0 })
    const [found] = search(target, [candidate], { t1: 0.49 }, domain).ranked
    expect(found.evidence.overlap).toBe(0.5)
    const three = candidateOf(domain, 'x/three', { whole: { ...half.whole, c: [1, 1] } })
    expect(names(search(target, [candidate, three], {}, domain).ranked)).toEqual(['x/three'])
  })

  it('is not symmetric: 2 of 4 one way, 2 of 3 the other', () => {
    expect(one(half, target, {}, domain).evidence.overlap).toBeCloseTo(2 / 3, 12)
  })

  it('goes by distribution alone on request, above t2', () => {
    const signature = candidateOf(A, 'x/m', LOW).sketch!.features[0].signature.slice()
    const renamed = { whole: { other: [10, 0] }, signatures: { other: signature } } as const
    expect(one(renamed, LOW).evidence.overlap).toBe(1)
    expect(search(renamed, [candidateOf(A, 'x/m', LOW)], { match: 'name' }).withoutOverlap).toBe(1)
    signature.fill(0, 64)
    const half = { ...renamed, signatures: { other: signature } }
    expect(search(half, [candidateOf(A, 'x/m', LOW)]).withoutOverlap).toBe(1)
    expect(one(half, LOW, { t2: 0.49 }).evidence.overlap).toBe(1)
  })

  it('a feature that the model lacks counts as ln 2 in fit, not in JS', () => {
    const pair = domainOf('a', 'b')
    const wanted = { whole: { a: [10, 0], b: [10, 0] } } as const
    const perfectHalf = candidateOf(pair, 'x/half', { whole: { a: [10, 0] } })
    const fairBoth = candidateOf(pair, 'x/both', { whole: { a: [5, 5], b: [5, 5] } })
    const at = (metric: 'fit' | 'js') => search(wanted, [perfectHalf, fairBoth], { metric, t1: 0.4 }, pair).ranked
    expect(names(at('fit'))).toEqual(['x/both', 'x/half'])
    // What 10 rows in two bins of each feature add, (K − 1)/8m with K = 2 · 5/6, comes off the JS of the whole.
    expect(at('fit')[0].score).toBeCloseTo(1 - (JS_HALF - 4 / 6 / 80 / 2) / Math.LN2, 5)
    expect(at('fit')[1].score).toBeCloseTo(0.5, 6)
    expect(names(at('js'))).toEqual(['x/half', 'x/both'])
  })
})

describe('the order', () => {
  it('follows the metric: greater is better for fit, smaller for JS', () => {
    const candidates = [candidateOf(A, 'x/far', HIGH), candidateOf(A, 'x/near', LOW), candidateOf(A, 'x/half', EVEN)]
    const best = ['x/near', 'x/half', 'x/far']
    for (const metric of ['fit', 'js', 'kl', 'hellinger', 'l2', 'soft-coverage'] as const)
      expect(names(search(LOW, candidates, { metric }).ranked), metric).toEqual(best)
  })

  it('breaks ties by name, then by version, the newest first', () => {
    const tied = ['x/b', 'x/B', 'a/z', 'x/a'].map(name => candidateOf(A, name, LOW))
    const newer = candidateOf(A, 'x/a', LOW, { version: 2 })
    const { ranked } = search(LOW, [...tied, newer])
    expect(ranked.map(({ candidate: { name, version } }) => `${name}@${version}`)).toEqual([
      'a/z@1',
      'x/B@1',
      'x/a@2',
      'x/a@1',
      'x/b@1',
    ])
  })

  it('puts candidates without stated accuracy last, by name', () => {
    const given = { b: 0.5, c: null, d: 0.9, a: null }
    const candidates = Object.entries(given).map(([name, sourceAccuracy]) =>
      candidateOf(A, `x/${name}`, LOW, { sourceAccuracy }),
    )
    const { ranked } = search(LOW, candidates, { metric: 'source-accuracy' })
    expect(names(ranked)).toEqual(['x/d', 'x/b', 'x/a', 'x/c'])
    expect(ranked.map(({ score }) => score)).toEqual([0.9, 0.5, NaN, NaN])
  })
})

describe('the limits of Def. 4', () => {
  const candidates = [candidateOf(A, 'x/near', LOW), candidateOf(A, 'x/half', EVEN), candidateOf(A, 'x/far', HIGH)]

  it('leave a set of those with enough adaptivity, or JS small enough', () => {
    const adaptive = search(LOW, candidates, { threshold: 0.3, minAdaptivity: 1 })
    expect(names(adaptive.ranked)).toEqual(['x/near', 'x/half'])
    expect(adaptive.pastLimits).toBe(1)
    const close = search(LOW, candidates, { maxJs: 0.1 })
    expect(names(close.ranked)).toEqual(['x/near'])
    expect(close).toMatchObject({ pastLimits: 2, withoutOverlap: 0 })
    expect(search(LOW, candidates, { threshold: 0.3, minAdaptivity: 1.01 }).ranked).toEqual([])
  })

  it('include their own borders', () => {
    expect(names(search(LOW, candidates, { maxJs: Math.LN2 }).ranked)).toHaveLength(3)
    expect(names(search(LOW, candidates, { minAdaptivity: 0 }).ranked)).toHaveLength(3)
  })
})

describe('what must not change a ranking', () => {
  const features = ['a', 'b', 'c', 'd']
  const domain = domainOf(...features)
  const counts: fc.Arbitrary<Counts> = fc.integer({ min: 0, max: 40 }).map(low => [low, 40 - low] as const)
  const part = fc.record(Object.fromEntries(features.map(name => [name, counts])))
  const dataset = fc.record({
    whole: part,
    clustered: fc.array(part, { minLength: 1, maxLength: 3 }),
    random: fc.array(part, { minLength: 1, maxLength: 3 }),
  })
  const run = (target: HandMade, candidates: readonly Candidate[], match: 'both' | 'distribution') =>
    search(target, candidates, { match }, domain).ranked.map(({ candidate, score, evidence }) => ({
      name: candidate.name,
      score,
      evidence,
    }))

  it('the order of the candidates, the order of the columns, and names where matching goes by distribution', () => {
    const setting = fc.record({
      target: dataset,
      sources: fc.array(dataset, { minLength: 2, maxLength: 6 }),
      columns: fc.shuffledSubarray(features, { minLength: features.length }),
      seed: fc.nat(),
    })
    fc.assert(
      fc.property(setting, ({ target, sources, columns, seed }) => {
        const candidates = sources.map((source, i) => candidateOf(domain, `x/m${i}`, source))
        const expected = run(target, candidates, 'both')
        const from = seed % candidates.length
        expect(run(target, [...candidates.slice(from), ...candidates.slice(0, from)].reverse(), 'both')).toEqual(
          expected,
        )
        const reordered = (part: Readonly<Record<string, Counts>>, prefix: string) =>
          Object.fromEntries(columns.map(name => [`${prefix}${name}`, part[name]]))
        const changed = (prefix: string): HandMade => ({
          whole: reordered(target.whole, prefix),
          clustered: target.clustered.map(cells => reordered(cells, prefix)),
          random: target.random.map(cells => reordered(cells, prefix)),
          signatures: Object.fromEntries(
            sketchOf({ whole: target.whole }).features.map(({ name, signature }) => [`${prefix}${name}`, signature]),
          ),
        })
        expect(run(changed(''), candidates, 'both')).toEqual(expected)
        expect(run(changed('renamed '), candidates, 'distribution')).toEqual(expected)
      }),
      { numRuns: 100 },
    )
  })
})
