import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseRows } from '../../src/inputs/choose-rows.ts'

const countsOf = (labels: readonly (string | null)[]) => {
  const counts = new Map<string | null, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}
const repeated = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([label, count]) => Array<string>(count).fill(label))
const chosenCounts = (labels: readonly (string | null)[], sample: number, seed = 0) =>
  Object.fromEntries(countsOf([...chooseRows(labels.length, labels, { sample, seed })].map(row => labels[row])))

describe('rows', () => {
  it('are all, where all are wanted or there are no more', () => {
    expect([...chooseRows(3, undefined, { sample: 'all', seed: 1 })]).toEqual([0, 1, 2])
    expect([...chooseRows(3, ['a', 'b', null], { sample: 3, seed: 1 })]).toEqual([0, 1, 2])
    expect([...chooseRows(0, undefined, { sample: 5, seed: 1 })]).toEqual([])
  })

  it('are shared by largest remainder: 10 of 33 + 33 + 34 are 3, 3 and 4', () => {
    expect(chosenCounts(repeated({ a: 33, b: 33, c: 34 }), 10)).toEqual({ a: 3, b: 3, c: 4 })
  })

  it('are at least one of each class, at the cost of the largest', () => {
    expect(chosenCounts(repeated({ a: 97, b: 1, c: 2 }), 10)).toEqual({ a: 8, b: 1, c: 1 })
    expect(chosenCounts(repeated({ a: 97, b: 1, c: 1, d: 1 }), 4)).toEqual({ a: 1, b: 1, c: 1, d: 1 })
    expect(chosenCounts(repeated({ a: 97, b: 1, c: 1, d: 1 }), 3)).toEqual({ a: 3 })
  })

  it('are taken from the larger classes evenly: 5 and 5 give two each to four small ones', () => {
    const small = { c: 1, d: 1, e: 1, f: 1 }
    expect(chosenCounts(repeated({ a: 48, b: 48, ...small }), 10)).toEqual({ a: 3, b: 3, ...small })
    expect(chosenCounts(repeated({ a: 60, b: 36, ...small }), 10)).toEqual({ a: 3, b: 3, ...small })
    expect(chosenCounts(repeated({ a: 37, b: 59, ...small }), 8)).toEqual({ a: 2, b: 2, ...small })
  })

  it('of very many classes', () => {
    const labels = Array.from({ length: 300_000 }, (_, i) => String(i < 100_000 ? 0 : i))
    expect(chooseRows(labels.length, labels, { sample: 250_000, seed: 1 })).toHaveLength(250_000)
  })

  it('without a label are a class of their own', () => {
    expect(chosenCounts([...Array<null>(50).fill(null), ...Array<string>(50).fill('a')], 10)).toEqual({ a: 5, null: 5 })
  })

  it('are drawn evenly: each of 20 about as often, over 4,000 seeds', () => {
    const drawn = new Uint32Array(20)
    for (let seed = 0; seed < 4_000; seed++) {
      for (const row of chooseRows(20, undefined, { sample: 5, seed })) drawn[row]++
    }
    // Binomial(4000, 1/4): standard deviation 27.4; five of them.
    for (const count of drawn) expect(Math.abs(count - 1_000)).toBeLessThan(137)
  })

  it('are as many as wanted, ascending, within one of the proportional share or one, the same for a seed', () => {
    const labels = fc.array(fc.constantFrom('a', 'b', 'c', null), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(labels, fc.integer({ min: 1, max: 300 }), fc.integer(), (names, sample, seed) => {
        const chosen = [...chooseRows(names.length, names, { sample, seed })]
        expect(chosen).toEqual([...chooseRows(names.length, names, { sample, seed })])
        expect(chosen).toHaveLength(Math.min(sample, names.length))
        for (let i = 1; i < chosen.length; i++) expect(chosen[i]).toBeGreaterThan(chosen[i - 1])
        const counts = countsOf(names)
        const taken = countsOf(chosen.map(row => names[row]))
        if (sample < counts.size) return
        for (const [name, count] of counts) {
          const share = (chosen.length * count) / names.length
          expect(taken.get(name)).toBeGreaterThanOrEqual(Math.max(1, Math.floor(share) - 3))
          expect(taken.get(name)).toBeLessThanOrEqual(Math.max(1, Math.ceil(share)))
        }
      }),
    )
  })
})
