import type { BinLookup } from './feature-bins.ts'

const CELLS = 1024

/**
 * An even grid over a look-up's borders that narrows the search for a value's bin to the borders in the value's cell:
 * a quarter of the time of searching all borders. The cell of a number never decreases with it, rounded as it is, so
 * borders of lower cells lie below the value and those of higher cells above it: the bin found is the same.
 */
export interface BinGrid extends BinLookup {
  readonly origin: number
  /** Cells per unit; 0 where the borders do not span a finite stretch. */
  readonly scale: number
  /** Borders below each cell, shape (cells + 1). */
  readonly bordersBelow: Uint16Array
}

/** Lays a grid over the borders of a look-up. */
export function binGrid(lookup: BinLookup): BinGrid {
  const { borders } = lookup
  const [origin, last] = borders.length > 0 ? [borders[0], borders[borders.length - 1]] : [0, 0]
  const scale = last > origin ? (CELLS - 1) / (last - origin) : 0
  const bordersBelow = new Uint16Array(CELLS + 1)
  for (const border of borders) bordersBelow[cellOf((border - origin) * scale) + 1]++
  for (let cell = 0; cell < CELLS; cell++) bordersBelow[cell + 1] += bordersBelow[cell]
  return { ...lookup, origin, scale, bordersBelow }
}

/**
 * The bin of every value, as `lookUpBin` finds it.
 *
 * @param missing bin of NaN and the infinities
 * @returns shape (values)
 */
export function binsOfValues(grid: BinGrid, values: Float64Array, missing: number): Uint16Array {
  const { borders, binOf, origin, scale, bordersBelow } = grid
  const bins = new Uint16Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value - value !== 0) {
      bins[i] = missing
      continue
    }
    const cell = cellOf((value - origin) * scale)
    let low = bordersBelow[cell]
    let high = bordersBelow[cell + 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (borders[middle] <= value) low = middle + 1
      else high = middle
    }
    bins[i] = binOf[low]
  }
  return bins
}

/** NaN, which an infinite distance times a scale of 0 gives, is cell 0. */
function cellOf(position: number): number {
  return Math.min(CELLS - 1, Math.max(0, position)) | 0
}
