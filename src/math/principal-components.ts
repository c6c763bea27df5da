import { ModelHubError, throwIfCancelled } from '../common/modelhub-error.ts'
import { checkPoints, type Embeddings, type Points } from './embeddings.ts'
import { dimensionGram, type MatrixWork, rowGram } from './gram.ts'
import { type Eigenpairs, leadingEigenpairs } from './leading-eigenpairs.ts'
import { plainEngine } from './matrix-engine.ts'
import { meanRow, rowBlocks } from './row-blocks.ts'

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
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkPoints; OUT_OF_RANGE too when count is not a positive integer
 * @throws TOO_FEW_ROWS with fewer than two rows
 * @throws CANCELLED once the signal is aborted
 */
export async function principalComponents(
  embeddings: Embeddings,
  count: number,
  work: MatrixWork = {},
): Promise<PrincipalComponents> {
  checkPoints(embeddings, 'embeddings')
  if (!Number.isInteger(count) || count < 1) {
    throw new ModelHubError('OUT_OF_RANGE', `count: expected a positive integer, got ${count}`)
  }
  const { rows, dimensions } = embeddings
  if (rows < 2) throw new ModelHubError('TOO_FEW_ROWS', `embeddings: expected at least 2 rows, got ${rows}`)
  const kept = Math.min(count, rows, dimensions)
  const mean = meanRow(embeddings)
  const components = rows < dimensions ? await fromRows(embeddings, mean, { ...work, kept }) : undefined
  const pairs = components ?? leadingEigenpairs(await dimensionGram(embeddings, { mean, ...work }), dimensions, kept)
  const vectors = signed(pairs, dimensions)
  return {
    mean,
    components: vectors,
    explainedVariance: pairs.values.map(value => Math.max(0, value) / (rows - 1)),
    projected: await project(embeddings, { mean, components: vectors }, work),
  }
}

/** The eigenvectors of XᵀX from those of XXᵀ: v = Xᵀu / ‖Xᵀu‖. */
async function fromRows(
  embeddings: Embeddings,
  mean: Float64Array,
  { kept, ...work }: MatrixWork & { readonly kept: number },
): Promise<Eigenpairs> {
  const { rows, dimensions } = embeddings
  const { values, vectors } = leadingEigenpairs(await rowGram(embeddings, { mean, ...work }), rows, kept)
  const components = new Float64Array(kept * dimensions)
  for (let k = 0; k < kept; k++) {
    const component = components.subarray(k * dimensions, (k + 1) * dimensions)
    for (let i = 0; i < rows; i++) {
      const weight = vectors[k * rows + i]
      const from = i * dimensions
      for (let c = 0; c < dimensions; c++) component[c] += weight * (embeddings.values[from + c] - mean[c])
    }
    let squares = 0
    for (const loading of component) squares += loading * loading
    for (let c = 0; squares > 0 && c < dimensions; c++) component[c] /= Math.sqrt(squares)
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

async function project(
  embeddings: Embeddings,
  { mean, components }: Pick<PrincipalComponents, 'mean' | 'components'>,
  { engine = plainEngine, signal }: MatrixWork,
): Promise<Points> {
  const { rows, dimensions } = embeddings
  const count = components.length / dimensions
  const directions = { rows: count, columns: dimensions, values: Float32Array.from(components) }
  const values = new Float64Array(rows * count)
  let done = 0
  for (const block of rowBlocks(embeddings, { mean })) {
    throwIfCancelled(signal, 'principal components')
    values.set(await engine.matmulTransposed(block, directions), done * count)
    done += block.rows
  }
  return { rows, dimensions: count, values }
}
