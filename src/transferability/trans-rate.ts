import { ModelHubError } from '../common/modelhub-error.ts'
import { choleskyLogDeterminant } from '../math/cholesky.ts'
import { checkPoints, type Embeddings } from '../math/embeddings.ts'
import { dimensionGram, type MatrixWork, rowGram } from '../math/gram.ts'
import { meanRow } from '../math/row-blocks.ts'
import { labelledClasses } from './labelled-classes.ts'

export interface TransRateOptions extends MatrixWork {
  /** Squared distortion ε. Default 10⁻⁴, as in Transfer-Learning-Library. */
  readonly epsilon?: number
}

/**
 * TransRate: the coding rate of the embeddings less the mean coding rate of its classes, in nats.
 *
 *   TrR = R(Z, ε) − 1/C Σ_c R(Z_c, ε),   R(Z, ε) = ½ log |I + ZᵀZ / (n·ε)|        Huang et al. (2022)
 *
 * Z is centred by the mean of all rows; classes count equally whatever their size, as in the authors' listing. Not
 * bounded, higher is better; the same under a shift and a rotation, while a larger scale of the embeddings gives larger
 * values. Constant embeddings give 0. One Gram matrix and min(rows, dimensions)³/6 for the whole and for each class.
 *
 * @param labels shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkPoints; SHAPE, OUT_OF_RANGE as labelledClasses; CANCELLED
 * @throws OUT_OF_RANGE too when epsilon is not positive
 */
export async function transRate(
  embeddings: Embeddings,
  labels: Int32Array,
  { epsilon = 1e-4, ...work }: TransRateOptions = {},
): Promise<number> {
  checkPoints(embeddings, 'embeddings')
  if (!(epsilon > 0)) throw new ModelHubError('OUT_OF_RANGE', `epsilon: expected a number > 0, got ${epsilon}`)
  const classes = labelledClasses(labels, embeddings.rows)
  const mean = meanRow(embeddings)
  const rowsOf = Array.from(classes.sizes, size => new Int32Array(size))
  const filled = new Int32Array(classes.count)
  classes.of.forEach((k, i) => {
    rowsOf[k][filled[k]++] = i
  })
  let withinClasses = 0
  for (const rows of rowsOf) withinClasses += await codingRate(embeddings, epsilon, { mean, rows, ...work })
  return (await codingRate(embeddings, epsilon, { mean, ...work })) - withinClasses / classes.count
}

/** ½ log |I + ZᵀZ / (n·ε)| of the chosen rows, through the smaller of ZᵀZ and ZZᵀ, whose other eigenvalues agree. */
async function codingRate(
  embeddings: Embeddings,
  epsilon: number,
  selection: MatrixWork & { readonly mean: Float64Array; readonly rows?: Int32Array },
): Promise<number> {
  const rows = selection.rows?.length ?? embeddings.rows
  const wide = rows < embeddings.dimensions
  const size = wide ? rows : embeddings.dimensions
  const gram = wide ? await rowGram(embeddings, selection) : await dimensionGram(embeddings, selection)
  for (let at = 0; at < gram.length; at++) gram[at] /= rows * epsilon
  for (let i = 0; i < size; i++) gram[i * size + i] += 1
  return 0.5 * choleskyLogDeterminant(gram, size)
}
