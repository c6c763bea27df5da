import { seededRandom } from '../common/random.ts'
import { kMeans } from '../math/k-means.ts'
import { nearestCentroids, type Points } from '../math/nearest-centroids.ts'
import type { ChunkBins } from './feature-counter.ts'
import { rankAxis, type RankAxis } from './rank-space.ts'
import type { FeatureBins } from './feature-bins.ts'

const ROWS_PER_CELL = 40
/** Most clustered partitions of a sketch. */
export const MAX_CELLS = 32
/** Rows per cell that k-means is fitted on: more move the centroids little. */
const FITTED_ROWS_PER_CELL = 256

/** k-means cells in rank space. */
export interface CellModel {
  readonly axes: readonly RankAxis[]
  readonly centroids: Points
}

/** The rows that the cells are fitted on. */
export interface CellSample {
  readonly rows: number
  readonly hashes: Uint32Array
  /** One per feature. */
  readonly chunkBins: readonly ChunkBins[]
  /** One per feature: counts of the sample in the feature's bins. */
  readonly counts: readonly Uint32Array[]
}

/** Number of cells wanted for a dataset: clamp(round(N / 40), 1, 32). */
export function cellsFor(datasetRows: number): number {
  return Math.min(MAX_CELLS, Math.max(1, Math.round(datasetRows / ROWS_PER_CELL)))
}

/** Fits k-means in the rank space of the features' own bins. */
export function fitCells(
  bins: readonly FeatureBins[],
  sample: CellSample,
  options: { readonly cells: number; readonly seed: number },
): CellModel {
  const axes = bins.map((featureBins, f) => rankAxis(featureBins, sample.counts[f]))
  const points = rankPoints(axes, sample.chunkBins, sample.rows)
  const fitted = withSmallestHashes(points, sample.hashes, options.cells * FITTED_ROWS_PER_CELL)
  return { axes, centroids: kMeans(fitted, options.cells, seededRandom(options.seed)) }
}

/** The cell of every row of a chunk, shape (rows). */
export function assignCells(model: CellModel, chunkBins: readonly ChunkBins[], rows: number): Int32Array {
  const cells = new Int32Array(rows)
  if (model.centroids.rows > 1) nearestCentroids(rankPoints(model.axes, chunkBins, rows), model.centroids, cells)
  return cells
}

/** The cell whose centroid is nearest to that of `cell`, among `others`. */
export function nearestCell({ centroids }: CellModel, cell: number, others: readonly number[]): number {
  const { dimensions: d, values } = centroids
  const distance = (other: number) => {
    let sum = 0
    for (let i = 0; i < d; i++) sum += (values[cell * d + i] - values[other * d + i]) ** 2
    return sum
  }
  return others.reduce((best, other) => (distance(other) < distance(best) ? other : best))
}

function rankPoints(axes: readonly RankAxis[], chunkBins: readonly ChunkBins[], rows: number): Points {
  const width = axes.reduce((sum, axis) => sum + axis.dimensions, 0)
  const values = new Float64Array(rows * width)
  let column = 0
  axes.forEach((axis, f) => {
    axis.write(chunkBins[f], values, { rows, width, column })
    column += axis.dimensions
  })
  return { rows, dimensions: width, values }
}

function withSmallestHashes(points: Points, hashes: Uint32Array, most: number): Points {
  if (points.rows <= most) return points
  const threshold = hashes.slice().sort()[most - 1]
  const rows = Array.from(hashes.keys()).filter(row => hashes[row] <= threshold)
  const { dimensions: d } = points
  const values = new Float64Array(rows.length * d)
  rows.forEach((row, i) => values.set(points.values.subarray(row * d, row * d + d), i * d))
  return { rows: rows.length, dimensions: d, values }
}
