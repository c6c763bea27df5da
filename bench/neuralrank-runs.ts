import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runModel } from '../src/inference/index.ts'
import { prepareInputs, type PreparedDataset } from '../src/inputs/index.ts'
import type { Embeddings } from '../src/math/embeddings.ts'
import { softmax } from '../src/confidence/index.ts'
import type { InputSignature } from '../src/model/index.ts'
import { readFloats, type ModelAnswers } from '../src/rank/index.ts'

/** Layers of the paper's network after the input, L0. */
export const LAYERS = ['conv1', 'pool1', 'conv2', 'pool2', 'dense'] as const

/** Grey images of 28 × 28 as every model of the zoo takes them. */
export const GREY: InputSignature = {
  kind: 'image',
  tensors: [{ name: 'image', shape: ['N', 1, 28, 28], type: 'float32' }],
  normalisation: { kind: 'scale', factor: 1 / 255 },
  resize: 'bilinear',
}

/** A model of the zoo, its labels by class name so that those of different datasets are different. */
export interface ZooModel {
  readonly id: string
  readonly file: string
  readonly labels: readonly string[]
  readonly sourceAccuracy: number
  readonly parameters: number
}

/** A dataset made ready, each row with the number of its class, 0 to 9. */
export interface Digits {
  readonly name: string
  readonly prepared: PreparedDataset
  readonly classOf: Int32Array
  /** The grey levels, L0. */
  readonly pixels: Embeddings
}

/** Prepares a stratified sample of a test split. */
export async function prepareDigits(
  name: string,
  place: string,
  { folder, rows }: { readonly folder: string; readonly rows: number },
): Promise<Digits> {
  const prepared = await prepareInputs(place, GREY, { folder, sample: rows })
  const names = [...new Set(prepared.labels)].sort()
  const classOf = Int32Array.from(prepared.labels!, label => names.indexOf(label))
  const path = join(folder, prepared.tensors[0].file)
  const { openNpy } = await import('../src/tensors/index.ts')
  const npy = await openNpy(path)
  const values = (await npy.rows(0, prepared.rows)) as Float32Array
  await npy.close()
  return { name, prepared, classOf, pixels: { rows: prepared.rows, dimensions: 784, values } }
}

/** What a model says of all rows, and its layers. */
export interface ZooAnswers extends ModelAnswers {
  readonly model: ZooModel
  readonly layers: ReadonlyMap<string, Embeddings>
  readonly secondsInRuntime: number
}

/** Runs a model of the zoo. */
export async function runZooModel(
  model: ZooModel,
  { prepared }: Digits,
  { folder, layers }: { readonly folder: string; readonly layers: readonly string[] },
): Promise<ZooAnswers> {
  const outcome = await runModel({ model: model.file, inputs: prepared, scores: 'logits', layers, folder })
  if (outcome.kind === 'failure') throw new Error(`${model.id}: ${outcome.reason}`)
  try {
    const { rows, dimensions: classes, values } = await readFloats(outcome.outputs.get('logits')!)
    const logits = { rows, classes, values }
    const found = new Map<string, Embeddings>()
    for (const layer of outcome.layers) found.set(layer, await readFloats(outcome.outputs.get(layer)!))
    return {
      ...{ model, name: model.id, labels: model.labels, logits, probabilities: softmax(logits) },
      ...{ embeddings: found.get('dense'), layers: found, secondsInRuntime: outcome.secondsInRuntime },
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Some rows of an array of rows. */
export function rowsOf<T extends Float32Array | Float64Array>(values: T, width: number, rows: readonly number[]): T {
  const kept = new (values.constructor as new (length: number) => T)(rows.length * width)
  rows.forEach((row, i) => kept.set(values.subarray(row * width, (row + 1) * width), i * width))
  return kept
}

/** Some rows of embeddings. */
export function embeddingRows({ dimensions, values }: Embeddings, rows: readonly number[]): Embeddings {
  return { rows: rows.length, dimensions, values: rowsOf(values as Float32Array, dimensions, rows) }
}

/** The answers on some rows. */
export function answersOn(answers: ZooAnswers, rows: readonly number[]): ModelAnswers {
  const { logits, probabilities, embeddings, name, labels } = answers
  const { classes } = probabilities
  const part = (values: ArrayLike<number>) => rowsOf(values as Float64Array, classes, rows)
  return {
    ...{ name, labels, embeddings: embedded(embeddings, rows) },
    logits: logits && { rows: rows.length, classes, values: part(logits.values) },
    probabilities: { rows: rows.length, classes, values: part(probabilities.values) },
  }
}

function embedded(embeddings: Embeddings | undefined, rows: readonly number[]): Embeddings | undefined {
  return embeddings && embeddingRows(embeddings, rows)
}
