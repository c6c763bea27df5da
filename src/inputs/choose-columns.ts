import { ModelHubError } from '../common/index.ts'
import type { Feature } from '../dataset/index.ts'
import { namedFirst } from './named-first.ts'

/**
 * Finds the columns that a model takes among the features of a dataset.
 *
 * @param path of the dataset, for messages
 * @param wanted names, in the card's order
 * @returns their positions among the features, in the card's order
 * @throws COLUMN_MISSING naming those that are not there, MODEL_MISMATCH naming those that hold no numbers
 */
export function chooseColumns(
  path: string,
  features: readonly Feature[],
  wanted: readonly string[],
): readonly number[] {
  const places = new Map(features.map(({ name }, f) => [name, f]))
  const missing = wanted.filter(name => !places.has(name))
  if (missing.length > 0) {
    throw new ModelHubError(
      'COLUMN_MISSING',
      `${path}: ${missing.length} of ${wanted.length} columns that the model takes are not there: ${namedFirst(missing)}`,
    )
  }
  const positions = wanted.map(name => places.get(name)!)
  const words = positions.map(f => features[f]).filter(({ type }) => type !== 'numeric')
  if (words.length > 0) {
    const named = namedFirst(words.map(({ name, type }) => `${name} (${type})`))
    throw new ModelHubError('MODEL_MISMATCH', `${path}: the model takes numbers, got ${named}`)
  }
  return positions
}
