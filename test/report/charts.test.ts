import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { openDrawing } from '../../src/report/drawing.ts'
import { featureHistograms, shortNumber } from '../../src/report/feature-histograms.ts'
import { hubMapChart } from '../../src/report/hub-map-chart.ts'
import type { Markup } from '../../src/report/markup.ts'
import { heatMapLegend, partitionHeatMap } from '../../src/report/partition-heat-map.ts'

const drawing = await openDrawing()
const parsed = ({ html }: Markup) => parseHTML(`<!doctype html><html><body>${html}</body></html>`).document.body

interface Drawn {
  readonly textContent: string | null
  getAttribute(name: string): string | null
}
const elements = (chart: Markup, selector: string): Drawn[] => Array.from(parsed(chart).querySelectorAll(selector))
const texts = (chart: Markup) => elements(chart, 'text').map(({ textContent }) => textContent)

describe('histograms of a feature', () => {
  const fit = { feature: 'age', js: 0.12345, alike: [], slot: 'years', by: 'distribution' as const }
  const values = { target: [0.5, 0.3, 0.2, 0], source: [0.2, 0.3, 0.5, 0] }

  it('show one bar a bin, and a place for missing values only where there are some', () => {
    const whole = featureHistograms(drawing, { ...fit, histograms: { ...values, from: [0, 1, 2] } })
    expect(parsed(whole).querySelectorAll('[aria-label="rect"] rect')).toHaveLength(3)
    expect(parsed(whole).querySelector('.number')!.textContent).toBe('JS 0.123')
    expect(parsed(whole).querySelector('h4')!.textContent).toBe('age → years')
    expect(texts(whole)).not.toContain('missing')
    const gaps = { target: [0.5, 0.3, 0.1, 0.1], source: values.source, from: [0, 1, 2] }
    expect(texts(featureHistograms(drawing, { ...fit, histograms: gaps }))).toContain('missing')
  })

  it('say what the first and the last bin are where values have no order', () => {
    expect(texts(featureHistograms(drawing, { ...fit, histograms: values }))).toEqual(
      expect.arrayContaining(['most frequent', 'others']),
    )
  })

  it('are absent for a feature that the model lacks', () => {
    const absent = parsed(featureHistograms(drawing, fit))
    expect(absent.querySelectorAll('svg')).toHaveLength(0)
    expect(absent.textContent).toContain('The model was not trained on this feature.')
  })

  it.each([
    [0, '0'],
    [0.12345, '0.123'],
    [-12345, '-12300'],
    [123456, '1.2e+5'],
    [0.0001234, '1.2e-4'],
  ])('write %d as %s', (value, text) => expect(shortNumber(value)).toBe(text))
})

describe('the map of partitions', () => {
  const parts = {
    ...{ targetRows: [30, 70], sourceRows: [50, 50, 50] },
    js: [
      [0.5, 0.6, 0.69],
      [0.1, 0.02, 0.3],
    ],
  }

  it('has a field for each pair, the part farthest from training first, and says which have no match', () => {
    const map = partitionHeatMap(drawing, parts, 0.4)
    expect(parsed(map).querySelectorAll('[aria-label="cell"] rect')).toHaveLength(6)
    expect(parsed(map).querySelectorAll('[aria-label="dot"] circle')).toHaveLength(2)
    const notes = texts(map).filter(text => text?.includes('of rows'))
    expect(notes.sort()).toEqual(['30.0 % of rows, nearest 0.500, no match', '70.0 % of rows, nearest 0.020'])
    expect(texts(map)).toEqual(expect.arrayContaining(['parts of the target ↓', 'parts of the training data →']))
  })

  it('has a legend, also where all is alike', () => {
    expect(texts(heatMapLegend(drawing, { ...parts, js: [[0], [0]] })).join()).toContain('JS divergence, nats')
  })
})

describe('the map of the hub', () => {
  const place = (name: string, x: number, y: number) => ({ name, version: 1, js: 0.1, x, y })
  const close = ['a/one', 'a/two', 'a/three', 'a/four'].map((name, i) => place(name, 0.001 * i, 0))
  const ranks = new Map(close.map(({ name }, i) => [name, i + 1]))
  const chart = hubMapChart(
    drawing,
    { target: { x: 0, y: 0 }, models: [...close, place('a/far', 1, 0)], share: 0.9 },
    ranks,
  )

  it('writes rank and name of the first models and the target, though they nearly coincide', () => {
    expect(texts(chart)).toEqual(expect.arrayContaining(['1', '2', '3', '4', 'a/one', 'a/two', 'a/three', 'target']))
    expect(texts(chart)).not.toContain('a/far')
  })

  it('moves numbered dots apart', () => {
    const dots = elements(chart, '[aria-label="dot"] circle[r="9"]').map(dot =>
      ['cx', 'cy'].map(side => Number(dot.getAttribute(side))),
    )
    expect(dots).toHaveLength(4)
    dots.forEach(([x, y], i) =>
      dots.slice(i + 1).forEach(([u, v]) => expect(Math.hypot(x - u, y - v)).toBeGreaterThan(17)),
    )
  })
})
