import type { Drawing } from '../../src/report/drawing.ts'
import type { Markup } from '../../src/report/markup.ts'

/** A line with its name: entry i of `values` is at i + 1. */
export interface Curve {
  readonly name: string
  readonly values: readonly number[]
}

const FRAME = { width: 640, height: 340, marginLeft: 50, marginRight: 230, grid: true } as const
const [TOP, BOTTOM] = [20, 30]
/** Least height of a name, in pixels. */
const LINE = 12

/** Mean regret by a number, with each curve's name behind its end, none over another. */
export function curvesPlot({ plot, draw }: Drawing, title: string, drawn: readonly Curve[], label: string): Markup {
  const curves = drawn.filter(({ values }) => values.length > 0)
  const points = curves.flatMap(({ name, values }) => values.map((regret, i) => ({ n: i + 1, regret, name })))
  const most = Math.max(...points.map(({ n }) => n))
  const highest = Math.max(...points.map(({ regret }) => regret), 1e-6)
  const places = namePlaces(curves, highest)
  const names = curves.map(({ name }, i) => ({ name, n: most, regret: places[i] }))
  return draw(title, {
    ...FRAME,
    marginTop: TOP,
    marginBottom: BOTTOM,
    style: { fontSize: '12px' },
    x: { label, domain: [1, Math.max(most, 2)], ticks: Math.min(10, most), tickFormat: 'd' },
    y: { label: 'mean regret', domain: [0, highest] },
    color: { domain: curves.map(({ name }) => name), range: colours(curves.length) },
    marks: [
      plot.lineY(points, { x: 'n', y: 'regret', stroke: 'name' }),
      plot.text(names, { x: 'n', y: 'regret', text: 'name', textAnchor: 'start', dx: 6, fill: 'name', fontSize: 11 }),
    ],
  })
}

/** Heights of names, in regret: in the order of the curves' ends, at least a line apart, within the frame. */
function namePlaces(curves: readonly Curve[], highest: number): number[] {
  const line = (LINE * highest) / (FRAME.height - TOP - BOTTOM)
  const order = [...curves.keys()].sort((a, b) => curves[a].values.at(-1)! - curves[b].values.at(-1)!)
  const places = new Array<number>(curves.length)
  let above = -Infinity
  for (const i of order) places[i] = above = Math.max(curves[i].values.at(-1)!, above + line)
  let below = highest + line
  for (const i of order.reverse()) places[i] = below = Math.min(places[i], below - line)
  return places
}

/** Hues around the circle, dark and light by turns, so that no two are alike. */
function colours(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `hsl(${Math.round((360 * i) / count)} 70% ${i % 2 ? 55 : 36}%)`)
}
