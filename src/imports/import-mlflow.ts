import { copyFile, readFile, readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { MODEL_NAME } from '../model/index.ts'
import { recordOf, textsOf, yamlOf } from './readme.ts'
import { readRunMetrics } from './run-metrics.ts'
import { writeModelFolder, type ImportedModel } from './write-model-folder.ts'

export interface MlflowSource {
  /** Folder with an MLmodel file. */
  readonly directory: string
  /** `owner/model`; `mlflow/<folder>` when absent. */
  readonly name?: string
  /** Folder to write. */
  readonly folder: string
}

/**
 * Imports a model that MLflow logged with its ONNX flavour: columns from the signature, metrics from the run it lies in.
 *
 * @throws FILE_NOT_FOUND without MLmodel or its ONNX file, CARD_INVALID, USAGE, MODEL_INVALID without the ONNX flavour
 */
export async function importMlflow({ directory, folder, name }: MlflowSource): Promise<ImportedModel> {
  const owned = name ?? `mlflow/${basename(resolve(directory))}`
  if (!MODEL_NAME.test(owned)) throw new ModelHubError('USAGE', `--name: expected OWNER/MODEL, got ${owned}`)
  const path = join(directory, 'MLmodel')
  const described = recordOf(yamlOf(await textOf(path), path))
  const { onnx } = recordOf(described.flavors) as { onnx?: unknown }
  if (onnx === undefined) {
    const got = Object.keys(recordOf(described.flavors)).join(', ') || 'none'
    throw new ModelHubError('MODEL_INVALID', `${path}: expected the flavour onnx, got ${got}`)
  }
  const file = join(directory, insideOf(String(recordOf(onnx).data ?? 'model.onnx'), path))
  const metadata = recordOf(described.metadata)
  const columns = columnsOf(described, path)
  const facts = {
    name: owned,
    frontMatter: await frontMatterOf(directory, owned, metadata),
    labels: textsOf(metadata.labels),
    columns,
    task: columns ? 'tabular-classification' : undefined,
  }
  const files = {
    fetchOnnx: (to: string) => copy(file, to),
    fetchExternal: (location: string, to: string) => copy(join(file, '..', location), to),
  }
  return writeModelFolder(folder, files, { facts, body: `\n# ${owned.split('/')[1]}\n\nImported from MLflow.\n` })
}

async function frontMatterOf(directory: string, name: string, metadata: Readonly<Record<string, unknown>>) {
  const metrics = await readRunMetrics(directory)
  const task = { type: 'tabular-classification' }
  const result = { task, dataset: { type: 'mlflow', name: 'evaluation data of the run' }, metrics }
  return {
    ...(metadata.license === undefined ? {} : { license: String(metadata.license) }),
    library_name: 'onnx',
    ...(metrics.length > 0 ? { 'model-index': [{ name: name.split('/')[1], results: [result] }] } : {}),
  }
}

/** Names of the signature's inputs, where they are columns and not tensors. */
function columnsOf(described: Readonly<Record<string, unknown>>, path: string): readonly string[] | undefined {
  const { inputs } = recordOf(described.signature)
  if (typeof inputs !== 'string') return undefined
  const columns = yamlOf(inputs, path)
  if (!Array.isArray(columns) || columns.some(column => recordOf(column).type === 'tensor')) return undefined
  return textsOf(columns.map(column => recordOf(column).name))
}

/** @throws MODEL_UNSAFE for a file outside the model's folder */
function insideOf(file: string, path: string): string {
  if (!file.split(/[/\\]/).includes('..') && !/^([/\\]|[A-Za-z]:)/.test(file)) return file
  throw new ModelHubError('MODEL_UNSAFE', `${path}: expected a file inside its folder, got ${file}`)
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ModelHubError('FILE_NOT_FOUND', `${path}: not there`, { cause })
  })
}

async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to).catch(async (cause: unknown) => {
    const beside = (await readdir(join(from, '..')).catch(() => [])).join(', ')
    throw new ModelHubError('FILE_NOT_FOUND', `${from}: not there; beside it ${beside || 'nothing'}`, { cause })
  })
}
