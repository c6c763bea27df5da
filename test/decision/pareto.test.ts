import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paretoPick, type Choice } from '../../src/decision/index.ts'

const model = (name: string, accuracy: number | null, more: Partial<Choice> = {}): Choice => ({
  ...{ name, accuracy, sizeBytes: 100, millisecondsPerRow: 1, license: 'mit' },
  ...more,
})

describe('paretoPick', () => {
  const models = [
    model('small', 0.9, { sizeBytes: 10, millisecondsPerRow: 3, license: 'gpl-3.0' }),
    model('best', 0.91, { sizeBytes: 100, millisecondsPerRow: 2, license: 'cc-by-nc-4.0' }),
    model('quick', 0.905, { sizeBytes: 90, millisecondsPerRow: 0.5, license: 'apache-2.0' }),
    model('tiny', 0.5, { sizeBytes: 1, millisecondsPerRow: 0.1, license: 'cc0-1.0' }),
    model('bad', 0.5, { sizeBytes: 200, millisecondsPerRow: 4 }),
  ]

  it('names what to take instead of the best, and the front', () => {
    expect(paretoPick(models, 0.01)).toEqual({
      ...{ best: 'best', margin: 0.01, within: ['best', 'quick', 'small'] },
      ...{ smallest: 'small', fastest: 'quick', freest: 'quick' },
      front: ['best', 'quick', 'small', 'tiny'],
    })
    expect(paretoPick(models, 0)).toMatchObject({ within: ['best'], smallest: 'best', fastest: 'best', freest: 'best' })
    expect(paretoPick(models, 1)).toMatchObject({ smallest: 'tiny', fastest: 'tiny', freest: 'tiny' })
  })

  it('leaves out what nothing tells', () => {
    const unmeasured = [model('a', 0.9, { millisecondsPerRow: null, license: null }), model('b', null)]
    expect(paretoPick(unmeasured, 0.1)).toEqual({
      ...{ best: 'a', margin: 0.1, within: ['a'], smallest: 'a', fastest: null, freest: null, front: ['a'] },
    })
    expect(paretoPick([model('b', null), model('c', NaN)], 0.1)).toBeUndefined()
    expect(paretoPick([], 0.1)).toBeUndefined()
  })

  it('gives ties to the more accurate, then by name', () => {
    const [a, b, c] = [model('c', 0.9), model('b', 0.9), model('a', 0.895)]
    expect(paretoPick([a, b, c], 0.01)).toMatchObject({ best: 'b', smallest: 'b', fastest: 'b', freest: 'b' })
  })

  it.each([-0.1, 1.1, NaN])('refuses a margin of %s', margin => {
    expect(() => paretoPick(models, margin)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }) as Error)
  })

  const choice = fc.record({
    accuracy: fc.option(fc.integer({ min: 0, max: 20 }).map(n => n / 20)),
    sizeBytes: fc.integer({ min: 1, max: 5 }),
    millisecondsPerRow: fc.option(fc.integer({ min: 1, max: 5 })),
    license: fc.constantFrom('mit', 'gpl-3.0', 'own', null),
  })
  const choices = fc
    .array(choice, { minLength: 1, maxLength: 12 })
    .map(all => all.map((one, i) => ({ ...one, name: `m${i}` })))

  it('has a front that no model beats, and in which every other is beaten', () => {
    const beats = (a: Choice, b: Choice) => {
      const [x, y] = [a, b].map(one => [-one.accuracy!, one.sizeBytes, one.millisecondsPerRow ?? Infinity])
      return x.every((cost, i) => cost <= y[i]) && x.some((cost, i) => cost < y[i])
    }
    fc.assert(
      fc.property(choices, models => {
        const rated = models.filter(({ accuracy }) => accuracy !== null)
        const { front = [], best } = paretoPick(models, 0.1) ?? {}
        for (const one of rated) expect(front.includes(one.name)).toBe(!rated.some(other => beats(other, one)))
        if (best !== undefined)
          expect(rated.every(one => one.accuracy! <= rated.find(({ name }) => name === best)!.accuracy!)).toBe(true)
      }),
    )
  })

  it('never picks a model outside the margin, and a wider one never a larger model', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }), (models, a, b) => {
        const [narrow, wide] = [Math.min(a, b) / 20, Math.max(a, b) / 20].map(margin => paretoPick(models, margin))
        if (!narrow || !wide) return
        const size = (name: string) => models.find(one => one.name === name)!.sizeBytes
        for (const { within, smallest, fastest, freest } of [narrow, wide]) {
          for (const picked of [smallest, fastest, freest]) if (picked !== null) expect(within).toContain(picked)
        }
        expect(wide.within).toEqual(expect.arrayContaining([...narrow.within]))
        expect(size(wide.smallest)).toBeLessThanOrEqual(size(narrow.smallest))
      }),
    )
  })
})
