import type { ImageGeometry } from './hugging-face-config.ts'
import type { GraphTensor, InputSignature, OnnxGraph } from '../model/index.ts'

/** What a source of models tells beside the graph; whatever it does not tell is left out. */
export interface KnownFacts {
  /** `owner/model` */
  readonly name: string
  /** Front matter that the source's card has already. */
  readonly frontMatter: Readonly<Record<string, unknown>>
  readonly labels?: readonly string[]
  readonly columns?: readonly string[]
  /** Hugging Face's name of the task, as in `image-classification`. */
  readonly task?: string
  readonly normalisation?: InputSignature['normalisation']
  readonly geometry?: ImageGeometry
  /** Path of the tokenizer within the model's folder. */
  readonly tokenizer?: string
  readonly maxTokens?: number
}

/** A card's front matter, and what has to be filled in before the model can be published. */
export interface CompletedCard {
  readonly frontMatter: Readonly<Record<string, unknown>>
  readonly missing: readonly string[]
  readonly kind: InputSignature['kind']
}

/**
 * Adds the `modelhub` key to a card, from the graph and what is known: inputs and outputs from the ONNX graph, labels,
 * columns and normalisation as told. What cannot be known is left out and named in `missing`. Keys that the card's own
 * `modelhub` has stay as they are.
 */
export function completeCard(graph: OnnxGraph, known: KnownFacts): CompletedCard {
  const { name, frontMatter, labels, columns, task } = known
  const own = frontMatter.modelhub
  const given = typeof own === 'object' && own !== null ? (own as Record<string, unknown>) : {}
  const kind = kindOf(task, columns)
  const tensors = graph.inputs.flatMap(tensorOf)
  const input = inputOf(kind, tensors, known)
  const output = outputOf(graph.outputs)
  const modelhub = { name, input: withoutUndefined(input), output, labels, ...given }
  const missing = [
    tensors.length === graph.inputs.length ? '' : 'modelhub.input.tensors: the graph has inputs without type or shape',
    kind === 'table' && !columns ? 'modelhub.input.columns: names of the columns, in the order of the input' : '',
    kind === 'text' && !known.tokenizer && given.input === undefined
      ? 'modelhub.input.tokenizer: its tokenizer.json, put into the folder'
      : '',
    modelhub.labels ? '' : 'modelhub.labels: names of the classes, in the order of the scores',
    output ? '' : 'modelhub.output: whether the scores are logits or probabilities (taken for logits)',
    frontMatter.license === undefined ? 'license: not stated' : '',
  ]
  return {
    frontMatter: { ...frontMatter, modelhub: withoutUndefined(modelhub) },
    missing: missing.filter(line => line !== ''),
    kind,
  }
}

function inputOf(kind: InputSignature['kind'], tensors: InputSignature['tensors'], known: KnownFacts) {
  const { columns, normalisation, geometry } = known
  if (kind === 'table') return { kind, tensors, columns, normalisation }
  if (kind === 'text') return { kind, tensors, ...textFields(known) }
  return { kind, tensors, normalisation, ...(kind === 'image' && geometry ? imageFields(tensors, geometry) : {}) }
}

function textFields({ tokenizer, maxTokens }: KnownFacts) {
  return { tokenizer, maxTokens: tokenizer === undefined ? undefined : maxTokens }
}

/** Height and width where the graph leaves them open, three channels before them where it leaves those open too. */
function imageFields(tensors: InputSignature['tensors'], { height, width, resize, crop }: ImageGeometry) {
  const [tensor] = tensors
  if (tensors.length !== 1 || tensor.shape.length !== 4) return { resize, crop }
  const [rows, ...sizes] = tensor.shape
  const isLast = sizes[2] === 1 || sizes[2] === 3
  const stated = isLast ? [height, width, sizes[2]] : [3, height, width]
  const shape = [rows, ...sizes.map((size, i) => (typeof size === 'number' ? size : stated[i]))]
  return { resize, crop, tensors: [{ ...tensor, shape }] }
}

function kindOf(task = '', columns: readonly string[] | undefined): InputSignature['kind'] {
  if (columns || /^tabular-/.test(task)) return 'table'
  if (/^image-|-image-/.test(task)) return 'image'
  return /^(text|token)-|^sentence-|^zero-shot-classification/.test(task) ? 'text' : 'tensor'
}

/** An open size gets a symbol; `N` counts the rows. */
function tensorOf({ name, type, shape }: GraphTensor): InputSignature['tensors'] {
  if (type === 'other' || shape === null) return []
  return [{ name, type, shape: shape.map((size, i) => size ?? (i === 0 ? 'N' : `d${i}`)) }]
}

/** Known where the exporter's usual names say it. */
function outputOf(outputs: readonly GraphTensor[]): { name: string; kind: 'logits' | 'probabilities' } | undefined {
  const named = (pattern: RegExp) => outputs.find(({ name, type }) => type !== 'other' && pattern.test(name))?.name
  const logits = named(/logit/i)
  if (logits !== undefined) return { name: logits, kind: 'logits' }
  const probabilities = named(/prob/i)
  return probabilities === undefined ? undefined : { name: probabilities, kind: 'probabilities' }
}

function withoutUndefined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined))
}
