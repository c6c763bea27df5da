import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { OverlapSearch } from '../../src/retrieval/index.ts'
import { matchFeatures, type MatchableFeature } from '../../src/sketch/index.ts'
import { probabilityMinHash, SIGNATURE_LENGTH } from '../../src/sketch/min-hash.ts'
import { caughtCode } from '../caught-code.ts'

const LENGTH = SIGNATURE_LENGTH

/** A feature whose values are the numbers from `from` up, evenly. */
function feature(from: number, name = String(from)): MatchableFeature {
  const elements = Uint32Array.from({ length: 40 }, (_, i) => Math.imul(from + i, 0x9e3779b1))
  const weights = new Float64Array(elements.length).fill(1)
  return { name, type: 'numeric', signatures: [probabilityMinHash({ elements, weights }, 0)] }
}

describe('OverlapSearch', () => {
  it('is worked by hand: 2 of 4 features in common are an overlap of ½', () => {
    const search = new OverlapSearch<string>({ t1: 0.25 })
    search.insert('two of them', [feature(0), feature(1000), feature(9000)])
    search.insert('one of them', [feature(3000), feature(8000)])
    search.insert('none', [feature(7000)])
    const query = [feature(0), feature(1000), feature(2000), feature(3000)]
    expect(search.query(query).found).toEqual([{ key: 'two of them', value: 0.5 }])
    expect(search.remove('two of them')).toBe(true)
    expect(search.remove('two of them')).toBe(false)
    expect(search.query(query).found).toEqual([])
    expect(search.size).toBe(2)
  })

  it('counts a stored feature once, for two features that are both like it', () => {
    const search = new OverlapSearch<string>()
    search.insert('one', [feature(0)])
    expect(search.query([feature(0, 'a'), feature(1, 'b')]).found).toEqual([{ key: 'one', value: 0.5 }])
    expect(search.query([]).found).toEqual([])
  })

  it('finds what matching every dataset finds, at a recall of 97 % and a precision of 1', () => {
    const random = seededRandom(3)
    const place = () => 1000 * Math.floor(30 * random()) + Math.floor(12 * random())
    const datasets = Array.from({ length: 100 }, () => Array.from({ length: 8 }, () => feature(place())))
    const search = new OverlapSearch<number>({ t1: 0.4, t2: 0.6 })
    datasets.forEach((features, key) => search.insert(key, features))
    let [expected, met] = [0, 0]
    for (const query of datasets.slice(0, 25)) {
      const overlapOf = (other: readonly MatchableFeature[]) =>
        matchFeatures(query, other, { match: 'distribution', t2: 0.6 }).filter(Boolean).length / query.length
      const truth = new Map(datasets.map((other, key) => [key, overlapOf(other)] as const).filter(([, v]) => v > 0.4))
      const { found } = search.query(query)
      for (const { key, value } of found) expect(truth.get(key)).toBe(value)
      expected += truth.size
      met += found.length
    }
    expect(expected).toBeGreaterThan(30)
    expect(met / expected).toBeGreaterThanOrEqual(0.97)
  })

  it('refuses a key twice and a t1 that is no share', () => {
    const search = new OverlapSearch<string>({ shape: { bands: 4, values: LENGTH / 4 } })
    search.insert('one', [feature(0)])
    expect(caughtCode(() => search.insert('one', []))).toBe('USAGE')
    expect(caughtCode(() => new OverlapSearch({ t1: -1 }))).toBe('OUT_OF_RANGE')
  })
})
