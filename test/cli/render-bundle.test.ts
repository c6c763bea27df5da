import { expect, it } from 'vitest'
import { bundleLines } from '../../src/cli/render-bundle.ts'
import type { SearchResult } from '../../src/hub/index.ts'

const bundle: SearchResult['bundle'] = {
  models: [
    { model: 'x/one', version: 1, fit: 0.75, parts: 12, gain: 0.625, share: 0.625 },
    { model: 'x/two', version: 3, fit: 0.5, parts: 6, gain: 0.25, share: 0.875 },
  ],
  ...{ parts: 17, share: 0.875, bestSingle: 0.625 },
  uncovered: { parts: 2, rows: 10, features: [{ feature: 'speed', js: 0.25, mean: 2, wholeMean: null }] },
}
const linesOf = (threshold: 'auto' | number, of: SearchResult['bundle'] = bundle) => {
  const lines = bundleLines({ bundle: of, query: { rows: 80 }, parameters: { threshold } } as unknown as SearchResult)
  return lines.flatMap(line => line.split('\n')).map(line => line.trim().split(/ {2,}/).join(' | '))
}

it('the models that together cover a target are listed in order of gain, and what none covers is described', () => {
  expect(linesOf('auto')).toEqual([
    '',
    'Bundle: 2 models together cover 87.5 % of the rows, the best alone 62.5 %',
    'model | fit | parts of 17 | gain | together',
    'x/one@1 | 0.750 | 12 | 62.5 % | 62.5 %',
    'x/two@3 | 0.500 | 6 | 25.0 % | 87.5 %',
    'Covered: a part that the model matches, where no other comes nearer by more than sampling adds.',
    '',
    'No model covers 10 rows (12.5 %). What is special about them:',
    'feature | mean there | mean of all | JS',
    'speed | 2 | – | 0.2500',
  ])
})

it('with a threshold of its own a part is covered by a match alone', () => {
  expect(linesOf(0.1).filter(line => line.startsWith('Covered'))).toEqual([])
})

it('says where nothing or everything is covered', () => {
  const none = { models: [], parts: 3, share: 0, bestSingle: 0, uncovered: { parts: 3, rows: 80, features: [] } }
  expect(linesOf('auto', none)[1]).toBe('Bundle: no model covers any part')
  expect(linesOf('auto', { ...bundle, uncovered: null }).at(-1)).toBe('Every part is covered.')
})
