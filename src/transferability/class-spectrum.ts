import type { Embeddings } from '../math/embeddings.ts'
import { FoundOnce } from '../math/found-once.ts'
import { centredGram, type CentredGram, type MatrixWork } from '../math/gram.ts'
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

interface SpectrumWork extends MatrixWork {
  /** Whether X is the embeddings less their mean. */
  readonly centred: boolean
}

/**
 * The spectrum of embeddings: one Gram matrix of the engine, the same for centred ones and those as they are, then
 * min(rows, dimensions)³ in TypeScript. Found once for the same embeddings and labels where the work remembers.
 *
 * Eigenvalues below λ₁ times the engine's rounding (or size·2⁻⁵² where that is more) count as zero.
 *
 * @param labels what `classes` was made of
 */
export function classSpectrum(
  embeddings: Embeddings,
  { labels, ...classes }: LabelledClasses & { readonly labels: Int32Array },
  work: SpectrumWork,
): Promise<ClassSpectrum> {
  const find = () => findSpectrum(embeddings, classes, work)
  if (!work.found) return find()
  const ofLabels = work.found.of(embeddings, 'spectra by labels', () => new FoundOnce())
  return ofLabels.of(labels, work.centred ? 'centred' : 'as it is', find)
}

async function findSpectrum(
  embeddings: Embeddings,
  classes: LabelledClasses,
  { centred, ...work }: SpectrumWork,
): Promise<ClassSpectrum> {
  const gram = await centredGram(embeddings, work)
  const { size, values: matrix } = centred ? gram : withMean(embeddings, gram)
  const right = gram.ofRows ? indicators(classes) : sumsOfClasses(embeddings, classes, { ...gram, centred, size })
  const { values, rotated } = symmetricEigen(matrix, size, right)
  const { epsilon } = work.engine ?? plainEngine
  const floor = values[0] * Math.max(epsilon, size * Number.EPSILON)
  const rank = values.filter(value => value > floor).length
  const squares = new Float64Array(rank * classes.count)
  // With XXᵀ the rotated indicators are u·z at once; with XᵀX v·(Xᵀz) = √λ·(u·z).
  for (let at = 0; at < squares.length; at++) {
    squares[at] = rotated[at] ** 2 / (gram.ofRows ? 1 : values[Math.floor(at / classes.count)])
  }
  return { eigenvalues: values.slice(0, rank), squares }
}

type PlainGram = Pick<CentredGram, 'size' | 'values'>

/** The Gram matrix of the embeddings as they are, from that of the centred ones. */
function withMean(embeddings: Embeddings, gram: CentredGram): PlainGram {
  return gram.ofRows ? rowsWithMean(embeddings, gram) : columnsWithMean(embeddings, gram)
}

/** XXᵀ = CCᵀ + a·1ᵀ + 1·aᵀ + ‖μ‖²·1·1ᵀ with a = C·μ, where C is X less its mean μ. */
function rowsWithMean(
  { dimensions, values }: Embeddings,
  { mean, varying, size, values: centred }: CentredGram,
): PlainGram {
  const along = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    for (const c of varying) along[i] += (values[i * dimensions + c] - mean[c]) * mean[c]
  }
  const square = squaredLength(mean)
  return { size, values: centred.map((entry, at) => entry + along[Math.floor(at / size)] + along[at % size] + square) }
}

/** XᵀX = CᵀC + n·μ·μᵀ; the columns that do not vary are one dimension, the last: their part of μ. */
function columnsWithMean({ rows }: Embeddings, { mean, varying, size, values: centred }: CentredGram): PlainGram {
  const shift = meanWithConstants(mean, varying)
  const values = new Float64Array(shift.length ** 2)
  for (let p = 0, at = 0; p < shift.length; p++) {
    for (let q = 0; q < shift.length; q++, at++) {
      values[at] = rows * shift[p] * shift[q] + (p < size && q < size ? centred[p * size + q] : 0)
    }
  }
  return { size: shift.length, values }
}

/** μ over the columns that vary, then the length of what it is in the others. */
function meanWithConstants(mean: Float64Array, varying: Int32Array): Float64Array {
  const constant = mean.slice()
  for (const c of varying) constant[c] = 0
  const shift = new Float64Array(varying.length + 1)
  varying.forEach((c, p) => {
    shift[p] = mean[c]
  })
  shift[varying.length] = Math.sqrt(squaredLength(constant))
  return shift
}

function squaredLength(vector: Float64Array): number {
  return vector.reduce((sum, value) => sum + value * value, 0)
}

/** Shape (rows, classes): 1 where the row is of the class. */
function indicators({ of, count }: LabelledClasses): Float64Array {
  const matrix = new Float64Array(of.length * count)
  of.forEach((k, i) => {
    matrix[i * count + k] = 1
  })
  return matrix
}

/** Xᵀz of each class over the dimensions of the Gram matrix, shape (size, classes). */
function sumsOfClasses(
  { rows, dimensions, values }: Embeddings,
  { of, count, sizes }: LabelledClasses,
  { mean, varying, size, centred }: Pick<CentredGram, 'mean' | 'varying' | 'size'> & { readonly centred: boolean },
): Float64Array {
  const sums = new Float64Array(size * count)
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < varying.length; c++) {
      sums[c * count + of[i]] += values[i * dimensions + varying[c]] - mean[varying[c]]
    }
  }
  if (centred) return sums
  meanWithConstants(mean, varying).forEach((shift, c) => {
    for (let k = 0; k < count; k++) sums[c * count + k] += sizes[k] * shift
  })
  return sums
}
