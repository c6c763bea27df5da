import { describe, expect, it } from 'vitest'
import type { RetrievalEngine } from '../../src/retrieval/index.ts'

/** An engine of src/retrieval over some entries, with questions whose full answers are known. */
export interface RetrievalCase<Query> {
  readonly engine: RetrievalEngine<number, Query>
  readonly entries: number
  readonly queries: readonly Query[]
  /** Every entry that passes the engine's threshold, with its exact value, found by comparing all. */
  oracle(query: Query): ReadonlyMap<number, number>
  readonly better: 'smaller' | 'greater'
  /** Share of all true answers that the engine must find at its seed. */
  readonly recall: number
}

/** What every engine keeps: it invents nothing, gives exact values, says what it cost, and states its recall. */
export function retrievalContract<Query>(name: string, make: () => RetrievalCase<Query>): void {
  describe(`${name} keeps the contract of a retrieval engine:`, () => {
    const { engine, entries, queries, oracle, better, recall } = make()
    const answers = queries.map(query => ({ query, truth: oracle(query), answer: engine.query(query) }))

    it('what it finds is true, with the exact value, each key once', () => {
      for (const { truth, answer } of answers) {
        for (const { key, value } of answer.found) expect(value).toBe(truth.get(key))
        expect(new Set(answer.found.map(({ key }) => key)).size).toBe(answer.found.length)
      }
    })

    it(`it finds at least ${recall} of what is there`, () => {
      const expected = answers.reduce((sum, { truth }) => sum + truth.size, 0)
      const met = answers.reduce((sum, { answer }) => sum + answer.found.length, 0)
      expect(expected).toBeGreaterThan(queries.length)
      expect(expected).toBeLessThan(queries.length * entries)
      expect(met / expected).toBeGreaterThanOrEqual(recall)
    })

    it('the best come first', () => {
      const sign = better === 'smaller' ? 1 : -1
      for (const { answer } of answers) {
        const values = answer.found.map(({ value }) => value)
        expect(values).toEqual([...values].sort((a, b) => sign * (a - b)))
      }
    })

    it('it counts its work', () => {
      expect(engine.size).toBe(entries)
      for (const { answer } of answers) {
        expect(answer.work.stored).toBe(entries)
        expect(answer.work.lookups).toBeGreaterThan(0)
        expect(answer.work.compared).toBeGreaterThanOrEqual(answer.found.length)
        expect(answer.work.compared).toBeLessThanOrEqual(entries)
      }
    })

    it('asking changes nothing', () => {
      for (const { query, answer } of answers) expect(engine.query(query)).toEqual(answer)
    })
  })
}
