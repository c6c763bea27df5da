import { ModelHubError } from '../common/modelhub-error.ts'
import { checkPoints, type Embeddings } from '../math/embeddings.ts'
import type { Matrix } from '../math/matrix-engine.ts'
import { heldOutSplit } from './held-out-split.ts'
import { labelledClasses } from './labelled-classes.ts'
import { classify, multinomialLogistic } from './multinomial-logistic.ts'

export interface LogisticProbeOptions {
  /** λ of ½‖W‖², 1 / C of scikit-learn. Default 1. */
  readonly penalty?: number
  /** Share of each class that is held out, in (0, 1). Default 0.2. */
  readonly heldOut?: number
  /** Another integer gives another split. Default 0. */
  readonly seed?: number
  /** Steps of L-BFGS. Default 200; the probe is judged where it stands then. */
  readonly mostIterations?: number
  readonly signal?: AbortSignal
}

/**
 * Accuracy, on a held-out part, of a multinomial logistic regression on the frozen embeddings (the linear probe: Alain
 * and Bengio 2017).
 *
 * Each dimension is standardised by the training part, constant ones to 0. In [0, 1], higher is better; deterministic,
 * and the same for any order of rows and names of labels; scaling all embeddings by a power of two leaves it as it is
 * save for the split, which the values themselves decide. Each step costs 2·rows·dimensions·classes in TypeScript, by
 * far the dearest of the scores. A class of one row is never held out.
 *
 * @param labels shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkPoints; SHAPE, OUT_OF_RANGE as labelledClasses; CANCELLED
 * @throws OUT_OF_RANGE too when penalty is negative or heldOut not within (0, 1)
 * @throws TOO_FEW_ROWS when no class has two rows
 */
export function logisticProbe(embeddings: Embeddings, labels: Int32Array, options: LogisticProbeOptions = {}): number {
  const { penalty = 1, heldOut: share = 0.2, seed = 0, mostIterations = 200, signal } = options
  checkPoints(embeddings, 'embeddings')
  if (!(penalty >= 0)) throw new ModelHubError('OUT_OF_RANGE', `penalty: expected a number ≥ 0, got ${penalty}`)
  if (!(share > 0 && share < 1)) {
    throw new ModelHubError('OUT_OF_RANGE', `heldOut: expected a number in (0, 1), got ${share}`)
  }
  const classes = labelledClasses(labels, embeddings.rows)
  const { training, heldOut } = heldOutSplit(embeddings, classes, { share, seed })
  if (heldOut.length === 0) {
    throw new ModelHubError('TOO_FEW_ROWS', 'labels: expected a class of at least 2 rows, got only classes of 1')
  }
  const scale = standardScale(embeddings, training)
  const features = standardised(embeddings, training, scale)
  const task = { features, classOf: training.map(row => classes.of[row]), classes: classes.count, penalty }
  // Tolerance per row: the loss is a sum over them.
  const model = multinomialLogistic(task, { tolerance: 1e-6 * training.length, mostIterations, signal })
  const predicted = classify(model, standardised(embeddings, heldOut, scale))
  return predicted.filter((k, i) => k === classes.of[heldOut[i]]).length / heldOut.length
}

interface Scale {
  readonly mean: Float64Array
  /** 1 / standard deviation, 0 for a constant dimension. */
  readonly inverse: Float64Array
}

/** A dimension counts as constant when its deviation is below this share of its mean: that much is rounding. */
const CONSTANT = 1e-7

function standardScale({ dimensions, values }: Embeddings, rows: Int32Array): Scale {
  const mean = new Float64Array(dimensions)
  const variance = new Float64Array(dimensions)
  for (const row of rows) for (let c = 0; c < dimensions; c++) mean[c] += values[row * dimensions + c] / rows.length
  for (const row of rows) {
    for (let c = 0; c < dimensions; c++) variance[c] += (values[row * dimensions + c] - mean[c]) ** 2 / rows.length
  }
  const inverse = variance.map((square, c) => {
    const deviation = Math.sqrt(square)
    return deviation > CONSTANT * Math.abs(mean[c]) ? 1 / deviation : 0
  })
  return { mean, inverse }
}

function standardised({ dimensions, values }: Embeddings, rows: Int32Array, { mean, inverse }: Scale): Matrix {
  const scaled = new Float32Array(rows.length * dimensions)
  rows.forEach((row, i) => {
    for (let c = 0; c < dimensions; c++) {
      scaled[i * dimensions + c] = (values[row * dimensions + c] - mean[c]) * inverse[c]
    }
  })
  return { rows: rows.length, columns: dimensions, values: scaled }
}
