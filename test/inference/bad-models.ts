import { modelBytes, node, value, type GraphParts, type Weight } from '../onnx-models.ts'
import { CLASSIFIER, ENDLESS, ROWS } from './classifier.ts'

const w1: Weight = CLASSIFIER.weights![0]
const w2: Weight = CLASSIFIER.weights![1]
const scores = node('MatMul', ['dense', 'w2'], ['scores'])

/** The classifier, its scores led through more nodes to the output. */
const withTail = (weights: readonly Weight[], ...nodes: GraphParts['nodes']): GraphParts => ({
  ...CLASSIFIER,
  weights: [...CLASSIFIER.weights!, ...weights],
  nodes: [...CLASSIFIER.nodes.slice(0, 2), scores, ...nodes],
})

/** Twice as many rows at each of thirty steps: a few hundred bytes that want to be 36 GB of zeros. */
const bomb = Array.from({ length: 30 }, (_, i) => {
  const from = i === 0 ? 'scores' : `twice${i - 1}`
  return node('Concat', [from, from], [`twice${i}`], { axis: 0 })
})

/** The file that they are made of. */
export const GOOD_MODEL = modelBytes(CLASSIFIER)

/** Ten bad models: name, file, code of the failure, words of its reason. */
export const BAD_MODELS: readonly (readonly [string, Uint8Array, string, RegExp])[] = [
  ['truncated', GOOD_MODEL.subarray(0, GOOD_MODEL.length - 20), 'MODEL_INVALID', /cut short/],
  ['wrong input', modelBytes({ ...CLASSIFIER, inputs: [value('x', ['N', 7])] }), 'MODEL_MISMATCH', /input x takes .*7/],
  [
    'NaN weights',
    modelBytes({ ...CLASSIFIER, weights: [w1, { ...w2, floats: Array<number>(6).fill(NaN) }] }),
    'MODEL_FAILED',
    /row 0 holds NaN/,
  ],
  ['endless Loop', modelBytes(ENDLESS), 'MODEL_LIMIT', /longer than the \d+ s/],
  [
    '30 GB tensor',
    modelBytes(
      withTail(
        [{ name: 'dims', dims: [3], integers: [2_500_000_000, 1, 3] }],
        node('Expand', ['scores', 'dims'], ['huge']),
        node('ReduceMax', ['huge'], ['logits'], { axes: [0], keepdims: 0 }),
      ),
    ),
    'MODEL_LIMIT',
    /memory/,
  ],
  [
    'external data outside its folder',
    modelBytes({ ...CLASSIFIER, weights: [w1, { name: 'w2', dims: [2, 3], location: '../w.bin' }] }),
    'MODEL_UNSAFE',
    /inside the model's folder/,
  ],
  ['unknown operator', modelBytes(withTail([], node('Quux', ['scores'], ['logits']))), 'MODEL_INVALID', /Quux/],
  [
    'wrong label count',
    modelBytes({
      ...CLASSIFIER,
      outputs: ['logits'],
      weights: [w1, { ...w2, dims: [2, 5], floats: ROWS.logits.concat(1) }],
    }),
    'MODEL_MISMATCH',
    /expected 3 scores a row, got 5/,
  ],
  [
    'empty output',
    modelBytes({
      ...withTail(
        [
          { name: 'none', dims: [1], integers: [0] },
          { name: 'axis', dims: [1], integers: [1] },
        ],
        node('Slice', ['scores', 'none', 'none', 'axis'], ['logits']),
      ),
      outputs: ['logits'],
    }),
    'MODEL_MISMATCH',
    /logits: empty/,
  ],
  [
    'zip bomb of zeros',
    modelBytes({ ...withTail([], ...bomb, node('Identity', ['twice29'], ['logits'])), outputs: ['logits'] }),
    'MODEL_LIMIT',
    /memory/,
  ],
]
