import type { Embeddings } from '../math/embeddings.ts'
import { dimensionGram, type MatrixWork, rowGram } from '../math/gram.ts'
import { plainEngine } from '../math/matrix-engine.ts'
import { symmetricEigen } from '../math/symmetric-eigen.ts'
import type { LabelledClasses } from './labelled-classes.ts'

/** X = U·diag(√λ)·Vᵀ, without U and V: what the classes look like along its directions. */
export interface ClassSpectrum {
  /** Eigenvalues λ of XᵀX that are not zero, in falling order, shape (rank). */
  readonly eigenvalues: Float64Array
  /** (u_j · z_k)² for direction j and the indicator z_k of class k: shape (rank, classes). */
  readonly squares: Float64Array
}

/**
 * The spectrum of the embeddings, less the mean where one is given. One Gram matrix of the engine, then
 * min(rows, dimensions)³ in TypeScript.
 *
 * Eigenvalues below λ₁ times the engine's rounding (or size·2⁻⁵² where that is more) count as zero.
 */
export async function classSpectrum(
  embeddings: Embeddings,
  classes: LabelledClasses,
  { mean, ...work }: MatrixWork & { readonly mean?: Float64Array } = {},
): Promise<ClassSpectrum> {
  const wide = embeddings.rows < embeddings.dimensions
  const size = wide ? embeddings.rows : embeddings.dimensions
  const gram = wide ? await rowGram(embeddings, { mean, ...work }) : await dimensionGram(embeddings, { mean, ...work })
  const right = wide ? indicators(classes) : sumsOfClasses(embeddings, classes, mean)
  const { values, rotated } = symmetricEigen(gram, size, right)
  const { epsilon } = work.engine ?? plainEngine
  const floor = values[0] * Math.max(epsilon, size * Number.EPSILON)
  const rank = values.filter(value => value > floor).length
  const squares = new Float64Array(rank * classes.count)
  // For a wide X the rotated indicators are u·z at once; for a tall one v·(Xᵀz) = √λ·(u·z).
  for (let at = 0; at < squares.length; at++) {
    squares[at] = rotated[at] ** 2 / (wide ? 1 : values[Math.floor(at / classes.count)])
  }
  return { eigenvalues: values.slice(0, rank), squares }
}

/** Shape (rows, classes): 1 where the row is of the class. */
function indicators({ of, count }: LabelledClasses): Float64Array {
  const matrix = new Float64Array(of.length * count)
  of.forEach((k, i) => {
    matrix[i * count + k] = 1
  })
  return matrix
}

/** Xᵀz of each class, shape (dimensions, classes). */
function sumsOfClasses(embeddings: Embeddings, { of, count }: LabelledClasses, mean?: Float64Array): Float64Array {
  const { rows, dimensions, values } = embeddings
  const sums = new Float64Array(dimensions * count)
  for (let i = 0, at = 0; i < rows; i++) {
    for (let c = 0; c < dimensions; c++, at++) sums[c * count + of[i]] += values[at] - (mean ? mean[c] : 0)
  }
  return sums
}
