import type { HubMap, Place } from '../search/index.ts'
import { COLOURS, type Drawing } from './drawing.ts'
import type { Markup } from './markup.ts'
import { placeLabels, type Box, type PlacedLabel } from './place-labels.ts'
import { spreadApart, type Point } from './spread-apart.ts'

const WIDTH = 720
const MARGIN = 40
const MOST_HEIGHT = 520
const LEAST_HEIGHT = 240

/** Radius of a dot with a number, pixels. */
const RADIUS = 9

/** Models in the colour of the best, whose names are written wherever they find room. */
const NAMED = 3

/** A model on paper with its rank, absent where it is not in the ranking's table. */
interface Placed extends Point {
  readonly name: string
  readonly title: string
  readonly rank?: number
}

/** Models and target as points: near each other where their data are alike. Numbers are ranks. */
export function hubMapChart(drawing: Drawing, map: HubMap, rankOf: ReadonlyMap<string, number>): Markup {
  const { plot, draw } = drawing
  const { height, target, ranked, others } = layoutOf(map, rankOf)
  const labels = labelsOf({ target, ranked, others }, height)
  const far = labels.filter(({ isFar }) => isFar)
  return draw('Map of the hub: models and target placed by similarity of their data', {
    ...{ width: WIDTH, height, margin: 1, style: { fontSize: '12px' } },
    x: { axis: null, domain: [0, WIDTH] },
    y: { axis: null, domain: [0, height] },
    marks: [
      plot.frame({ stroke: 'currentColor', strokeOpacity: 0.25 }),
      plot.dot(others, { x: 'x', y: 'y', r: 4, fill: COLOURS.other, fillOpacity: 0.6, title: 'title' }),
      plot.link(far, {
        ...{ x1: 'x', y1: 'y', stroke: 'currentColor', strokeOpacity: 0.5 },
        ...{ x2: ({ at }: PlacedLabel) => at.x, y2: ({ at }: PlacedLabel) => at.y },
      }),
      plot.dot(ranked, {
        ...{ x: 'x', y: 'y', r: RADIUS, stroke: 'var(--paper)', title: 'title' },
        fill: ({ rank }: Placed) => (rank! <= NAMED ? COLOURS.best : COLOURS.other),
      }),
      plot.text(ranked, {
        ...{ x: 'x', y: 'y', text: ({ rank }: Placed) => String(rank), fill: 'white', fontWeight: 'bold' },
        fontSize: ({ rank }: Placed) => (rank! < 100 ? 12 : 9),
      }),
      plot.dot([target], { x: 'x', y: 'y', r: RADIUS, symbol: 'star', fill: COLOURS.target, stroke: 'var(--paper)' }),
      ...labelMarks(drawing, labels, target),
    ],
  })
}

function labelMarks({ plot }: Drawing, labels: readonly PlacedLabel[], target: Point) {
  const isOfTarget = ({ x, y }: Point) => x === target.x && y === target.y
  return (['start', 'middle', 'end'] as const).map(anchor =>
    plot.text(
      labels.filter(label => label.anchor === anchor),
      {
        ...{ x: ({ at }: PlacedLabel) => at.x, y: ({ at }: PlacedLabel) => at.y, text: 'text', textAnchor: anchor },
        ...{ stroke: 'var(--paper)', strokeWidth: 4, fontWeight: 'bold', fontSize: 12 },
        fill: (label: PlacedLabel) => (isOfTarget(label) ? COLOURS.target : 'currentColor'),
      },
    ),
  )
}

interface Layout {
  readonly target: Point
  /** Best first. */
  readonly ranked: readonly Placed[]
  readonly others: readonly Placed[]
}

/** Both axes in one unit, so that distances on paper are those of the map; numbered dots that would overlap part. */
function layoutOf(map: HubMap, rankOf: ReadonlyMap<string, number>): Layout & { readonly height: number } {
  const { height, toPaper } = frameOf([map.target, ...map.models])
  const models = map.models.map((model): Placed => {
    const { name, version, js } = model
    const title = `${name}@${version}, JS ${js.toFixed(3)} from the target`
    return { ...toPaper(model), name, title, rank: rankOf.get(name) }
  })
  const ranked = models.filter(({ rank }) => rank !== undefined).sort((a, b) => a.rank! - b.rank!)
  const [target, ...moved] = spreadApart([toPaper(map.target), ...ranked], 2 * RADIUS + 1)
  return {
    ...{ height, target },
    ranked: ranked.map((model, i) => ({ ...model, ...moved[i] })),
    others: models.filter(({ rank }) => rank === undefined),
  }
}

/** Names of the target and of the first models, and of others where there is room. */
function labelsOf({ target, ranked, others }: Layout, height: number): PlacedLabel[] {
  const square = (half: number) => (point: Point) => ({ ...point, halfWidth: half, halfHeight: half })
  const obstacles: Box[] = [...[target, ...ranked].map(square(RADIUS)), ...others.map(square(4))]
  const labels = [
    { ...target, text: 'target', isNeeded: true },
    ...ranked.map(({ x, y, name, rank }) => ({ x, y, text: name, isNeeded: rank! <= NAMED })),
  ]
  return placeLabels(labels, { obstacles, width: WIDTH, height })
}

/** How places become pixels, counted from the lower left. */
function frameOf(places: readonly Place[]): { readonly height: number; readonly toPaper: (place: Place) => Point } {
  const [x, y] = [rangeOf(places.map(place => place.x)), rangeOf(places.map(place => place.y))]
  const unit = Math.min((WIDTH - 2 * MARGIN) / x.span, (MOST_HEIGHT - 2 * MARGIN) / y.span)
  const height = Math.max(LEAST_HEIGHT, Math.round(y.span * unit) + 2 * MARGIN)
  const toPaper = (place: Place) => ({
    x: WIDTH / 2 + (place.x - x.middle) * unit,
    y: height / 2 + (place.y - y.middle) * unit,
  })
  return { height, toPaper }
}

/** The span is at least a hair, for datasets that coincide. */
function rangeOf(values: readonly number[]): { readonly middle: number; readonly span: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return { middle: (least + most) / 2, span: Math.max(0.02, most - least) }
}
