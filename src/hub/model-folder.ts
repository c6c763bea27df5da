import { readFile, realpath, stat } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { checkModelFitsCard, parseModelCard, parseOnnxGraph, type ModelCard, type OnnxGraph } from '../model/index.ts'

/** File names in a model's folder. */
export const CARD_FILE = 'README.md'
export const ONNX_FILE = 'model.onnx'
export const SKETCH_FILE = 'train.sketch.parquet'

/** A publisher's folder, read and checked. */
export interface ModelFolder {
  readonly card: ModelCard
  readonly cardText: string
  readonly onnxPath: string
  readonly graph: OnnxGraph
  /** Files inside the folder that the model needs beside its graph: external data, and the tokenizer of texts. */
  readonly external: readonly { readonly location: string; readonly path: string }[]
}

/** Other names of the two files, for a model that is not laid out as a publisher's folder. */
export interface ModelFileNames {
  readonly onnx?: string
  readonly card?: string
}

/**
 * Reads README.md and model.onnx of a folder, and checks that they agree.
 *
 * @throws FILE_NOT_FOUND, CARD_INVALID, MODEL_INVALID, MODEL_UNSAFE, MODEL_MISMATCH naming the file
 */
export async function readModelFolder(
  folder: string,
  { onnx = ONNX_FILE, card: cardFile = CARD_FILE }: ModelFileNames = {},
): Promise<ModelFolder> {
  const cardPath = join(folder, cardFile)
  const onnxPath = join(folder, onnx)
  const cardText = (await readModelFile(cardPath)).toString('utf8')
  const card = named(cardPath, () => parseModelCard(cardText))
  const bytes = await readModelFile(onnxPath)
  const graph = named(onnxPath, () => parseOnnxGraph(bytes))
  named(onnxPath, () => checkModelFitsCard(graph, card))
  const { kind, tokenizer } = card.frontMatter.modelhub.input
  const needed = graph.externalData.map(location => ({ location, of: onnxPath, what: 'external data' }))
  if (kind === 'text' && tokenizer !== undefined) {
    needed.push({ location: posix.join('.', tokenizer), of: cardPath, what: 'tokenizer' })
  }
  const distinct = needed.filter(({ location }, i) => needed.findIndex(one => one.location === location) === i)
  const external = await Promise.all(distinct.map(file => fileBeside(folder, file)))
  return { card, cardText, onnxPath, graph, external }
}

interface NeededFile {
  readonly location: string
  /** The file that names it. */
  readonly of: string
  readonly what: string
}

async function fileBeside(folder: string, { location, of, what }: NeededFile) {
  const path = join(folder, location)
  if (!(await stat(path).catch(() => undefined))?.isFile()) {
    throw new ModelHubError('MODEL_INVALID', `${of}: its ${what} ${location} is not there`)
  }
  const [inside, target] = [await realpath(folder), await realpath(path)]
  if (!target.startsWith(inside + sep)) {
    throw new ModelHubError(
      'MODEL_UNSAFE',
      `${path}: expected ${what} inside the model's folder, got a link to ${target}`,
    )
  }
  return { location, path }
}

/** Reads a file that a model needs. */
export async function readModelFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new ModelHubError(
      missing ? 'FILE_NOT_FOUND' : 'FILE_UNREADABLE',
      `${path}: ${missing ? 'not there' : 'cannot be read'}`,
      { cause },
    )
  }
}

/** Puts the file's name before the message of a fault in it. */
function named<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof ModelHubError) throw new ModelHubError(cause.code, `${path}: ${cause.message}`, { cause })
    throw cause
  }
}
