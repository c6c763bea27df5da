import { fit, pairwiseJensenShannon, sizeCorrected, type WholeAndCells } from '../src/divergence/index.ts'
import { maskedShortlist } from '../src/retrieval/index.ts'
import type { SimulatedHub } from './simulated-hub.ts'
import { allFeatures, processorMs, type SimulatedIndex } from './simulated-index.ts'

/** What a search by fit compares, as the product does for ten results. */
export const SHORTLIST = 100
/** Nearest models by JS among which the truth is sought where comparing all would take hours. */
export const MOST_COMPARED = 1000
const TOP = 10

/** A search by fit: what it found of the truth, and what it took. */
export interface FitSearch {
  /** Of the ten best by fit. */
  readonly recall: number
  /** Of comparing, without reading the partitions from the catalog. */
  readonly processorMs: number
  /** Worst place, by JS, of one of the ten best by fit, from 1. */
  readonly worstPlace: number
}

/** Models the truth was sought among: all of them in small hubs. */
export function comparedFor(models: number): number {
  return Math.min(models, MOST_COMPARED)
}

/** Searches by fit as the product does, and finds the truth by comparing many more. */
export function searchByFit(hub: SimulatedHub, index: SimulatedIndex, target: WholeAndCells): FitSearch {
  const features = allFeatures(hub)
  const query = { values: target.whole.values, features }
  const nearest = (most: number) => {
    const { datasets } = maskedShortlist(index.block, query, { most, fineCodes: index.fineCodes })
    return datasets
  }
  const ids = index.ids
  const started = processorMs()
  const shortlist = nearest(SHORTLIST)
  let spent = processorMs() - started
  const compare = sizeCorrected(target, { shared: features, rowCounted: features })
  const fits = new Map<number, { readonly fit: number; readonly js: number }>()
  const fitOf = (dataset: number) => {
    const parts = hub.modelParts(ids[dataset])
    const began = processorMs()
    const corrected = compare(parts)
    const value = fit({ ...corrected, shared: features.length, targetFeatures: features.length })
    fits.set(dataset, { fit: value, js: pairwiseJensenShannon(parts.whole, target.whole, features)[0] })
    return processorMs() - began
  }
  for (const dataset of shortlist) spent += fitOf(dataset)
  for (const dataset of nearest(comparedFor(index.block.size))) if (!fits.has(dataset)) fitOf(dataset)
  const all = [...fits].map(([dataset, found]) => ({ dataset, ...found }))
  const best = [...all].sort((a, b) => b.fit - a.fit).slice(0, TOP)
  const byJs = [...all].sort((a, b) => a.js - b.js).map(({ dataset }) => dataset)
  const listed = new Set(shortlist)
  return {
    recall: best.filter(({ dataset }) => listed.has(dataset)).length / best.length,
    processorMs: spent,
    worstPlace: Math.max(...best.map(({ dataset }) => byJs.indexOf(dataset) + 1)),
  }
}
