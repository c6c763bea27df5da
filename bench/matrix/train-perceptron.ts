import type { Random } from '../../src/common/random.ts'
import { softmax } from '../../src/confidence/logits.ts'
import type { RunRows, ZooModel } from './runnable-workload.ts'

const HIDDEN = 128
const BATCH = 16
const EPOCHS = 15
const STEP = 0.001
const [DECAY_1, DECAY_2, TINY] = [0.9, 0.999, 1e-8]

/** Weights of one layer with what Adam keeps of them. */
interface Layer {
  readonly inputs: number
  readonly outputs: number
  /** Shape (outputs, inputs + 1), the bias last. */
  readonly weights: Float64Array
  readonly gradient: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
}

/**
 * Trains the network of zoo/har on rows with one input, without its dropout: inputs-128-ReLU-classes, cross-entropy,
 * Adam (Kingma and Ba 2015) at 0.001, batches of 16, 15 epochs.
 */
export function trainPerceptron(
  { rows, inputs, labels }: RunRows,
  classes: readonly string[],
  random: Random,
): ZooModel {
  const [{ values }] = Object.values(inputs)
  const width = values.length / rows
  const [hidden, output] = [newLayer(width, HIDDEN, random), newLayer(HIDDEN, classes.length, random)]
  const wanted = labels.map(label => classes.indexOf(label))
  const order = Array.from(wanted.keys())
  let step = 0
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random)
    for (let from = 0; from < rows; from += BATCH) {
      const batch = order.slice(from, from + BATCH)
      for (const row of batch) {
        learn([hidden, output], values.subarray(row * width, (row + 1) * width), wanted[row])
      }
      step++
      for (const layer of [hidden, output]) adam(layer, batch.length, step)
    }
  }
  return { answer: asked => Promise.resolve(answers([hidden, output], asked)) }
}

function newLayer(inputs: number, outputs: number, random: Random): Layer {
  const bound = 1 / Math.sqrt(inputs)
  const size = outputs * (inputs + 1)
  const weights = Float64Array.from({ length: size }, () => (2 * random() - 1) * bound)
  const [gradient, first, second] = [0, 1, 2].map(() => new Float64Array(size))
  return { inputs, outputs, weights, gradient, first, second }
}

function forward({ inputs, outputs, weights }: Layer, x: Float64Array | Float32Array): Float64Array {
  const y = new Float64Array(outputs)
  for (let o = 0; o < outputs; o++) {
    const at = o * (inputs + 1)
    let sum = weights[at + inputs]
    for (let i = 0; i < inputs; i++) sum += weights[at + i] * x[i]
    y[o] = sum
  }
  return y
}

/** Adds one row's gradient of the cross-entropy. */
function learn([hidden, output]: readonly [Layer, Layer], x: Float32Array, wanted: number): void {
  const active = forward(hidden, x).map(value => Math.max(0, value))
  const logits = forward(output, active)
  const error = softmax({ rows: 1, classes: output.outputs, values: logits }).values
  error[wanted] -= 1
  const back = new Float64Array(HIDDEN)
  for (let o = 0; o < output.outputs; o++) {
    const at = o * (HIDDEN + 1)
    for (let i = 0; i < HIDDEN; i++) back[i] += error[o] * output.weights[at + i]
  }
  addOuter(output, error, active)
  addOuter(
    hidden,
    back.map((value, i) => (active[i] > 0 ? value : 0)),
    x,
  )
}

function addOuter({ inputs, gradient }: Layer, error: ArrayLike<number>, x: ArrayLike<number>): void {
  for (let o = 0; o < error.length; o++) {
    const of = error[o]
    if (of === 0) continue
    const at = o * (inputs + 1)
    for (let i = 0; i < inputs; i++) gradient[at + i] += of * x[i]
    gradient[at + inputs] += of
  }
}

function adam({ weights, gradient, first, second }: Layer, batch: number, step: number): void {
  const [correct1, correct2] = [1 - DECAY_1 ** step, 1 - DECAY_2 ** step]
  for (let i = 0; i < weights.length; i++) {
    const g = gradient[i] / batch
    first[i] = DECAY_1 * first[i] + (1 - DECAY_1) * g
    second[i] = DECAY_2 * second[i] + (1 - DECAY_2) * g * g
    weights[i] -= (STEP * (first[i] / correct1)) / (Math.sqrt(second[i] / correct2) + TINY)
  }
  gradient.fill(0)
}

function answers([hidden, output]: readonly [Layer, Layer], { rows, inputs }: RunRows) {
  const [{ values }] = Object.values(inputs)
  const classes = output.outputs
  const logits = new Float32Array(rows * classes)
  const layer = new Float32Array(rows * HIDDEN)
  for (let row = 0; row < rows; row++) {
    const x = values.subarray(row * hidden.inputs, (row + 1) * hidden.inputs)
    const active = forward(hidden, x).map(value => Math.max(0, value))
    layer.set(active, row * HIDDEN)
    logits.set(forward(output, active), row * classes)
  }
  const ofRows = { rows, classes, values: logits }
  return {
    logits: ofRows,
    probabilities: softmax(ofRows),
    embeddings: { rows, dimensions: HIDDEN, values: layer },
  }
}

function shuffle(values: number[], random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[values[i], values[j]] = [values[j], values[i]]
  }
}
