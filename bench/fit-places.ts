import { fit, pairwiseJensenShannon, sizeCorrected, type WholeAndCells } from '../src/divergence/index.ts'
import { maskedShortlist } from '../src/retrieval/index.ts'
import type { SimulatedHub } from './simulated-hub.ts'
import { allFeatures, processorMs, type SimulatedIndex } from './simulated-index.ts'

const TOP = 10

/** Where, in order of JS, the best by fit are. */
export interface FitPlaces {
  /** Places, by JS, of the ten best by fit, from 1, best first. */
  readonly places: readonly number[]
  /** Models that were compared to find them. */
  readonly compared: number
  /** Processor ms of one comparison, without reading the partitions. */
  readonly comparisonMs: number
}

/** Finds the ten best by fit by comparing many models: all of a small hub, the nearest by JS of a large one. */
export function fitPlaces(hub: SimulatedHub, index: SimulatedIndex, target: WholeAndCells, most: number): FitPlaces {
  const features = allFeatures(hub)
  const query = { values: target.whole.values, features }
  const { datasets } = maskedShortlist(index.block, query, { most, fineCodes: index.fineCodes })
  const parts = function* () {
    for (const dataset of datasets) yield hub.modelParts(index.ids[dataset])
  }
  return placesByJs(target, parts(), features)
}

/** The same among datasets that are given. */
export function placesByJs(target: WholeAndCells, sources: Iterable<WholeAndCells>, features: Uint32Array): FitPlaces {
  const compare = sizeCorrected(target, { shared: features, rowCounted: features })
  const all: { readonly fit: number; readonly js: number }[] = []
  let spent = 0
  for (const source of sources) {
    const began = processorMs()
    const value = fit({ ...compare(source), shared: features.length, targetFeatures: features.length })
    spent += processorMs() - began
    all.push({ fit: value, js: pairwiseJensenShannon(source.whole, target.whole, features)[0] })
  }
  const byJs = [...all].sort((a, b) => a.js - b.js)
  const best = [...all].sort((a, b) => b.fit - a.fit).slice(0, TOP)
  return {
    places: best.map(one => byJs.indexOf(one) + 1),
    compared: all.length,
    comparisonMs: spent / all.length,
  }
}

/** Share of the ten best by fit that are among the nearest so many by JS, mean over targets. */
export function shortlistRecall(targets: readonly FitPlaces[], shortlist: number): number {
  const shares = targets.map(({ places }) => places.filter(place => place <= shortlist).length / places.length)
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}
