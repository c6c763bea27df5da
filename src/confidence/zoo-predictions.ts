import { ModelHubError } from '../common/modelhub-error.ts'

/** What each model of a zoo predicts of the same rows: one array of labels, shape (rows), per model. */
export type ZooPredictions = readonly Int32Array[]

/**
 * Refuses predictions that cannot be compared.
 *
 * @throws TOO_FEW_ROWS without rows
 * @throws OUT_OF_RANGE with fewer models than `least`
 * @throws SHAPE when two models have different numbers of rows
 */
export function checkPredictions(predictions: ZooPredictions, least = 1): void {
  if (predictions.length < least) {
    throw new ModelHubError('OUT_OF_RANGE', `predictions: expected at least ${least} models, got ${predictions.length}`)
  }
  const rows = predictions[0].length
  if (rows === 0) throw new ModelHubError('TOO_FEW_ROWS', 'predictions: expected at least 1 row, got 0')
  predictions.forEach((labels, model) => {
    if (labels.length !== rows) {
      const message = `predictions of model ${model}: expected shape (${rows}), got (${labels.length})`
      throw new ModelHubError('SHAPE', message)
    }
  })
}

/**
 * Refuses weights that no vote can be counted with; gives 1 for each model where there are none.
 *
 * @throws SHAPE when weights and models differ in number
 * @throws OUT_OF_RANGE when a weight is negative or not finite, or none is positive
 */
export function checkedWeights(weights: readonly number[] | undefined, models: number): readonly number[] {
  if (weights === undefined) return new Array<number>(models).fill(1)
  if (weights.length !== models) {
    throw new ModelHubError('SHAPE', `weights: expected shape (${models}), got (${weights.length})`)
  }
  const strange = weights.find(weight => !(weight >= 0 && weight < Infinity))
  if (strange !== undefined || !weights.some(weight => weight > 0)) {
    const got = strange ?? 'only zeros'
    throw new ModelHubError('OUT_OF_RANGE', `weights: expected numbers ≥ 0, one of them positive, got ${got}`)
  }
  return weights
}
