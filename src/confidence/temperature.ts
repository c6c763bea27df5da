import { checkProbabilities, type Probabilities } from '../math/probabilities.ts'
import { checkTemperature, type Logits, logSumExp, softmax } from './logits.ts'

/** The logarithm that stands for a probability of 0: below that of the smallest single-precision number. */
const LOG_OF_ZERO = -120

/**
 * Logits that give these probabilities: their logarithms, −120 where a probability is 0. Softmax does not know them from
 * the model's own, which differ by a constant in each row.
 */
export function logitsOf({ rows, classes, values }: Probabilities): Logits {
  const logits = Float64Array.from(values, p => Math.max(LOG_OF_ZERO, Math.log(p)))
  return { rows, classes, values: logits }
}

/**
 * Probabilities at another temperature, p_c^(1/T) / Σ p^(1/T): what softmax(z / T) gives of the logits z behind them.
 *
 * @param probabilities shape (rows, classes)
 * @param temperature T, positive; 1 changes nothing
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkProbabilities; OUT_OF_RANGE when temperature is not positive
 */
export function withTemperature(probabilities: Probabilities, temperature: number): Probabilities {
  checkTemperature(temperature)
  checkProbabilities(probabilities)
  return temperature === 1 ? probabilities : softmax(logitsOf(probabilities), temperature)
}

/** The range of temperatures that are tried; a model that is never wrong would ask for 0. */
const COLDEST = 0.01
const HOTTEST = 100

/** Halvings of the range of log 1/T: to 10⁻¹⁵. */
const HALVINGS = 54

/**
 * The temperature that minimises the negative log likelihood of the labels (Guo et al. 2017), within [0.01, 100].
 *
 * The likelihood is convex in 1/T, so the zero of its slope is found by halving. Where it does not depend on T (uniform
 * predictions), 0.01: no temperature matters then.
 *
 * @param logits checked, shape (rows, classes)
 * @param labels classes, 0…classes − 1, shape (rows)
 */
export function bestTemperature(logits: Logits, labels: Int32Array): number {
  let low = Math.log(1 / HOTTEST)
  let high = Math.log(1 / COLDEST)
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    if (likelihoodSlope(logits, labels, Math.exp(-middle)) > 0) high = middle
    else low = middle
  }
  return Math.min(HOTTEST, Math.max(COLDEST, Math.exp(-high)))
}

/** Slope over 1/T of Σ_i −log softmax(z_i / T)_{y_i}: Σ_i (Σ_c p_c z_c − z_{y_i}). */
function likelihoodSlope({ rows, classes, values }: Logits, labels: Int32Array, temperature: number): number {
  let slope = 0
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * classes, (i + 1) * classes)
    const own = row[labels[i]]
    const total = logSumExp(row, temperature)
    for (const z of row) slope += Math.exp(z / temperature - total) * (z - own)
  }
  return slope
}
