import type { Points } from '../math/embeddings.ts'
import type { Drawing } from './drawing.ts'
import { markup, type Markup } from './markup.ts'

/** Okabe and Ito (2008), then two more; names past the tenth share colours. */
const NAME_COLOURS = [
  ...['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00'],
  ...['#56b4e9', '#b8a500', '#767676', '#7a3e9d', '#8c510a'],
] as const

/** The colour of each name. */
export type NameColours = ReadonlyMap<string, string>

/** The name of each row, and their colours. */
export interface ColouredNames {
  readonly names: readonly string[]
  readonly colours: NameColours
}

/** Colours of names, in their order. */
export function nameColours(names: Iterable<string>): NameColours {
  const sorted = [...new Set(names)].sort()
  return new Map(sorted.map((name, i) => [name, NAME_COLOURS[i % NAME_COLOURS.length]]))
}

/** Which name has which colour. */
export function colourKey(colours: NameColours): Markup {
  return markup`<p class="names">${[...colours].map(
    ([name, colour]) => markup`<span><i style="background:${colour}"></i>${name}</span>`,
  )}</p>`
}

/**
 * Rows in two of their principal components, counted from 0.
 *
 * @param side pixels
 */
export function planeChart(
  { plot, draw }: Drawing,
  { rows, dimensions, values }: Points,
  {
    names,
    colours,
    side,
    pair: [first, second],
    bare = false,
  }: ColouredNames & {
    readonly side: number
    readonly pair: readonly [number, number]
    /** Without names of the axes. */
    readonly bare?: boolean
  },
): Markup {
  const at = (component: number) => Array.from({ length: rows }, (_, row) => values[row * dimensions + component])
  const fill = names.map(name => colours.get(name)!)
  return draw(`Rows in principal components ${first + 1} and ${second + 1}, coloured by name`, {
    ...{ width: side, height: side, margin: bare ? 4 : 22, style: { fontSize: '11px' } },
    x: { label: bare ? null : `component ${first + 1}`, ticks: [], labelArrow: 'none' },
    y: { label: bare ? null : `component ${second + 1}`, ticks: [], labelArrow: 'none' },
    marks: [
      plot.frame({ stroke: 'currentColor', strokeOpacity: 0.25 }),
      plot.dot(fill, { x: at(first), y: at(second), r: 2, fill: plot.identity, fillOpacity: 0.75 }),
    ],
  })
}
