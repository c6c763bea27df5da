import { node, value, type GraphParts } from '../onnx-models.ts'

/** `dense` = relu(x·[1, −1; 0, 0]); the score of the second label is `slope` · a where a is positive. */
export const bySign = (slope: number): GraphParts => ({
  inputs: [value('x', ['N', 2])],
  outputs: [value('logits', ['N', 2])],
  weights: [
    { name: 'w1', dims: [2, 2], floats: [1, -1, 0, 0] },
    { name: 'w2', dims: [2, 2], floats: [-slope, slope, slope, -slope] },
  ],
  nodes: [
    node('MatMul', ['x', 'w1'], ['pre']),
    node('Relu', ['pre'], ['dense']),
    node('MatMul', ['dense', 'w2'], ['logits']),
  ],
})

/** The input of a table of these columns. */
export const tableInput = (columns: readonly string[]) => ({
  kind: 'table' as const,
  tensors: [{ name: 'x', shape: ['N', columns.length], type: 'float32' as const }],
  columns: [...columns],
})
