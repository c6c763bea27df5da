import { checkPredictions, type ZooPredictions } from './zoo-predictions.ts'

/**
 * Share of rows on which each two models agree: shape (models, models), row-major, symmetric, 1 on the diagonal, in
 * [0, 1]. Costs rows·models²/2.
 *
 * @throws TOO_FEW_ROWS, OUT_OF_RANGE, SHAPE as checkPredictions
 */
export function agreementMatrix(predictions: ZooPredictions): Float64Array {
  checkPredictions(predictions)
  const models = predictions.length
  const matrix = new Float64Array(models * models)
  for (let m = 0; m < models; m++) {
    matrix[m * models + m] = 1
    for (let other = 0; other < m; other++) {
      const share = shareOfEqual(predictions[m], predictions[other])
      matrix[m * models + other] = share
      matrix[other * models + m] = share
    }
  }
  return matrix
}

/**
 * Mean pairwise agreement of each model with all others (Madani, Pennock and Flake 2004): shape (models), in [0, 1].
 *
 * Ranks models well where errors are independent; where many models share an error it ranks them the wrong way round,
 * so read it together with crowdAlarm.
 *
 * @throws TOO_FEW_ROWS, SHAPE as checkPredictions; OUT_OF_RANGE with fewer than two models
 */
export function meanAgreement(predictions: ZooPredictions): Float64Array {
  checkPredictions(predictions, 2)
  const matrix = agreementMatrix(predictions)
  const models = predictions.length
  return Float64Array.from(predictions, (_, m) => {
    let sum = -1
    for (let other = 0; other < models; other++) sum += matrix[m * models + other]
    return sum / (models - 1)
  })
}

/** Share of rows with equal labels, in [0, 1]. */
export function shareOfEqual(labels: Int32Array, others: Int32Array): number {
  let equal = 0
  for (let i = 0; i < labels.length; i++) if (labels[i] === others[i]) equal++
  return equal / labels.length
}
