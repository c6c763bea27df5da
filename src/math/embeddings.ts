import { ModelHubError } from '../common/modelhub-error.ts'

/** One vector a row, as a layer of a model gives them: shape (rows, dimensions), row-major. */
export interface Embeddings {
  readonly rows: number
  readonly dimensions: number
  readonly values: Float32Array
}

/** Vectors in either precision: embeddings, or their projection to fewer dimensions. */
export interface Points {
  readonly rows: number
  readonly dimensions: number
  readonly values: Float32Array | Float64Array
}

/**
 * Refuses points that no score is defined for.
 *
 * @throws EMPTY_DATASET without rows or dimensions
 * @throws SHAPE when the values are not rows × dimensions many
 * @throws OUT_OF_RANGE when a value is NaN or infinite
 */
export function checkPoints(points: Points, name: string): void {
  checkSizes(points, name)
  checkFinite(points.values, points.dimensions, name)
}

/**
 * @throws EMPTY_DATASET without rows or dimensions
 * @throws SHAPE when the values are not rows × dimensions many
 */
export function checkSizes({ rows, dimensions, values }: Points, name: string): void {
  if (!(rows > 0) || !(dimensions > 0)) {
    throw new ModelHubError(
      'EMPTY_DATASET',
      `${name}: expected at least one row and dimension, got (${rows}, ${dimensions})`,
    )
  }
  checkShape(values, [rows, dimensions], name)
}

/** @throws SHAPE when a row-major array does not fill its shape */
export function checkShape(values: { readonly length: number }, shape: readonly [number, number], name: string): void {
  if (values.length !== shape[0] * shape[1]) {
    throw new ModelHubError('SHAPE', `${name}: expected ${shape[0]} × ${shape[1]} values, got ${values.length}`)
  }
}

/** @throws OUT_OF_RANGE at the first value that is NaN or infinite */
export function checkFinite(values: Float32Array | Float64Array, columns: number, name: string): void {
  // Differences with oneself are 0, or NaN: a sum of them tells whether it is worth looking closer.
  let [a, b] = [0, 0]
  for (let i = 0; i + 1 < values.length; i += 2) {
    a += values[i] - values[i]
    b += values[i + 1] - values[i + 1]
  }
  if (a + b === 0 && (values.length === 0 || Number.isFinite(values[values.length - 1]))) return
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      const place = `row ${Math.floor(i / columns)}, column ${i % columns}`
      throw new ModelHubError('OUT_OF_RANGE', `${name}: expected finite numbers, got ${values[i]} in ${place}`)
    }
  }
}
