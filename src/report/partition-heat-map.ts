import { percent } from '../common/percent.ts'
import type { PartitionMap } from '../search/index.ts'
import type { Drawing } from './drawing.ts'
import type { Markup } from './markup.ts'

/** Dark is alike; the scale reads the same in grey. */
const SCHEME = 'viridis'

/** Pixels beside the map for the longest note: all of the rows, and no match. */
const NOTE_WIDTH = 290

interface Cell {
  readonly target: number
  readonly source: number
  readonly js: number
}

/** Parts of the target (down, those that fit worst first) by parts of the training data (across). */
export function partitionHeatMap(drawing: Drawing, parts: PartitionMap, threshold: number): Markup {
  const { plot, draw } = drawing
  const { rows, columns } = orderOf(parts)
  const all = parts.targetRows.reduce((sum, n) => sum + n, 0)
  const cells = rows.flatMap(target =>
    columns.map((source): Cell => ({ target, source, js: parts.js[target][source] })),
  )
  const nearest = rows.map(target => cells.filter(cell => cell.target === target).reduce(nearer))
  const height = Math.max(10, Math.min(22, Math.floor(480 / rows.length)))
  const note = ({ target, js }: Cell) =>
    `${percent(parts.targetRows[target] / all)} of rows, nearest ${js.toFixed(3)}${js > threshold ? ', no match' : ''}`
  return draw('Map of partitions: divergence of each part of the target from each part of the training data', {
    ...{ width: 720, height: rows.length * height + 50, marginLeft: 2, marginRight: NOTE_WIDTH, marginTop: 26 },
    ...{ marginBottom: 24, style: { fontSize: '12px' } },
    x: { domain: columns, axis: null },
    y: { domain: rows, axis: null },
    color: { type: 'linear', scheme: SCHEME, domain: [0, mostShown(parts)], clamp: true },
    marks: [
      plot.text(['parts of the target ↓'], { frameAnchor: 'top-left', textAnchor: 'start', dy: -16 }),
      plot.text(['parts of the training data →'], { frameAnchor: 'bottom-left', textAnchor: 'start', dy: 16 }),
      plot.cell(cells, { x: 'source', y: 'target', fill: 'js', title: ({ js }: Cell) => `JS ${js.toFixed(3)}` }),
      plot.dot(nearest, {
        ...{ x: 'source', y: 'target', r: 3.5, fill: 'white', stroke: 'black' },
        title: ({ js }: Cell) => `nearest, JS ${js.toFixed(3)}`,
      }),
      ...[false, true].map(matched =>
        plot.text(
          nearest.filter(({ js }) => js <= threshold === matched),
          {
            ...{ y: 'target', frameAnchor: 'right', textAnchor: 'start', dx: 10, text: note },
            ...{ fontSize: Math.min(12, height - 1), fontWeight: matched ? 'normal' : 'bold' },
          },
        ),
      ),
    ],
  })
}

/** The colours of the heat map and what they stand for. */
export function heatMapLegend({ plot, draw }: Drawing, parts: PartitionMap): Markup {
  const most = mostShown(parts)
  const steps = Array.from({ length: 60 }, (_, i) => ({ x1: (i * most) / 60, x2: ((i + 1) * most) / 60 }))
  return draw('Scale of colours', {
    ...{ width: 320, height: 52, marginLeft: 12, marginRight: 12, marginTop: 0, marginBottom: 36 },
    style: { fontSize: '12px' },
    x: { domain: [0, most], ticks: 4, label: 'JS divergence, nats: 0 is alike, 0.69 has nothing in common' },
    color: { type: 'linear', scheme: SCHEME, domain: [0, most] },
    marks: [
      plot.rect(steps, { x1: 'x1', x2: 'x2', fill: 'x1', shapeRendering: 'crispEdges' }),
      plot.axisX({ ticks: 4, labelAnchor: 'left', labelArrow: 'none', labelOffset: 34 }),
    ],
  })
}

/** The largest divergence, for the scale of colours; never 0. */
function mostShown({ js }: PartitionMap): number {
  return Math.max(0.01, ...js.flat())
}

function nearer(a: Cell, b: Cell): Cell {
  return b.js < a.js ? b : a
}

/** Rows by how far their nearest part is; columns so that the nearest ones come near a diagonal. */
function orderOf({ js, sourceRows }: PartitionMap): { readonly rows: number[]; readonly columns: number[] } {
  const least = js.map(row => Math.min(...row))
  const rows = Array.from(js.keys()).sort((a, b) => least[b] - least[a])
  const bestRow = (source: number) =>
    rows.reduce((best, row, i) => (js[row][source] < js[rows[best]][source] ? i : best), 0)
  const places = sourceRows.map((_, source) => bestRow(source))
  const columns = Array.from(sourceRows.keys()).sort((a, b) => places[a] - places[b])
  return { rows, columns }
}
