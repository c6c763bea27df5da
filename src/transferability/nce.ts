import { checkProbabilities, mostProbable, type Probabilities } from '../math/probabilities.ts'
import { labelledClasses } from './labelled-classes.ts'

/**
 * NCE, negative conditional entropy of the target labels given the model's predicted classes, in nats.
 *
 *   NCE = −H(Y | Z) = Σ_{y,z} P(y, z) log (P(y, z) / P(z))        Tran, Nguyen and Hassner (2019)
 *
 * Z is the most probable class, the first of equals. In [−log(classes), 0], higher is better; 0 when each predicted
 * class goes with one label. Does not depend on the order of rows, nor on which label or model class is which, save for
 * ties.
 *
 * @param probabilities the model's output, shape (rows, its classes)
 * @param labels of the target, shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities; SHAPE, OUT_OF_RANGE as labelledClasses
 */
export function nce(probabilities: Probabilities, labels: Int32Array): number {
  checkProbabilities(probabilities)
  const { rows, classes } = probabilities
  const targets = labelledClasses(labels, rows)
  const joint = new Float64Array(targets.count * classes)
  const predicted = new Float64Array(classes)
  mostProbable(probabilities).forEach((z, i) => {
    joint[targets.of[i] * classes + z]++
    predicted[z]++
  })
  let sum = 0
  for (let at = 0; at < joint.length; at++) {
    if (joint[at] > 0) sum += joint[at] * Math.log(joint[at] / predicted[at % classes])
  }
  return sum / rows
}
