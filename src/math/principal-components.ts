import { ModelHubError, throwIfCancelled } from '../common/modelhub-error.ts'
import { checkSizes, type Embeddings, type Points } from './embeddings.ts'
import { centredBlocks, centredGram, type MatrixWork } from './gram.ts'
import { type Eigenpairs, leadingEigenpairs } from './leading-eigenpairs.ts'
import { plainEngine } from './matrix-engine.ts'
import type { ColumnMeans } from './row-blocks.ts'

export interface PrincipalComponents {
  /** Shape (dimensions). */
  readonly mean: Float64Array
  /** One direction a row, shape (count, dimensions); its largest loading in magnitude is positive. */
  readonly components: Float64Array
  /** Variance along each direction, over rows − 1, shape (count), falling. */
  readonly explainedVariance: Float64Array
  /** The rows in these directions, shape (rows, count). */
  readonly projected: Points
}

/** A direction whose share of the variance is below this holds rounding only: it is given as zero. */
const NO_VARIANCE = 1e-14

/**
 * Principal components (Hotelling 1933) through the eigenvectors of the centred Gram matrix, XᵀX where there are at
 * least as many rows as dimensions and XXᵀ where there are fewer.
 *
 * Equal to scikit-learn's PCA up to the sign, which is fixed here, to 10⁻⁶ of the largest value where eigenvalues are
 * apart. `count` is cut to min(count, rows, dimensions); directions without variance are zero, and so is what is
 * projected on them.
 *
 * @throws EMPTY_DATASET, SHAPE as checkSizes, OUT_OF_RANGE as centredGram; OUT_OF_RANGE too when count is not a positive integer
 * @throws TOO_FEW_ROWS with fewer than two rows
 * @throws CANCELLED once the signal is aborted
 */
export async function principalComponents(
  embeddings: Embeddings,
  count: number,
  work: MatrixWork = {},
): Promise<PrincipalComponents> {
  checkSizes(embeddings, 'embeddings')
  if (!Number.isInteger(count) || count < 1) {
    throw new ModelHubError('OUT_OF_RANGE', `count: expected a positive integer, got ${count}`)
  }
  const { rows, dimensions } = embeddings
  if (rows < 2) throw new ModelHubError('TOO_FEW_ROWS', `embeddings: expected at least 2 rows, got ${rows}`)
  const kept = Math.min(count, rows, dimensions)
  const gram = await centredGram(embeddings, work)
  const wanted = { count: Math.min(kept, gram.size), engine: work.engine }
  const pairs = await leadingEigenpairs(gram.values, gram.size, wanted)
  const ofAll = gram.ofRows ? ofColumns(pairs, embeddings, gram) : pairs
  const directions = gram.varying.length === 0 ? new Float64Array() : signed(ofAll, gram.varying.length)
  const values = new Float64Array(kept)
  values.set(pairs.values)
  return {
    mean: gram.mean,
    components: spreadOut(directions, gram.varying, { kept, dimensions }),
    explainedVariance: values.map(value => Math.max(0, value) / (rows - 1)),
    projected: await project(embeddings, { ...gram, directions, kept }, work),
  }
}

/** The eigenvectors of XᵀX from those of XXᵀ: v = Xᵀu / ‖Xᵀu‖. */
function ofColumns(
  { values, vectors }: Eigenpairs,
  { rows, dimensions, values: entries }: Embeddings,
  { mean, varying }: ColumnMeans,
): Eigenpairs {
  const width = varying.length
  const components = new Float64Array(values.length * width)
  for (let k = 0; k < values.length; k++) {
    const component = components.subarray(k * width, (k + 1) * width)
    for (let i = 0; i < rows; i++) {
      const weight = vectors[k * rows + i]
      const from = i * dimensions
      for (let c = 0; c < width; c++) component[c] += weight * (entries[from + varying[c]] - mean[varying[c]])
    }
    let squares = 0
    for (const loading of component) squares += loading * loading
    for (let c = 0; squares > 0 && c < width; c++) component[c] /= Math.sqrt(squares)
  }
  return { values, vectors: components }
}

/** The directions with fixed signs, those without variance as zero. */
function signed({ values, vectors }: Eigenpairs, dimensions: number): Float64Array {
  const fixed = vectors.slice()
  values.forEach((value, k) => {
    const row = fixed.subarray(k * dimensions, (k + 1) * dimensions)
    if (!(value > NO_VARIANCE * values[0])) {
      row.fill(0)
      return
    }
    let largest = 0
    for (const loading of row) if (Math.abs(loading) > Math.abs(largest)) largest = loading
    if (largest < 0) for (let c = 0; c < dimensions; c++) row[c] = -row[c]
  })
  return fixed
}

/** Directions over all columns, 0 in those that do not vary; rows of zeros up to `kept` of them. */
function spreadOut(
  directions: Float64Array,
  varying: Int32Array,
  { kept, dimensions }: { readonly kept: number; readonly dimensions: number },
): Float64Array {
  const width = varying.length
  const spread = new Float64Array(kept * dimensions)
  for (let at = 0; at < directions.length; at++) {
    spread[Math.floor(at / width) * dimensions + varying[at % width]] = directions[at]
  }
  return spread
}

/** The rows along the directions, and 0 up to `kept` of them: shape (rows, kept). */
async function project(
  embeddings: Embeddings,
  { mean, varying, directions, kept }: ColumnMeans & { readonly directions: Float64Array; readonly kept: number },
  work: MatrixWork,
): Promise<Points> {
  const { engine = plainEngine, signal } = work
  const { rows } = embeddings
  const values = new Float64Array(rows * kept)
  if (varying.length === 0) return { rows, dimensions: kept, values }
  const columns = varying.length
  const count = directions.length / columns
  const right = { rows: count, columns, values: Float32Array.from(directions) }
  let row = 0
  for (const block of centredBlocks(embeddings, { mean, varying }, work)) {
    throwIfCancelled(signal, 'principal components')
    const products = await engine.matmulTransposed(block, right)
    for (let i = 0; i < block.rows; i++) values.set(products.subarray(i * count, (i + 1) * count), (row + i) * kept)
    row += block.rows
  }
  return { rows, dimensions: kept, values }
}
