import { coarseCells, fit, pairwiseJensenShannon, samplingFloors, type WholeAndCells } from '../src/divergence/index.ts'
import { affinities, affinityError } from '../src/math/affinities.ts'

/** What the logarithms of a divergence may be off by, nats. */
const SLACK = 4e-6

/** What a model cannot exceed by fit, and its JS. */
export interface FitBound {
  readonly upper: number
  /** Of the whole datasets, nats. */
  readonly js: number
}

/**
 * Bounds the fit of sources to a target from above by the products of roots alone: JS ≥ ln 2 · (1 − BC) of every pair of
 * cells. All features must be shared, and count rows.
 */
export function fitBound(target: WholeAndCells, features: Uint32Array): (source: WholeAndCells) => FitBound {
  const coarse = coarseCells(target.clustered, features)
  const [targetFloor] = samplingFloors(target.whole, features)
  const count = features.length
  return ({ whole, clustered }) => {
    const cells = coarse[Math.min(clustered.partitions, coarse.length) - 1]
    const columns = whole.values.length
    const products = affinities(
      { rows: clustered.partitions, columns, values: clustered.values },
      { rows: cells.partitions, columns, values: cells.values },
    )
    const greatest = new Float64Array(cells.partitions)
    products.forEach((sum, pair) => {
      const cell = pair % cells.partitions
      if (sum > greatest[cell]) greatest[cell] = sum
    })
    const rows = cells.rows.reduce((sum, n) => sum + n, 0)
    const most = (1 + affinityError(columns)) / count
    const distance = greatest.reduce((sum, product, cell) => sum + (cells.rows[cell] / rows) * (1 - most * product), 0)
    const [js] = pairwiseJensenShannon(whole, target.whole, features)
    const wholeJs = Math.max(0, js - samplingFloors(whole, features)[0] - targetFloor)
    const softCoverage = Math.min(1, Math.max(0, 1 - distance + SLACK / Math.LN2))
    return { upper: fit({ softCoverage, wholeJs, shared: count, targetFeatures: count }) + 1e-9, js }
  }
}
