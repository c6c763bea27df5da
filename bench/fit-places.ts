import { fit, sizeCorrected, type WholeAndCells } from '../src/divergence/index.ts'
import { processorMs } from './simulated-index.ts'

const TOP = 10

/** Where, in order of JS, the best by fit are. */
export interface FitPlaces {
  /** Places, by JS or what a shortlist goes by, of the ten best by fit, from 1, best first. */
  readonly places: readonly number[]
  /** Models that were compared to find them. */
  readonly compared: number
}

/** Numbers of the ten best by fit, best first. */
export function bestByFit(fits: Float64Array): number[] {
  return Array.from(fits.keys())
    .sort((a, b) => fits[b] - fits[a])
    .slice(0, TOP)
}

/** Numbers of all models in order of a key such as JS, the least first. */
export function orderBy(js: Float64Array): Uint32Array {
  return Uint32Array.from(js.keys()).sort((a, b) => js[a] - js[b])
}

/** Finds the ten best by fit of some datasets by comparing all; one comparison takes so many processor ms. */
export function fitPlaces(target: WholeAndCells, sources: readonly WholeAndCells[], features: Uint32Array) {
  const compare = sizeCorrected(target, { shared: features, rowCounted: features })
  const began = processorMs()
  const all = sources.map(compare)
  const comparisonMs = (processorMs() - began) / sources.length
  const count = { shared: features.length, targetFeatures: features.length }
  const fits = Float64Array.from(all, corrected => fit({ ...corrected, ...count }))
  const js = Float64Array.from(all, ({ measured }) => measured.wholeJs)
  return { ...placesOf(fits, js), comparisonMs }
}

/** The same from what all models have, by JS or another key. */
export function placesOf(fits: Float64Array, js: Float64Array): FitPlaces {
  const order = orderBy(js)
  return { places: bestByFit(fits).map(one => order.indexOf(one) + 1), compared: fits.length }
}

/** Share of the ten best by fit that are among the nearest so many by JS, mean over targets. */
export function shortlistRecall(targets: readonly FitPlaces[], shortlist: number): number {
  const shares = targets.map(({ places }) => places.filter(place => place <= shortlist).length / places.length)
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}
