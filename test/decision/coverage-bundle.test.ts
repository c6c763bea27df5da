import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageBundle, type Coverer } from '../../src/decision/index.ts'

const covers = (parts: number, ...covered: number[]) =>
  Array.from({ length: parts }, (_, part) => covered.includes(part))

describe('coverageBundle', () => {
  it('adds the model of most rows each time, ties to the first', () => {
    const models = [
      { name: 'a', covers: covers(5, 0, 1) },
      { name: 'b', covers: covers(5, 2) },
      { name: 'c', covers: covers(5, 1, 2) },
      { name: 'd', covers: covers(5, 1, 2) },
    ]
    expect(coverageBundle(models, [40, 10, 30, 15, 5])).toEqual({
      steps: [
        { name: 'a', gained: [0, 1], covered: [0, 1], share: 0.5 },
        { name: 'b', gained: [2], covered: [2], share: 0.8 },
      ],
      uncovered: [3, 4],
      share: 0.8,
      bestSingle: 0.5,
    })
  })

  it('is empty where nothing is covered', () => {
    const none = { steps: [], uncovered: [0, 1], share: 0, bestSingle: 0 }
    expect(coverageBundle([], [1, 2])).toEqual(none)
    expect(coverageBundle([{ name: 'a', covers: [false, false] }], [1, 2])).toEqual(none)
  })

  it('refuses parts that do not belong together, and no rows', () => {
    const refusal = (code: string) => expect.objectContaining({ code }) as Error
    expect(() => coverageBundle([{ name: 'a', covers: [true] }], [1, 2])).toThrow(refusal('SHAPE'))
    expect(() => coverageBundle([], [])).toThrow(refusal('OUT_OF_RANGE'))
    expect(() => coverageBundle([], [0])).toThrow(refusal('OUT_OF_RANGE'))
  })

  /** Up to six models over up to six parts of 1 to 9 rows. */
  const scene = fc.integer({ min: 1, max: 6 }).chain(parts =>
    fc.record({
      rows: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: parts, maxLength: parts }),
      models: fc
        .array(fc.array(fc.boolean(), { minLength: parts, maxLength: parts }), { maxLength: 6 })
        .map(all => all.map((own, i): Coverer => ({ name: `m${i}`, covers: own }))),
    }),
  )
  const rowsOf = (models: readonly Coverer[], rows: readonly number[]) =>
    rows.reduce((sum, n, part) => sum + (models.some(model => model.covers[part]) ? n : 0), 0)
  const subsets = (models: readonly Coverer[]) =>
    Array.from({ length: 2 ** models.length }, (_, mask) => models.filter((__, i) => (mask >> i) & 1))

  it('covers all that can be covered, with at most H(n) times as many models as the smallest cover', () => {
    fc.assert(
      fc.property(scene, ({ rows, models }) => {
        const { steps, uncovered } = coverageBundle(models, rows)
        const chosen = models.filter(({ name }) => steps.some(step => step.name === name))
        const most = rowsOf(models, rows)
        expect(rowsOf(chosen, rows)).toBe(most)
        expect(uncovered).toEqual([...rows.keys()].filter(part => !models.some(model => model.covers[part])))
        const smallest = Math.min(
          ...subsets(models)
            .filter(some => rowsOf(some, rows) === most)
            .map(some => some.length),
        )
        const n = Math.max(0, ...models.map(model => rowsOf([model], rows)))
        const harmonic = Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((sum, x) => sum + x, 0)
        expect(harmonic).toBeLessThanOrEqual(1 + Math.log(Math.max(1, n)))
        expect(steps.length).toBeLessThanOrEqual(harmonic * smallest + 1e-9)
      }),
    )
  })

  it('has k models that cover at least 1 − (1 − 1/k)^k of what the best k can', () => {
    fc.assert(
      fc.property(scene, ({ rows, models }) => {
        const all = rows.reduce((sum, n) => sum + n, 0)
        const { steps, bestSingle, share } = coverageBundle(models, rows)
        steps.forEach((step, i) => {
          const k = i + 1
          const best = Math.max(
            ...subsets(models)
              .filter(some => some.length <= k)
              .map(some => rowsOf(some, rows)),
          )
          expect(step.share * all).toBeGreaterThanOrEqual((1 - (1 - 1 / k) ** k) * best - 1e-9)
        })
        const single = Math.max(0, ...models.map(model => rowsOf([model], rows)))
        expect(bestSingle).toBeCloseTo(single / all, 12)
        expect(share).toBeGreaterThanOrEqual(bestSingle)
      }),
    )
  })
})
