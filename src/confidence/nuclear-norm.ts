import { checkProbabilities, type Probabilities } from '../math/probabilities.ts'
import { symmetricEigen } from '../math/symmetric-eigen.ts'

/**
 * Nuclear norm of the probabilities: sure predictions that spread over the classes give a high one.
 *
 *   ‖P‖_* / √(min(n, k)·n),   ‖P‖_* = Σ singular values of P        Deng et al. (2023)
 *
 * In (0, 1], higher is better. Through the eigenvalues of PᵀP, so rows·classes² + classes³: meant for up to some
 * thousand classes. Not comparable between models of different label spaces.
 *
 * @param probabilities P, shape (n rows, k classes)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities
 */
export function nuclearNorm(probabilities: Probabilities): number {
  checkProbabilities(probabilities)
  const { rows, classes, values } = probabilities
  const gram = new Float64Array(classes * classes)
  for (let i = 0; i < rows; i++) {
    for (let p = 0, row = i * classes; p < classes; p++) {
      if (values[row + p] === 0) continue
      for (let q = 0; q <= p; q++) gram[p * classes + q] += values[row + p] * values[row + q]
    }
  }
  const { values: eigenvalues } = symmetricEigen(gram, classes, new Float64Array(0))
  let norm = 0
  for (const eigenvalue of eigenvalues) norm += Math.sqrt(Math.max(0, eigenvalue))
  return norm / Math.sqrt(Math.min(rows, classes) * rows)
}
