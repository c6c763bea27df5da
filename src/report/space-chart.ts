import type { Points } from '../math/embeddings.ts'
import type { Drawing } from './drawing.ts'
import type { Markup } from './markup.ts'
import type { ColouredNames } from './projection-chart.ts'

/** Where the eye is: turned by 35° about the third component, 20° above the plane of the others. */
const [AZIMUTH, ELEVATION] = [(35 * Math.PI) / 180, (20 * Math.PI) / 180]

type Corner = readonly [number, number, number]

/** A place on paper, and how far behind it lies. */
interface Seen {
  readonly x: number
  readonly y: number
  readonly depth: number
}

/** Corners of the cube, and along which components the edges from there lie behind all points. */
const BEHIND: readonly (readonly [Corner, readonly number[]])[] = [
  [
    [1, 1, -1],
    [0, 1, 2],
  ],
  [
    [-1, -1, -1],
    [0, 1],
  ],
  [
    [1, -1, 1],
    [1, 2],
  ],
  [
    [-1, 1, 1],
    [0, 2],
  ],
]
const NAMES: readonly { readonly at: Corner; readonly text: string }[] = [
  { at: [0, -1.25, -1], text: '1' },
  { at: [-1.25, 0, -1], text: '2' },
  { at: [-1.2, 1, 0], text: '3' },
]

/**
 * Rows in three principal components as a cube, seen from a corner: each component fills an edge, near rows stand before
 * far ones.
 *
 * @param side pixels
 */
export function spaceChart(
  { plot, draw }: Drawing,
  { rows, dimensions, values }: Points,
  { names, colours, side }: ColouredNames & { readonly side: number },
): Markup {
  const components = [0, 1, 2].map(c => stretched(Array.from({ length: rows }, (_, r) => values[r * dimensions + c])))
  const points = names
    .map((name, row) => ({
      ...seen([components[0][row], components[1][row], components[2][row]]),
      fill: colours.get(name)!,
    }))
    .sort((a, b) => b.depth - a.depth)
  const edges = BEHIND.flatMap(([corner, along]) => along.map(axis => edgeFrom(corner, axis)))
  return draw('Rows in the first three principal components, seen as a cube, coloured by name', {
    ...{ width: side, height: side, margin: 4, style: { fontSize: '11px' } },
    x: { axis: null, domain: [-1.62, 1.62] },
    y: { axis: null, domain: [-1.62, 1.62] },
    marks: [
      plot.link(edges, {
        ...{ x1: ({ from }: Edge) => from.x, y1: ({ from }: Edge) => from.y },
        ...{ x2: ({ to }: Edge) => to.x, y2: ({ to }: Edge) => to.y },
        ...{ stroke: 'currentColor', strokeOpacity: 0.25 },
      }),
      plot.dot(points, { x: 'x', y: 'y', r: 2, fill: 'fill', fillOpacity: 0.75 }),
      plot.text(
        NAMES.map(({ at, text }) => ({ ...seen(at), text })),
        { x: 'x', y: 'y', text: 'text', fill: 'currentColor', fillOpacity: 0.7 },
      ),
    ],
  })
}

interface Edge {
  readonly from: Seen
  readonly to: Seen
}

function edgeFrom(corner: Corner, axis: number): Edge {
  const to = corner.map((end, i) => (i === axis ? -end : end)) as unknown as Corner
  return { from: seen(corner), to: seen(to) }
}

function seen([x, y, z]: Corner): Seen {
  const [right, back] = [x * Math.cos(AZIMUTH) - y * Math.sin(AZIMUTH), x * Math.sin(AZIMUTH) + y * Math.cos(AZIMUTH)]
  return {
    x: right,
    y: z * Math.cos(ELEVATION) + back * Math.sin(ELEVATION),
    depth: back * Math.cos(ELEVATION) - z * Math.sin(ELEVATION),
  }
}

/** Values onto [−1, 1]; those that are all equal to 0. */
function stretched(values: readonly number[]): number[] {
  const [least, most] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  )
  return values.map(value => (most > least ? (2 * (value - least)) / (most - least) - 1 : 0))
}
