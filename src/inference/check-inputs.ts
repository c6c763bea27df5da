import { ModelHubError } from '../common/index.ts'
import type { GraphTensor, OnnxGraph } from '../model/index.ts'
import type { PreparedInputs, PreparedTensor } from '../tensors/index.ts'

/**
 * Checks that prepared tensors are what a graph takes: the same names, element types and, where the graph states them,
 * sizes.
 *
 * @returns the number of rows that the graph demands at a time; undefined where it takes any
 * @throws EMPTY_DATASET without rows, MODEL_MISMATCH naming the input, what it takes and what came
 */
export function checkInputs(graph: OnnxGraph, { tensors, rows }: PreparedInputs): number | undefined {
  if (rows === 0) throw new ModelHubError('EMPTY_DATASET', 'there are no rows to run it on')
  const [taken, given] = [graph.inputs, tensors].map(list => list.map(({ name }) => name).sort())
  if (taken.join('\n') !== given.join('\n')) {
    throw mismatch('it', `inputs ${taken.join(', ') || 'none'}`, given.join(', ') || 'none')
  }
  const fixed = graph.inputs.map(input =>
    checkTensor(
      input,
      tensors.find(({ name }) => name === input.name)!,
    ),
  )
  return fixed.find(size => size !== undefined)
}

function checkTensor({ name, type, shape }: GraphTensor, given: PreparedTensor): number | undefined {
  if (type !== given.type) throw mismatch(`input ${name}`, type, given.type)
  if (shape === null) return undefined
  const fits = (size: GraphTensor['shape'], i: number) =>
    i === 0 || typeof size![i] !== 'number' || size![i] === given.shape[i]
  if (shape.length !== given.shape.length || !shape.every((_, i) => fits(shape, i))) {
    throw mismatch(
      `input ${name}`,
      `shape (${shape.map(size => size ?? '?').join(', ')})`,
      `(${given.shape.join(', ')})`,
    )
  }
  return typeof shape[0] === 'number' ? shape[0] : undefined
}

function mismatch(what: string, takes: string, got: string): ModelHubError {
  return new ModelHubError('MODEL_MISMATCH', `${what} takes ${takes}, got ${got}`)
}
