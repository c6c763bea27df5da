import type { HubMap, Place } from '../search/index.ts'
import { COLOURS, type Drawing } from './drawing.ts'
import type { Markup } from './markup.ts'

const WIDTH = 720
const MARGIN = 40
const MOST_HEIGHT = 520
const LEAST_HEIGHT = 240

/** Models whose names are written beside them. */
const NAMED = 3

/** A model on the map with its rank, absent where it is not in the ranking's table. */
type Placed = HubMap['models'][number] & { readonly rank?: number }

/** Models and target as points: near each other where their data are alike. Numbers are ranks. */
export function hubMapChart({ plot, draw }: Drawing, map: HubMap, rankOf: ReadonlyMap<string, number>): Markup {
  const models = map.models.map((model): Placed => ({ ...model, rank: rankOf.get(model.name) }))
  const ranked = models.filter(({ rank }) => rank !== undefined).sort((a, b) => b.rank! - a.rank!)
  const best = ranked.filter(({ rank }) => rank! <= NAMED)
  const title = ({ name, version, js }: Placed) => `${name}@${version}, JS ${js.toFixed(3)} from the target`
  const halo = { stroke: 'var(--paper)', strokeWidth: 4, fontWeight: 'bold', fontSize: 12 } as const
  const label = { ...halo, x: 'x', y: 'y', text: 'name', fill: 'currentColor' } as const
  const frame = frameOf([map.target, ...models])
  const middle = (frame.x.domain[0] + frame.x.domain[1]) / 2
  return draw('Map of the hub: models and target placed by similarity of their data', {
    ...frame,
    style: { fontSize: '12px' },
    marks: [
      plot.frame({ stroke: 'currentColor', strokeOpacity: 0.25 }),
      plot.dot(
        models.filter(({ rank }) => rank === undefined),
        { x: 'x', y: 'y', r: 4, fill: COLOURS.other, fillOpacity: 0.6, title },
      ),
      plot.dot(ranked, {
        ...{ x: 'x', y: 'y', r: 9, stroke: 'var(--paper)', title },
        fill: ({ rank }: Placed) => (rank! <= NAMED ? COLOURS.best : COLOURS.other),
      }),
      plot.text(ranked, {
        x: 'x',
        y: 'y',
        text: ({ rank }: Placed) => String(rank),
        fill: 'white',
        fontWeight: 'bold',
      }),
      plot.text(best.filter(leftOf(middle)), { ...label, textAnchor: 'start', dx: 13 }),
      plot.text(
        best.filter(place => !leftOf(middle)(place)),
        { ...label, textAnchor: 'end', dx: -13 },
      ),
      plot.dot([map.target], { x: 'x', y: 'y', r: 9, symbol: 'star', fill: COLOURS.target, stroke: 'var(--paper)' }),
      plot.text([map.target], { ...halo, x: 'x', y: 'y', text: ['target'], dy: -18, fill: COLOURS.target }),
    ],
  })
}

/** Names are written towards the middle. */
const leftOf = (middle: number) => (place: Place) => place.x < middle

/** Both axes in one unit, so that distances on paper are those of the map. */
function frameOf(places: readonly Place[]) {
  const [x, y] = [rangeOf(places.map(place => place.x)), rangeOf(places.map(place => place.y))]
  const unit = Math.min((WIDTH - 2 * MARGIN) / x.span, (MOST_HEIGHT - 2 * MARGIN) / y.span)
  const height = Math.max(LEAST_HEIGHT, Math.round(y.span * unit) + 2 * MARGIN)
  const around = (middle: number, pixels: number): [number, number] => [
    middle - pixels / unit / 2,
    middle + pixels / unit / 2,
  ]
  return {
    ...{ width: WIDTH, height, margin: 1 },
    x: { axis: null, domain: around(x.middle, WIDTH) },
    y: { axis: null, domain: around(y.middle, height) },
  } as const
}

/** The span is at least a hair, for datasets that coincide. */
function rangeOf(values: readonly number[]): { readonly middle: number; readonly span: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return { middle: (least + most) / 2, span: Math.max(0.02, most - least) }
}
