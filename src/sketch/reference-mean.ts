import { ModelHubError } from '../common/modelhub-error.ts'
import { fourierMean, randomFourierFeatures } from '../divergence/random-fourier-features.ts'
import type { Column, NumericColumn } from '../dataset/column-chunk.ts'
import type { Feature } from '../dataset/feature.ts'
import { rankUnder } from './rank-under.ts'
import type { NumericBins } from './feature-bins.ts'
import type { ReferenceMean, Sketch } from './sketch.ts'
import { stringHash } from './string-hash.ts'

/** Random directions of the Fourier map: a mean has twice as many numbers. */
export const REFERENCE_DIRECTIONS = 128
/** The directions are the same in every sketch, or no two means could be compared. */
const REFERENCE_SEED = 2012
/** Coordinate of a missing value: the middle rank. */
const MISSING_RANK = 0.5

/** A mean over the rows of a dataset that come chunk by chunk. */
export interface ReferenceMeanCounter {
  add(columns: readonly Column[], rows: number): void
  /** At least one row must have been added. */
  finish(): ReferenceMean
}

/**
 * Starts the mean of random Fourier features of a dataset's rows in the coordinates of a reference sketch.
 *
 * The coordinates are the reference's numeric features, in its order; a row's coordinate is the rank in [0, 1] of its
 * value under the reference (`rankUnder`), and ½ where the value is missing or the dataset has no numeric feature of
 * that name. 128 directions, of a seed that is always the same. The bandwidth is √(d/6), d the number of coordinates:
 * the root of the mean squared distance of two rows of uniform, independent ranks.
 *
 * Sine and cosine are the engine's own: where two engines differ in a last bit, so do the means.
 *
 * @param features of the dataset
 * @throws COLUMN_MISSING when the dataset has none of the reference's numeric features
 */
export function referenceMeanCounter(features: readonly Feature[], reference: Sketch): ReferenceMeanCounter {
  const axes = numericAxes(reference)
  const numeric = new Map(features.map((feature, f) => [feature.type === 'numeric' ? feature.name : undefined, f]))
  const columnOf = axes.map(({ name }) => numeric.get(name))
  if (columnOf.every(column => column === undefined)) {
    throw new ModelHubError('COLUMN_MISSING', 'reference: expected a numeric feature that the dataset has, got none')
  }
  const ranks = axes.map(({ bins, counts }) => rankUnder(bins, counts))
  const mean = fourierMean(referenceMap(axes.length))
  const row = new Float64Array(axes.length)
  return {
    add(columns, rows) {
      const used = columnOf.map(f => (f === undefined ? undefined : (columns[f] as NumericColumn)))
      for (let r = 0; r < rows; r++) {
        used.forEach((column, axis) => {
          const value = column ? column[r] : NaN
          row[axis] = value - value === 0 ? ranks[axis](value) : MISSING_RANK
        })
        mean.add(row)
      }
    },
    finish: () => ({ reference: referenceIdentity(reference), mean: mean.mean() }),
  }
}

/** The Fourier map of a reference with the given number of numeric features. */
export function referenceMap(features: number): ReturnType<typeof randomFourierFeatures> {
  return randomFourierFeatures({
    features,
    directions: REFERENCE_DIRECTIONS,
    bandwidth: Math.sqrt(features / 6),
    seed: REFERENCE_SEED,
  })
}

/**
 * Identity of a reference: 128 bits in hexadecimal, four MurmurHash3 words (seeds 0 to 3) of its numeric features'
 * names, edges, atoms and counts. It tells references apart; it is no safeguard against one forged to have it.
 */
export function referenceIdentity(reference: Sketch): string {
  const text = JSON.stringify(
    numericAxes(reference).map(({ name, bins, counts }) => [name, ...[bins.edges, bins.atoms, counts].map(listed)]),
  )
  return [0, 1, 2, 3].map(seed => stringHash(text, seed).toString(16).padStart(8, '0')).join('')
}

interface NumericAxis {
  readonly name: string
  readonly bins: NumericBins
  /** Shape (bins). */
  readonly counts: Uint32Array
}

function numericAxes({ features, partitions }: Sketch): NumericAxis[] {
  return features.flatMap(({ name, bins }, f) =>
    bins.kind === 'numeric' ? [{ name, bins, counts: partitions[0].counts[f] }] : [],
  )
}

function listed(numbers: Float64Array | Uint32Array): number[] {
  return Array.from(numbers)
}
