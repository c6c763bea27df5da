import { symmetricEigen } from './symmetric-eigen.ts'

/** Points placed by their distances. */
export interface ScaledPoints {
  /** Shape (size, dimensions), row-major, centred; largest axis first. */
  readonly points: Float64Array
  /** Share of the positive eigenvalues' sum that the axes kept hold, in [0, 1]; 1 when all points coincide. */
  readonly share: number
}

/**
 * Classical multidimensional scaling: the points whose Euclidean distances come nearest to those given.
 *
 *   B = −½ J D² J,   J = I − 11ᵀ/n;   X = V_k Λ_k^½                                                     Torgerson (1952)
 *
 * Where the distances are Euclidean and the dimensions suffice, X has just these distances. An axis without a positive
 * eigenvalue is all 0. Each axis points so that its entry farthest from 0 is positive; axes of equal eigenvalues are
 * any basis.
 *
 * @param distances shape (size, size), row-major, symmetric, ≥ 0, with a diagonal of 0; not changed
 * @param dimensions axes wanted, from 1
 */
export function classicalScaling(distances: Float64Array, size: number, dimensions: number): ScaledPoints {
  const { values, rotated } = symmetricEigen(doublyCentred(distances, size), size)
  const points = new Float64Array(size * dimensions)
  for (let axis = 0; axis < Math.min(dimensions, size); axis++) {
    const vector = rotated.subarray(axis * size, (axis + 1) * size)
    const scale = Math.sqrt(Math.max(0, values[axis])) * signOfFarthest(vector)
    for (let i = 0; i < size; i++) points[i * dimensions + axis] = vector[i] * scale
  }
  const positive = (kept: Float64Array) => kept.reduce((sum, value) => sum + Math.max(0, value), 0)
  const all = positive(values)
  return { points, share: all > 0 ? positive(values.subarray(0, dimensions)) / all : 1 }
}

/** −½ J D² J, shape (size, size). */
function doublyCentred(distances: Float64Array, size: number): Float64Array {
  const squares = distances.map(distance => distance * distance)
  const means = Float64Array.from({ length: size }, (_, i) => {
    let sum = 0
    for (let j = 0; j < size; j++) sum += squares[i * size + j]
    return sum / size
  })
  const mean = means.reduce((sum, value) => sum + value, 0) / size
  return squares.map((square, at) => -0.5 * (square - means[Math.floor(at / size)] - means[at % size] + mean))
}

/** Equal entries on both sides of 0 are told apart by a hair, so that rounding does not decide. */
function signOfFarthest(vector: Float64Array): 1 | -1 {
  let farthest = 0
  for (const entry of vector) if (Math.abs(entry) > Math.abs(farthest) * (1 + 1e-9)) farthest = entry
  return farthest < 0 ? -1 : 1
}
