import type { FeatureFit } from '../search/index.ts'
import type { DistinctFeature } from './distinct-features.ts'
import { COLOURS, type Drawing } from './drawing.ts'
import { markup, type Markup } from './markup.ts'

type Histograms = NonNullable<FeatureFit['histograms']>

/** Bins that missing values stand apart from the others. */
const GAP = 1

/** Histograms of one feature over each other: bars for the training data, an outline for the target. */
export function featureHistograms(drawing: Drawing, fit: DistinctFeature): Markup {
  const { feature, slot, by, js, histograms, alike } = fit
  const mapped = slot !== undefined && by === 'distribution' ? ` → ${slot}` : ''
  const chart = histograms
    ? chartOf(drawing, feature, histograms)
    : markup`<p class="absent">The model was not trained on this feature.</p>`
  const others = alike.length > 0 ? ` +${alike.length}` : ''
  return markup`<figure class="feature"><h4 title="${[feature, ...alike].join(', ')}">${feature}${mapped}${others}</h4>
<p class="number">JS ${js.toFixed(3)}</p>${chart}</figure>`
}

function chartOf({ plot, draw }: Drawing, feature: string, { target, source, from }: Histograms): Markup {
  const missing = target.length - 1
  const shown = target[missing] > 0 || source[missing] > 0 ? target.length : missing
  const left = (bin: number) => (bin === missing ? bin + GAP : bin)
  const bars = Array.from({ length: shown }, (_, bin) => ({ x1: left(bin), x2: left(bin) + 1, y: source[bin] }))
  const outline = (bins: readonly number[], part: string) =>
    bins.flatMap(bin => [left(bin), left(bin) + 1].map(x => ({ x, y: target[bin], part })))
  const inner = Array.from({ length: missing }, (_, bin) => bin)
  const ticks = ticksOf(missing, from)
  if (shown > missing) ticks.set(missing + GAP + 0.5, 'missing')
  return draw(`Histograms of ${feature}: training data as bars, target as an outline`, {
    ...{ width: 300, height: 150, marginLeft: 40, marginBottom: 24, marginTop: 8, marginRight: 12 },
    style: { fontSize: '11px' },
    x: { domain: [0, left(shown - 1) + 1], ticks: [...ticks.keys()], tickFormat: x => ticks.get(Number(x)) ?? '' },
    y: { ticks: 3, tickFormat: '.0%', label: null, zero: true },
    marks: [
      plot.axisX({ ticks: [...ticks.keys()], tickFormat: x => ticks.get(Number(x)) ?? '', label: null, tickSize: 3 }),
      plot.rect(bars, { x1: 'x1', x2: 'x2', y1: 0, y2: 'y', fill: COLOURS.training, inset: 0.3 }),
      plot.line([...outline(inner, 'values'), ...outline(shown > missing ? [missing] : [], 'missing')], {
        ...{ x: 'x', y: 'y', z: 'part', stroke: COLOURS.target, strokeWidth: 2, strokeLinejoin: 'miter' },
      }),
      plot.ruleY([0]),
    ],
  })
}

/** Marks along the bins: values where they have an order, else what the first and the last bin are. */
function ticksOf(bins: number, from: readonly number[] | undefined): Map<number, string> {
  if (!from) {
    return new Map([
      [0.5, 'most frequent'],
      [bins - 0.5, 'others'],
    ])
  }
  const places = [...new Set([0, Math.floor(bins / 3), Math.floor((2 * bins) / 3), bins - 1])]
  return new Map(places.map(bin => [bin, shortNumber(from[bin])]))
}

/** A number in few characters. */
export function shortNumber(value: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  return size >= 1e5 || size < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)))
}
