import { ModelHubError } from '../common/index.ts'
import type { InputSignature, Normalisation } from '../model/index.ts'

/** Least and greatest value of each column, shape (columns). */
export interface ColumnRanges {
  readonly min: Float64Array
  readonly max: Float64Array
}

/** Changes one value of a column or channel, counted from 0, into what is fed. */
export type Normaliser = (value: number, column: number) => number

/**
 * The normalisation that a card states, as a function of a value and its column or channel.
 *
 *   none x;   scale x · factor;   standard (x − mean) / std;   min-max (x − min) / (max − min)
 *
 * A column whose max equals its min gives 0 under both min–max rules.
 *
 * @param columns how many columns or channels there are; a list of one number counts for all
 * @param ranges of the whole dataset, needed by `min-max-of-batch`
 * @throws MODEL_MISMATCH when a list has neither one number nor one a column
 */
export function normaliser(
  normalisation: Normalisation | undefined,
  columns: number,
  ranges?: ColumnRanges,
): Normaliser {
  switch (normalisation?.kind) {
    case undefined:
    case 'none':
      return value => value
    case 'scale': {
      const { factor } = normalisation
      return value => value * factor
    }
    case 'standard': {
      const mean = spread(normalisation.mean, columns, 'normalisation.mean')
      const std = spread(normalisation.std, columns, 'normalisation.std')
      return (value, column) => (value - mean[column]) / std[column]
    }
    case 'min-max':
      return minMax({
        min: spread(normalisation.min, columns, 'normalisation.min'),
        max: spread(normalisation.max, columns, 'normalisation.max'),
      })
    case 'min-max-of-batch':
      if (!ranges) throw new ModelHubError('INTERNAL', 'min-max-of-batch: the ranges of the dataset are not known')
      return minMax(ranges)
  }
}

/**
 * What stands in for missing and infinite values before normalisation.
 *
 * @returns a replacement by column; undefined when they are fed as they are
 * @throws MODEL_MISMATCH when the card's list has neither one number nor one a column
 */
export function replacements({ missing, normalisation }: InputSignature, columns: number): Float64Array | undefined {
  if (missing !== undefined) return spread(typeof missing === 'number' ? [missing] : missing, columns, 'missing')
  return normalisation?.kind === 'min-max-of-batch' ? new Float64Array(columns) : undefined
}

function minMax({ min, max }: ColumnRanges): Normaliser {
  return (value, column) => {
    const width = max[column] - min[column]
    return width === 0 ? 0 : (value - min[column]) / width
  }
}

function spread(numbers: readonly number[], columns: number, field: string): Float64Array {
  if (numbers.length === columns) return Float64Array.from(numbers)
  if (numbers.length === 1) return new Float64Array(columns).fill(numbers[0])
  throw new ModelHubError('MODEL_MISMATCH', `modelhub.input.${field}: expected 1 or ${columns}, got ${numbers.length}`)
}
