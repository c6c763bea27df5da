import { describe, expect, it } from 'vitest'
import { DEFAULT_PARAMETERS, METRIC_NAMES, METRICS, searchDomains, type MetricName } from '../../src/search/index.ts'
import { candidateOf, domainOf, sketchOf, signatureOf } from './hand-made.ts'

const domain = domainOf('a')
/** Target half and half, training data all low: P = (½, ½, 0), Q = (1, 0, 0); a quarter of the signature agrees. */
const score = (metric: MetricName) => {
  const quarter = signatureOf('a').slice().fill(0, 32)
  const target = sketchOf({ whole: { a: [50, 50] }, signatures: { a: quarter } })
  const candidate = candidateOf(domain, 'x/m', { whole: { a: [100, 0] } }, { sourceAccuracy: 0.75 })
  const [found] = searchDomains(target, [{ domain, candidates: [candidate] }], { ...DEFAULT_PARAMETERS, metric }).ranked
  return found.score
}
const js = 0.75 * Math.log(4 / 3)
/** What 100 rows in two bins add: (K − 1)/8m, K = 2 · 50/51. A single bin adds nothing. */
const floor = (100 / 51 - 1) / 800
const [e, total] = [1e-4, 1 + 3e-4]
const kl = ((0.5 + e) / total) * (Math.log((0.5 + e) / (1 + e)) + Math.log((0.5 + e) / e))

describe('every metric, by hand', () => {
  it.each<[MetricName, number, 'greater' | 'smaller']>([
    ['js', js, 'smaller'],
    ['hellinger', 1 - Math.SQRT1_2, 'smaller'],
    ['kl', kl, 'smaller'],
    ['l2', 0.5 - 0.25, 'smaller'],
    ['jaccard', 0.25, 'greater'],
    ['soft-coverage', 1 - js / Math.LN2, 'greater'],
    ['fit', 1 - (js - floor / 2) / Math.LN2, 'greater'],
    ['adaptivity', 0, 'greater'],
    ['coverage', 0, 'greater'],
    ['source-accuracy', 0.75, 'greater'],
  ])('%s is %f, %s is better', (metric, expected, better) => {
    expect(score(metric)).toBeCloseTo(expected, 5)
    expect(METRICS[metric].better).toBe(better)
  })

  it('are these', () => {
    expect([...METRIC_NAMES].sort()).toEqual([
      'adaptivity',
      'coverage',
      'fit',
      'hellinger',
      'jaccard',
      'js',
      'kl',
      'l2',
      'mmd',
      'soft-coverage',
      'source-accuracy',
    ])
  })
})
