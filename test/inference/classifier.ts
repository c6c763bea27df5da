import { node, value, type GraphParts } from '../onnx-models.ts'

/** `dense` = relu(x·W1), `logits` = dense·W2: two columns in, two hidden, three scores, by hand. */
export const CLASSIFIER: GraphParts = {
  inputs: [value('x', ['N', 2])],
  outputs: [value('logits', ['N', 3])],
  weights: [
    { name: 'w1', dims: [2, 2], floats: [1, 0, 0, -1] },
    { name: 'w2', dims: [2, 3], floats: [1, 2, 3, 10, 20, 30] },
  ],
  nodes: [
    node('MatMul', ['x', 'w1'], ['pre']),
    node('Relu', ['pre'], ['dense']),
    node('MatMul', ['dense', 'w2'], ['logits']),
  ],
}

/** Rows for it, with what it gives. */
export const ROWS = {
  x: [1, -1, 2, 5, -3, -4],
  dense: [1, 1, 2, 0, 0, 4],
  logits: [11, 22, 33, 2, 4, 6, 40, 80, 120],
}

/** A graph that turns in a Loop for ever. */
export const ENDLESS: GraphParts = {
  ...CLASSIFIER,
  weights: [...CLASSIFIER.weights!, { name: 'yes', dims: [], booleans: [true] }],
  nodes: [
    ...CLASSIFIER.nodes.slice(0, 2),
    node('MatMul', ['dense', 'w2'], ['scores']),
    node('Loop', ['', 'yes', 'scores'], ['logits'], {
      body: {
        inputs: [value('turn', [], 'int64'), value('go', [], 'bool'), value('before', ['N', 3])],
        outputs: [value('on', [], 'bool'), value('after', ['N', 3])],
        nodes: [node('Identity', ['go'], ['on']), node('Identity', ['before'], ['after'])],
      },
    }),
  ],
}
