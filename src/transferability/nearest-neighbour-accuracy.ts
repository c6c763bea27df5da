import { ModelHubError, throwIfCancelled } from '../common/modelhub-error.ts'
import { checkPoints, type Embeddings } from '../math/embeddings.ts'
import type { MatrixWork } from '../math/gram.ts'
import { plainEngine } from '../math/matrix-engine.ts'
import { meanRow, rowBlocks } from '../math/row-blocks.ts'
import { labelledClasses } from './labelled-classes.ts'
import { voteShare } from './neighbour-vote.ts'

export interface NearestNeighboursOptions extends MatrixWork {
  /** Neighbours that vote. Default 1; cut to rows − 1. */
  readonly neighbours?: number
  /** Default `euclidean`. With `cosine` a zero vector lies at distance 1 from everything. */
  readonly distance?: 'euclidean' | 'cosine'
}

/** Distances held at a time: 32 MB. */
const DISTANCES = 2 ** 22

/** Distances nearer than this share of the row's squared length are one. */
const ROUNDING = 1e-6

/**
 * Leave-one-out accuracy of the k nearest neighbours' vote (Cover and Hart 1967): every row is classified by all others.
 *
 * In [0, 1], higher is better. Rows at one distance share what votes are left, and classes with equally many votes share
 * the row, so that neither the order of rows nor which label is which matters; distances are one within 10⁻⁶ of the row's
 * squared length, which is what single precision can tell. Without ties equal to scikit-learn's KNeighborsClassifier. The same under a positive scale. A row alone in its class is never right. Costs
 * rows²·dimensions of the engine and rows² in TypeScript; holds 32 MB of distances at a time.
 *
 * @param labels shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkPoints; SHAPE, OUT_OF_RANGE as labelledClasses; CANCELLED
 * @throws OUT_OF_RANGE too when neighbours is not a positive integer, or for an unknown distance
 */
export async function nearestNeighbourAccuracy(
  embeddings: Embeddings,
  labels: Int32Array,
  { neighbours = 1, distance = 'euclidean', engine = plainEngine, signal }: NearestNeighboursOptions = {},
): Promise<number> {
  checkPoints(embeddings, 'embeddings')
  checkOptions(neighbours, distance)
  const { rows } = embeddings
  const classes = labelledClasses(labels, rows)
  const prepared = distance === 'cosine' ? unitRows(embeddings) : embeddings
  // Distances do not depend on the mean, but single-precision products lose digits to it.
  const mean = distance === 'cosine' ? undefined : meanRow(embeddings)
  const lengths = squaredLengths(prepared, mean)
  const k = Math.min(neighbours, rows - 1)
  let right = 0
  let first = 0
  for (const block of rowBlocks(prepared, { mean, perBlock: Math.max(1, Math.floor(DISTANCES / rows)) })) {
    const distances = new Float64Array(block.rows * rows)
    let from = 0
    for (const others of rowBlocks(prepared, { mean })) {
      throwIfCancelled(signal, 'nearest neighbours')
      const products = await engine.matmulTransposed(block, others)
      for (let i = 0; i < block.rows; i++) {
        for (let j = 0; j < others.rows; j++) {
          const both = distance === 'cosine' ? 2 : lengths[first + i] + lengths[from + j]
          distances[i * rows + from + j] = both - 2 * products[i * others.rows + j]
        }
      }
      from += others.rows
    }
    for (let i = 0; i < block.rows; i++) {
      const row = distances.subarray(i * rows, (i + 1) * rows)
      row[first + i] = Infinity
      right += voteShare(row, classes, { own: classes.of[first + i], k, slack: ROUNDING * lengths[first + i] })
    }
    first += block.rows
  }
  return right / rows
}

function checkOptions(neighbours: number, distance: string): void {
  if (!Number.isInteger(neighbours) || neighbours < 1) {
    throw new ModelHubError('OUT_OF_RANGE', `neighbours: expected a positive integer, got ${neighbours}`)
  }
  if (distance !== 'euclidean' && distance !== 'cosine') {
    throw new ModelHubError('OUT_OF_RANGE', `distance: expected euclidean or cosine, got ${distance}`)
  }
}

/** Each row over its length, zero vectors as they are. */
function unitRows(embeddings: Embeddings): Embeddings {
  const { dimensions, values } = embeddings
  const lengths = squaredLengths(embeddings)
  const unit = values.map((value, at) => value / (Math.sqrt(lengths[Math.floor(at / dimensions)]) || 1))
  return { ...embeddings, values: unit }
}

/** ‖x − mean‖² of each row, shape (rows). */
function squaredLengths({ rows, dimensions, values }: Embeddings, mean?: Float64Array): Float64Array {
  const lengths = new Float64Array(rows)
  for (let i = 0, at = 0; i < rows; i++) {
    for (let c = 0; c < dimensions; c++, at++) lengths[i] += (values[at] - (mean ? mean[c] : 0)) ** 2
  }
  return lengths
}
