import { ModelHubError } from '../common/index.ts'
import { MAX_FEATURES } from '../common/limits.ts'

/**
 * Refuses a table with more columns than features are allowed.
 *
 * @throws TOO_MANY_COLUMNS above MAX_FEATURES
 */
export function checkColumnCount(path: string, count: number): void {
  if (count <= MAX_FEATURES) return
  throw new ModelHubError('TOO_MANY_COLUMNS', `${path}: expected at most ${MAX_FEATURES} columns, got ${count}`)
}
