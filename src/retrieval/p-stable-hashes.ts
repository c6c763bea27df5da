import { ModelHubError } from '../common/modelhub-error.ts'
import { seededRandom } from '../common/random.ts'
import { gaussian } from '../math/gaussian.ts'
import type { Vector } from '../divergence/histogram.ts'
import type { BandShape } from './band-tables.ts'

export interface PStableOptions {
  /** Length of a point. */
  readonly dimensions: number
  readonly shape: BandShape
  /** r > 0, the width of a hash's cells, in the unit of the points. */
  readonly width: number
  /** The same seed gives the same hashes on every platform, and hashes of more dimensions begin like those of fewer. */
  readonly seed: number
}

/** L K hash functions of Euclidean points. */
export interface PStableHashes extends PStableOptions {
  /** a, standard normal, shape (dimensions × L K), row-major: a dimension's share in every hash lies together. */
  readonly directions: Float32Array
  /** b, uniform in [0, r), shape (L K). */
  readonly shifts: Float64Array
}

/**
 * Draws the hash functions of Eq. 2.4.
 *
 *   h(x) = ⌈(a·x + b) / r⌉,  a ~ N(0, I),  b ~ U[0, r)        Datar et al. (2004); Zhou et al. (2020), Eq. 2.4, x = √P
 *
 * @throws OUT_OF_RANGE when dimensions, L or K is no integer ≥ 1, or the width is not positive
 */
export function pStableHashes(options: PStableOptions): PStableHashes {
  const { dimensions, shape, width, seed } = options
  for (const [name, count] of Object.entries({ dimensions, ...shape })) {
    if (Number.isInteger(count) && count >= 1) continue
    throw new ModelHubError('OUT_OF_RANGE', `${name}: expected an integer >= 1, got ${count}`)
  }
  if (!(width > 0 && width < Infinity)) {
    throw new ModelHubError('OUT_OF_RANGE', `width: expected a finite number > 0, got ${width}`)
  }
  const hashes = shape.bands * shape.values
  const uniform = seededRandom(seed)
  const shifts = Float64Array.from({ length: hashes }, () => width * uniform())
  const normal = gaussian(uniform)
  const directions = new Float32Array(dimensions * hashes)
  for (let i = 0; i < directions.length; i++) directions[i] = normal()
  return { ...options, directions, shifts }
}

/**
 * Adds a stretch of a point to the products a·x of all hashes.
 *
 * @param sums a·x so far, shape (L K)
 * @param point read at [from, to); its coordinate i belongs to dimension i + offset
 */
export function addProducts(
  { directions }: PStableHashes,
  sums: Float64Array | Float32Array,
  { point, from, to, offset = 0 }: { point: Vector; from: number; to: number; offset?: number },
): void {
  const hashes = sums.length
  for (let i = from; i < to; i++) {
    const x = point[i]
    if (x === 0) continue
    const row = (i + offset) * hashes
    for (let h = 0; h < hashes; h++) sums[h] += x * directions[row + h]
  }
}

/**
 * The place of a point among the cells, (scale a·x + b) / r, one number for each hash: its ceiling is the hash.
 *
 * @param products a·x, shape (L K)
 */
export function cellPlaces(
  { shifts, width }: PStableHashes,
  products: Float64Array | Float32Array,
  scale = 1,
): Float64Array {
  return shifts.map((shift, h) => (scale * products[h] + shift) / width)
}

/** The hashes of a point, ⌈(a·x + b) / r⌉, shape (L K). */
export function cellsOf(places: Float64Array): Int32Array {
  return Int32Array.from(places, Math.ceil)
}
