import { describe, expect, it } from 'vitest'
import { candidateMetrics, DEFAULT_PARAMETERS, METRIC_NAMES, searchDomains } from '../../src/search/index.ts'
import { candidateOf, domainOf, sketchOf, type HandMade } from './hand-made.ts'

const domain = domainOf('a', 'b', 'c')
const target: HandMade = { whole: { a: [10, 0], b: [5, 5] } }
const candidates = [
  candidateOf(domain, 'x/same', target, { sourceAccuracy: 0.5 }),
  candidateOf(domain, 'x/half', { whole: { a: [5, 5] } }, { sourceAccuracy: null }),
  candidateOf(domain, 'x/none', { whole: { c: [5, 5] } }, { sourceAccuracy: 1 }),
]
const found = candidateMetrics(sketchOf(target), [{ domain, candidates }])

describe('every metric of every candidate', () => {
  it('is what a search by that metric gives', () => {
    for (const metric of METRIC_NAMES.filter(name => name !== 'source-accuracy')) {
      const parameters = { ...DEFAULT_PARAMETERS, metric, t1: 0.4 }
      for (const { candidate, score } of searchDomains(sketchOf(target), [{ domain, candidates }], parameters).ranked) {
        const { metrics } = found.find(one => one.candidate === candidate)!
        expect([candidate.name, metric, metrics[metric] ?? NaN]).toEqual([candidate.name, metric, score])
      }
    }
  })

  it('holds what is known alone: no mean features without a reference, nothing of the card', () => {
    expect(found.map(({ candidate, overlap }) => [candidate.name, overlap])).toEqual([
      ['x/same', 1],
      ['x/half', 0.5],
      ['x/none', 0],
    ])
    expect(found[0].metrics).not.toHaveProperty('mmd')
    expect(found[0].metrics).not.toHaveProperty('source-accuracy')
    expect(found[2].metrics).toEqual({ fit: 0 })
  })
})
