import { describe, expect, it } from 'vitest'
import { DEFAULT_PARAMETERS, searchDomains, sourceAccuracyOrder, verdictOf } from '../../src/search/index.ts'
import { candidateOf, domainOf, sketchOf, type HandMade } from './hand-made.ts'

const domain = domainOf('a', 'b')
const LOW: HandMade = { whole: { a: [1000, 0] } }
const HIGH: HandMade = { whole: { a: [0, 1000] } }
const model = (name: string, made: HandMade, sourceAccuracy: number | null = null) =>
  candidateOf(domain, name, made, { sourceAccuracy })

function judge(candidates: readonly ReturnType<typeof model>[], given: object = {}, target: HandMade = LOW) {
  const parameters = { ...DEFAULT_PARAMETERS, ...given }
  const outcome = searchDomains(sketchOf(target), [{ domain, candidates }], parameters)
  const blind = sourceAccuracyOrder(outcome.ranked.map(({ candidate }) => candidate))
  return { ...verdictOf(outcome, blind), blind }
}

describe('the data-blind order', () => {
  it('goes by stated accuracy, unknown ones last, ties by name', () => {
    const stated = { 'x/d': 0.5, 'x/c': 0.9, 'x/b': null, 'x/a': 0.5, 'x/e': 0 }
    const models = Object.entries(stated).map(([name, accuracy]) => model(name, LOW, accuracy))
    expect(judge(models).blind.map(({ name }) => name)).toEqual(['x/c', 'x/a', 'x/d', 'x/e', 'x/b'])
  })
})

describe('the verdict', () => {
  it('says whether the data changed the first place', () => {
    const both = (near: number | null, far: number | null) =>
      judge([model('x/near', LOW, near), model('x/far', HIGH, far)])
    expect(both(0.8, 0.9)).toMatchObject({
      code: 'ranked',
      dataChangedFirst: true,
      message: 'x/near fits best. By stated accuracy alone it would have been x/far.',
    })
    expect(both(0.9, 0.8)).toMatchObject({
      code: 'ranked',
      dataChangedFirst: false,
      message: 'x/near fits best, and has the best stated accuracy too.',
    })
  })

  it('claims no stated accuracy where no card states one', () => {
    const { dataChangedFirst, message } = judge([model('x/a', HIGH), model('x/b', LOW)])
    expect(message).toBe('x/b fits best. No card states an accuracy to compare with.')
    expect(dataChangedFirst).toBe(true)
  })

  it('is that nothing fits when every model shares too few features', () => {
    const target: HandMade = { whole: { a: [5, 5], b: [5, 5] } }
    expect(judge([model('x/a', LOW), model('x/b', HIGH)], {}, target)).toMatchObject({
      code: 'nothing-fits',
      dataChangedFirst: false,
      message: 'Nothing fits: 2 models share too few features with the target, 0 lie past the limits set.',
    })
  })

  it('is that nothing fits when no partition is covered, and names the nearest', () => {
    const half: HandMade = { whole: { a: [500, 500] } }
    expect(judge([model('x/far', HIGH, 0.9), model('x/half', half, 0.1)])).toMatchObject({
      code: 'nothing-fits',
      dataChangedFirst: true,
      message: expect.stringContaining('x/half comes nearest'),
    })
    expect(judge([model('x/far', HIGH), model('x/low', LOW)]).code).toBe('ranked')
  })

  it('is that nothing fits past the limits, and in an empty hub', () => {
    expect(judge([model('x/far', HIGH)], { maxJs: 0.1 }).message).toContain('1 lie past the limits')
    expect(judge([])).toMatchObject({ code: 'nothing-fits', message: 'Nothing fits: the hub has no models.' })
  })
})
