import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { MODEL_NAME } from '../model/index.ts'
import { loadSketchFile, sketchData, type DataOptions } from './load-sketch.ts'
import { readModelFolder, SKETCH_FILE } from './model-folder.ts'
import type { PublishInput } from './publish.ts'

/** What a publisher names. */
export interface PublicationSource {
  /** Folder with README.md, model.onnx and, unless data or a sketch are named, train.sketch.parquet. */
  readonly folder: string
  /** `owner/model`; the card's `modelhub.name` when absent. */
  readonly name?: string
  /** Sketch file of the training data, where it lies elsewhere. */
  readonly sketch?: string
  /** Training data to sketch here and now; they are not stored. */
  readonly data?: readonly string[]
  readonly dataOptions?: DataOptions
}

/**
 * Reads and checks all that a publication needs, before anything is written.
 *
 * @throws USAGE when both data and a sketch are named, or the name is no name
 */
export async function readPublication(source: PublicationSource): Promise<PublishInput> {
  const { folder, data, dataOptions } = source
  if (data && source.sketch) throw new ModelHubError('USAGE', `${folder}: expected data or a sketch, got both`)
  const model = await readModelFolder(folder)
  const name = source.name ?? model.card.frontMatter.modelhub.name
  if (!MODEL_NAME.test(name))
    throw new ModelHubError('USAGE', `name: expected owner/model, got ${JSON.stringify(name)}`)
  const path = source.sketch ?? join(folder, SKETCH_FILE)
  if (!data && !existsSync(path)) {
    throw new ModelHubError(
      'FILE_NOT_FOUND',
      `${path}: not there; make it with 'modelhub sketch', or name the data with --data`,
    )
  }
  const { sketch, bytes } = await (data ? sketchData(data, dataOptions) : loadSketchFile(path))
  return { model, name, sketch, sketchBytes: bytes }
}
