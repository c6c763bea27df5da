import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { ModelHubError, throwIfCancelled } from '../common/modelhub-error.ts'
import type { ImageEncoder } from '../inference/index.ts'
import type { DatasetOptions } from '../readers/index.ts'
import { makeSketch } from '../sketch/make-sketch.ts'
import { readSketch } from '../sketch/read-sketch.ts'
import { METADATA_KEY } from '../sketch/sketch-metadata.ts'
import type { SketchOptions } from '../sketch/sketch-options.ts'
import type { Sketch } from '../sketch/sketch.ts'
import { SKETCH_FILE_ENDING, writeSketch } from '../sketch/write-sketch.ts'
import { areReadyTensors } from './dataset-identity.ts'
import { readModelFile } from './model-folder.ts'

/** How to read data and how to sketch them. */
export interface DataOptions extends DatasetOptions, SketchOptions {
  /** ONNX file of an encoder whose outputs are the features of images. */
  readonly encoder?: string
}

/** A sketch with its bytes. */
export interface LoadedSketch {
  /** The paths it came from, as given. */
  readonly source: string
  readonly sketch: Sketch
  readonly bytes: Uint8Array
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string
  /** What the reader of the data remarked. */
  readonly warnings: readonly string[]
}

/**
 * Sketches data files. The data are read here and go nowhere.
 *
 * @throws USAGE when one of them is a sketch already or a ready tensor, and what reading and sketching throw
 */
export async function sketchData(paths: readonly string[], options: DataOptions = {}): Promise<LoadedSketch> {
  await refuseSketches(paths)
  refuseTensors(paths)
  const { openDataset } = await import('../readers/index.ts')
  const encoder = options.encoder === undefined ? undefined : await openImageEncoder(options.encoder)
  const table = await openDataset(paths, { ...options, imageView: encoder })
  try {
    const sketch = { ...(await makeSketch(table, options)), view: table.view }
    throwIfCancelled(options.signal, 'sketching')
    return loaded(paths.join(' '), sketch, { bytes: writeSketch(sketch), warnings: table.warnings })
  } finally {
    table.close()
    await encoder?.close()
  }
}

async function openImageEncoder(path: string): Promise<ImageEncoder> {
  const { ImageEncoder } = await import('../inference/index.ts')
  return ImageEncoder.open(path)
}

/** Reads a sketch file, and makes sure that it is one. */
export async function loadSketchFile(path: string): Promise<LoadedSketch> {
  const bytes = await readModelFile(path)
  return loaded(path, await readSketch(bytes, path), { bytes, warnings: [] })
}

/** What decides what a sketch holds, by the names of the command line. */
const SKETCHING = {
  ...{ label: 'label', exclude: 'exclude', types: 'types', key: 'key-file', minCell: 'min-cell', view: 'view' },
  ...{ encoder: 'encoder', seed: 'seed', profile: 'profile', partitions: 'partitions', reference: 'reference' },
} as const satisfies Partial<Record<keyof DataOptions, string>>

/**
 * A target: a sketch file where it is one, else data to sketch.
 *
 * @throws USAGE when a sketch comes with options that decide how data are read or sketched
 */
export async function loadTarget(paths: readonly string[], options: DataOptions = {}): Promise<LoadedSketch> {
  const [path] = paths
  if (paths.length !== 1 || !(await isSketchFile(path))) return sketchData(paths, options)
  const given = Object.entries(SKETCHING).find(([option]) => isGiven(options[option as keyof typeof SKETCHING]))
  if (!given) return loadSketchFile(path)
  throw new ModelHubError('USAGE', `${given[1]}: has no effect on ${path}, which is a sketch already`)
}

/** Empty lists and records say nothing. */
function isGiven(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : value !== undefined
}

/** Whether a path names a sketch file; only the end of the file is read. */
async function isSketchFile(path: string): Promise<boolean> {
  if (!path.endsWith('.parquet')) return false
  try {
    const { key_value_metadata: entries = [] } = await parquetMetadataAsync(await asyncBufferFromFile(path))
    return entries.some(({ key }) => key === METADATA_KEY)
  } catch {
    // What is wrong with the file is for its reader to say.
    return path.endsWith(SKETCH_FILE_ENDING)
  }
}

/**
 * Makes sure that places name data: the counts of a sketch would read as a table of their own.
 *
 * @throws USAGE
 */
export async function refuseSketches(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if (existsSync(path) && (await isSketchFile(path))) {
      throw new ModelHubError('USAGE', `${path}: expected data, but it is a sketch already`)
    }
  }
}

/** Ready tensors have no columns by which they could be compared. */
function refuseTensors(paths: readonly string[]): void {
  const tensor = paths.find(path => areReadyTensors([path]))
  if (tensor === undefined) return
  const advice = 'run models on them with modelhub rank --all, or --models'
  throw new ModelHubError('USAGE', `${tensor}: ready tensors cannot be sketched; ${advice}`)
}

function loaded(
  source: string,
  sketch: Sketch,
  { bytes, warnings }: { readonly bytes: Uint8Array; readonly warnings: readonly string[] },
): LoadedSketch {
  return { source, sketch, bytes, warnings, sha256: createHash('sha256').update(bytes).digest('hex') }
}
