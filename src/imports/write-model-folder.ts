import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { ModelHubError, writeFault } from '../common/index.ts'
import { MAX_ONNX_BYTES, parseModelCard, parseOnnxGraph, renderCard, type FrontMatter } from '../model/index.ts'
import { completeCard, type KnownFacts } from './complete-card.ts'

/** A model folder that was written. */
export interface ImportedModel {
  readonly folder: string
  /** `owner/model` */
  readonly name: string
  /** What is to be filled in or made before the model can be published. */
  readonly missing: readonly string[]
}

/** Where the files of a model come from. */
export interface ModelFiles {
  /** Puts the ONNX file at a path. */
  fetchOnnx(path: string): Promise<void>
  /** Puts a file of external data, named as the ONNX file names it, at a path. */
  fetchExternal(location: string, path: string): Promise<void>
  /** Puts the tokenizer at a path, where the model has one. */
  fetchTokenizer?(path: string): Promise<void>
}

/**
 * Writes README.md, model.onnx and its external data into a new folder: whole, or not at all.
 *
 * @throws USAGE when the folder is there and not empty, MODEL_INVALID, MODEL_UNSAFE
 */
export async function writeModelFolder(
  folder: string,
  files: ModelFiles,
  { facts, body }: { readonly facts: KnownFacts; readonly body: string },
): Promise<ImportedModel> {
  await requireFree(folder)
  const parent = dirname(resolve(folder))
  await mkdir(parent, { recursive: true })
  const part = await mkdtemp(join(parent, `.${basename(folder)}-`))
  try {
    const onnx = join(part, 'model.onnx')
    await files.fetchOnnx(onnx)
    const graph = parseOnnxGraph(await readFile(onnx), { maxBytes: MAX_ONNX_BYTES })
    for (const location of graph.externalData) {
      await mkdir(dirname(join(part, location)), { recursive: true })
      await files.fetchExternal(location, join(part, location))
    }
    const { frontMatter, missing, kind } = completeCard(graph, facts)
    if (kind === 'text' && facts.tokenizer !== undefined) await files.fetchTokenizer?.(join(part, facts.tokenizer))
    const card = renderCard(frontMatter as FrontMatter, body)
    await writeFile(join(part, 'README.md'), card)
    await rm(folder, { recursive: true, force: true })
    await rename(part, folder)
    const sketch = `training data: modelhub sketch DATA --label COLUMN -o ${join(folder, 'train.sketch.parquet')}`
    return { folder, name: facts.name, missing: [...missing, ...faultOf(card, missing), sketch] }
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw writeFault(error, folder)
  }
}

/** A fault of the card that nothing missing accounts for. */
function faultOf(card: string, missing: readonly string[]): string[] {
  if (missing.some(line => line.startsWith('modelhub.'))) return []
  try {
    parseModelCard(card)
    return []
  } catch (error) {
    if (error instanceof ModelHubError) return [error.message]
    throw error
  }
}

async function requireFree(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new ModelHubError('FILE_UNREADABLE', `${folder}: expected a folder`, { cause: error })
  })
  if (entries.length === 0) return
  throw new ModelHubError('USAGE', `${folder}: expected an empty folder or none, got one with ${entries.length} files`)
}
