import { checkProbabilities, type Probabilities } from '../math/probabilities.ts'
import { labelledClasses } from './labelled-classes.ts'

/**
 * LEEP: log likelihood per row of the target labels under the model's own classes translated to them, in nats.
 *
 *   LEEP = 1/n Σ_i log Σ_z P(y_i | z)·θ(x_i)_z,   P(y | z) = Σ_{i: y_i = y} θ(x_i)_z / Σ_i θ(x_i)_z
 *                                                                                      Nguyen et al. (2020)
 *
 * In (−∞, 0], higher is better. A class z that the model never gives any probability translates to nothing. Needs no
 * label names; does not depend on the order of rows, nor on which label or model class is which.
 *
 * @param probabilities the model's output θ, shape (rows, its classes)
 * @param labels of the target, shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities; SHAPE, OUT_OF_RANGE as labelledClasses
 */
export function leep(probabilities: Probabilities, labels: Int32Array): number {
  checkProbabilities(probabilities)
  const { rows, classes, values } = probabilities
  const targets = labelledClasses(labels, rows)
  const translation = new Float64Array(targets.count * classes)
  const mass = new Float64Array(classes)
  for (let i = 0; i < rows; i++) {
    for (let z = 0; z < classes; z++) {
      translation[targets.of[i] * classes + z] += values[i * classes + z]
      mass[z] += values[i * classes + z]
    }
  }
  for (let at = 0; at < translation.length; at++) translation[at] /= mass[at % classes] || 1
  let sum = 0
  for (let i = 0; i < rows; i++) {
    let likelihood = 0
    const target = targets.of[i] * classes
    for (let z = 0; z < classes; z++) likelihood += translation[target + z] * values[i * classes + z]
    sum += Math.log(likelihood)
  }
  return sum / rows
}
