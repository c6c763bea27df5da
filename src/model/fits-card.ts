import { ModelHubError } from '../common/index.ts'
import type { InputSignature } from './input-signature.ts'
import type { ModelCard } from './model-card.ts'
import type { GraphTensor, OnnxGraph } from './onnx-graph.ts'

/**
 * Checks that a model is the one its card describes: the graph's inputs are the card's tensors (names, element types,
 * shapes where both state a size), the columns are as many as the tensors are wide, the labels as many as the output is
 * wide, and the output and embedding tensors exist. A size that the graph leaves open cannot be checked and passes.
 *
 * @throws MODEL_MISMATCH naming the field of the card, what it states and what the graph has
 */
export function checkModelFitsCard(graph: OnnxGraph, card: ModelCard): void {
  const { input, output, labels, embedding } = card.frontMatter.modelhub
  checkInputs(graph, input)
  checkWidths(graph, input)
  const scores = output?.name === undefined ? graph.outputs[0] : graph.outputs.find(({ name }) => name === output.name)
  if (scores === undefined) throw mismatch('output.name', String(output?.name), `outputs ${names(graph.outputs)}`)
  const width = scores.shape?.at(-1)
  if (typeof width === 'number' && width !== labels.length) {
    throw mismatch('labels', `${labels.length} labels`, `${width} scores in output ${scores.name}`)
  }
  if (embedding !== undefined && !graph.tensorNames.has(embedding)) {
    throw mismatch('embedding', embedding, 'no tensor of that name')
  }
}

function checkInputs(graph: OnnxGraph, input: InputSignature): void {
  const stated = input.tensors.map(({ name }) => name)
  const fed = graph.inputs.map(({ name }) => name)
  if (stated.length !== fed.length || fed.some(name => !stated.includes(name))) {
    throw mismatch('input.tensors', stated.join(', '), `inputs ${names(graph.inputs)}`)
  }
  for (const [at, tensor] of input.tensors.entries()) {
    const { type, shape } = graph.inputs.find(({ name }) => name === tensor.name)!
    const path = `input.tensors[${at}]`
    if (type !== tensor.type) throw mismatch(`${path}.type`, tensor.type, `${type} in input ${tensor.name}`)
    if (shape === null) continue
    const agrees = (size: number | string, i: number) =>
      typeof size !== 'number' || typeof shape[i] !== 'number' || size === shape[i]
    if (tensor.shape.length !== shape.length || !tensor.shape.every(agrees)) {
      throw mismatch(
        `${path}.shape`,
        `(${tensor.shape})`,
        `(${shape.map(size => size ?? '?')}) in input ${tensor.name}`,
      )
    }
  }
}

function checkWidths(graph: OnnxGraph, input: InputSignature): void {
  const width = statedWidth(graph, input)
  if (width === undefined) return
  if (input.kind !== 'text' && input.columns !== undefined && input.columns.length !== width) {
    throw mismatch('input.columns', `${input.columns.length} columns`, `inputs ${width} wide`)
  }
  const { normalisation } = input
  const numbers =
    normalisation?.kind === 'standard'
      ? normalisation.mean.length
      : normalisation?.kind === 'min-max'
        ? normalisation.min.length
        : 1
  const perChannel = input.kind === 'image' ? channels(input) : []
  if (![1, width, ...perChannel].includes(numbers)) {
    throw mismatch('input.normalisation', `${numbers} numbers`, `inputs ${width} wide`)
  }
}

/** Columns that the inputs hold together: the product of each one's sizes past the rows; undefined if one is open. */
function statedWidth(graph: OnnxGraph, input: InputSignature): number | undefined {
  let width = 0
  for (const tensor of input.tensors) {
    const inGraph = graph.inputs.find(({ name }) => name === tensor.name)?.shape
    const sizes = tensor.shape.map((size, i) => (typeof size === 'number' ? size : (inGraph?.[i] ?? size))).slice(1)
    const columns = sizes.reduce<number>((product, size) => product * (typeof size === 'number' ? size : NaN), 1)
    width += columns
  }
  return Number.isNaN(width) ? undefined : width
}

function channels(input: InputSignature): number[] {
  return input.tensors.flatMap(({ shape }) => shape.slice(1)).filter(size => typeof size === 'number')
}

function names(tensors: readonly GraphTensor[]): string {
  return tensors.map(({ name }) => name).join(', ')
}

function mismatch(path: string, stated: string, found: string): ModelHubError {
  return new ModelHubError('MODEL_MISMATCH', `modelhub.${path}: the card states ${stated}, the model has ${found}`)
}
