/** What the width of one column depends on, in places of the terminal. */
export interface ColumnNeeds {
  /** Of the widest cell. */
  readonly natural: number
  readonly title: number
  readonly longestWord: number
  /** Its cells are never wrapped. */
  readonly whole: boolean
  readonly spare: boolean
}

/** How columns share the width there is. */
export interface FittedColumns {
  /** Ordinals of the columns that are shown. */
  readonly shown: readonly number[]
  /** Width of each column shown. */
  readonly widths: readonly number[]
  /** Ordinals of those there was no room for. */
  readonly leftOut: readonly number[]
}

/** Texts are wrapped no narrower. */
const LEAST = 20

/**
 * Shares a width among columns: first as they are, then with titles wrapped, then the widest texts narrower, then
 * without the spare columns, the last ones first. What still does not fit is wider than asked for.
 *
 * @param options width: undefined where there is no limit; gap: between two columns
 */
export function fitColumns(
  columns: readonly ColumnNeeds[],
  { width = Infinity, gap }: { readonly width?: number; readonly gap: number },
): FittedColumns {
  const shown = [...columns.keys()]
  const leftOut: number[] = []
  for (;;) {
    const room = width - gap * (shown.length - 1)
    const widths = widthsWithin(
      shown.map(i => columns[i]),
      room,
    )
    const spare = shown.findLastIndex(i => columns[i].spare)
    if (sum(widths) <= room || spare < 0) return { shown, widths, leftOut }
    leftOut.unshift(...shown.splice(spare, 1))
  }
}

/** The narrowest way is given where none fits. */
function widthsWithin(columns: readonly ColumnNeeds[], room: number): number[] {
  const whole = columns.map(({ natural, title }) => Math.max(natural, title))
  if (sum(whole) <= room) return whole
  const wrapped = columns.map(({ natural, longestWord }) => Math.max(natural, longestWord))
  for (let most = Math.max(...wrapped); most >= LEAST; most--) {
    const widths = columns.map((column, i) => (column.whole ? wrapped[i] : Math.min(wrapped[i], most)))
    if (sum(widths) <= room || most === LEAST) return widths
  }
  return wrapped
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0)
}
