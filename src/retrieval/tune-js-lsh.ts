import type { BandShape } from './band-tables.ts'
import { candidateProbability, meanRecall, type PStableParameters } from './p-stable-collision.ts'
import { probedCollision } from './probed-collision.ts'

/** Hashes in all that are tried. */
const BUDGETS = [64, 128, 256, 512] as const
const MOST_VALUES = 20
const HALVINGS = 16
/** Distances of all pairs are counted in so many cells. */
const CELLS = 48
/** Widths of a curve, as multiples of the picked one. */
const WIDTHS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2] as const

/** Near pairs are stood for by so many where chances are simulated. */
const QUANTILES = 20

/** A share of some pairs, all at about one distance. */
interface DistanceCell {
  readonly distance: number
  readonly share: number
}

/** What a sample of a hub shows. */
export interface DistanceSample {
  /** ‖√P − √Q‖₂ of pairs that should be found, at least one, each > 0. */
  readonly near: readonly number[]
  /** Of any pairs. */
  readonly all: readonly number[]
  /** Entries of the hub that the sample stands for. */
  readonly entries: number
  /** Share of the near pairs that must be found, in (0, 1). */
  readonly recall: number
  /** Neighbouring buckets that a lookup probes in each band, in place of bands; 0 by default. */
  readonly probes?: number
}

/** Parameters with what they lead to. */
export interface TunedPoint extends PStableParameters {
  /** Mean over the near pairs, in [0, 1]. */
  readonly recall: number
  /** Share of the entries that become candidates, in [0, 1]. */
  readonly compared: number
}

/** Parameters picked, and curves around them, without probes: the 2020 paper's Fig. 4. */
export interface TunedLsh {
  readonly picked: TunedPoint
  /** Over r, all else as picked. */
  readonly byWidth: readonly TunedPoint[]
  /** Over K, all else as picked. */
  readonly byValues: readonly TunedPoint[]
  /** Over L, all else as picked. */
  readonly byBands: readonly TunedPoint[]
}

/**
 * The (K, L, r) that cost least among those that reach a recall on a sample's near pairs.
 *
 *   cost = L K + compared · entries
 *
 * Each K and number of hashes takes the least width that reaches the recall: it lets the fewest other pairs through. With
 * probes, bands are then given up as long as the recall allows (see `probedCollision`).
 */
export function tuneJsLsh({ near, all, entries, recall, probes = 0 }: DistanceSample): TunedLsh {
  const cells = distanceCells(all)
  const pointOf = (parameters: PStableParameters): TunedPoint => ({
    ...parameters,
    recall: meanRecall(near, parameters),
    compared: cells.reduce((sum, { distance, share }) => sum + share * candidateProbability(distance, parameters), 0),
  })
  const cost = ({ shape, compared }: TunedPoint) => shape.bands * shape.values + compared * entries
  const tried = BUDGETS.flatMap(hashes =>
    Array.from({ length: MOST_VALUES }, (_, k) => {
      const shape = { values: k + 1, bands: Math.floor(hashes / (k + 1)) }
      return pointOf({ shape, width: leastWidth(near, shape, recall) })
    }),
  )
  const picked = tried.reduce((best, point) => (cost(point) < cost(best) ? point : best))
  const { shape, width } = picked
  const around = (value: number) =>
    [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2].map(times => Math.max(1, Math.round(times * value)))
  return {
    picked: probes === 0 ? picked : withFewerBands(picked, { near, cells, recall, probes }),
    byWidth: WIDTHS.map(times => pointOf({ shape, width: times * width })),
    byValues: [...new Set(around(shape.values))].map(values => pointOf({ shape: { ...shape, values }, width })),
    byBands: [...new Set(around(shape.bands))].map(bands => pointOf({ shape: { ...shape, bands }, width })),
  }
}

interface Probing {
  readonly near: readonly number[]
  readonly cells: readonly DistanceCell[]
  readonly recall: number
  readonly probes: number
}

/** The fewest bands that reach the recall when neighbouring buckets are probed; all of them where none do. */
function withFewerBands({ shape, width }: TunedPoint, { near, cells, recall, probes }: Probing): TunedPoint {
  const band = { values: shape.values, width, probes }
  const meetings = (of: readonly DistanceCell[]) =>
    of.map(({ distance, share }) => ({ share, met: probedCollision(distance, band) }))
  const [ofNear, ofAll] = [meetings(quantilesOf(near)), meetings(cells)]
  const shareFound = (of: typeof ofNear, bands: number) =>
    of.reduce((sum, { share, met }) => sum + share * (1 - (1 - met) ** bands), 0)
  let bands = 1
  while (bands < shape.bands && shareFound(ofNear, bands) < recall) bands++
  const found = { recall: shareFound(ofNear, bands), compared: shareFound(ofAll, bands) }
  return { shape: { ...shape, bands }, width, ...found }
}

/** Distances that stand for equal shares of many. */
function quantilesOf(distances: readonly number[]): DistanceCell[] {
  const sorted = [...distances].sort((a, b) => a - b)
  const count = Math.min(QUANTILES, sorted.length)
  return Array.from({ length: count }, (_, i) => {
    return { distance: sorted[Math.floor(((i + 0.5) / count) * sorted.length)], share: 1 / count }
  })
}

/** Recall rises with the width, so halving finds it. */
function leastWidth(near: readonly number[], shape: BandShape, recall: number): number {
  const reaches = (width: number) => meanRecall(near, { shape, width }) >= recall
  let [low, high] = [0, 1]
  while (!reaches(high)) [low, high] = [high, 2 * high]
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2
    if (reaches(middle)) high = middle
    else low = middle
  }
  return high
}

/** Distances in [0, √2] as shares of cells. */
function distanceCells(all: readonly number[]): DistanceCell[] {
  const counts = new Array<number>(CELLS).fill(0)
  for (const distance of all) counts[Math.min(CELLS - 1, Math.floor((distance / Math.SQRT2) * CELLS))]++
  return counts.flatMap((count, cell) =>
    count === 0 ? [] : [{ distance: ((cell + 0.5) / CELLS) * Math.SQRT2, share: count / all.length }],
  )
}
