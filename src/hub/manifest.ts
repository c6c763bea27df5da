import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { ModelHubError } from '../common/index.ts'
import { readModelFile } from './model-folder.ts'
import type { PublicationSource } from './read-publication.ts'

const paths = z.union([z.string(), z.array(z.string()).min(1)]).transform(given => [given].flat())

const manifestSchema = z.strictObject({
  models: z
    .array(
      z.strictObject({
        dir: z.string().describe('Folder with README.md and model.onnx.'),
        name: z.string().optional().describe('owner/model; that of the card when absent.'),
        sketch: z.string().optional().describe('Sketch file, where it is not train.sketch.parquet in dir.'),
        data: paths.optional().describe('Training data to sketch.'),
        label: z.string().optional(),
        exclude: z.array(z.string()).optional(),
        types: z.record(z.string(), z.enum(['numeric', 'categorical', 'text', 'boolean', 'timestamp'])).optional(),
      }),
    )
    .min(1),
})

/**
 * Reads a list of models to publish: YAML, described in docs/manifest.md. Paths are relative to the manifest.
 *
 * @throws USAGE naming the field that is wrong
 */
export async function readManifest(path: string): Promise<PublicationSource[]> {
  const text = (await readModelFile(path)).toString('utf8')
  const parsed = manifestSchema.safeParse(yamlOf(text, path))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const fault =
      issue.path.length > 0
        ? `${issue.path.join('.')}: ${issue.message}`
        : `expected a list of models, as in docs/manifest.md: ${issue.message}`
    throw new ModelHubError('USAGE', `${path}: ${fault}`, { cause: parsed.error })
  }
  const from = dirname(path)
  return parsed.data.models.map(({ dir, name, sketch, data, label, exclude, types }) => ({
    folder: resolve(from, dir),
    name,
    sketch: sketch && resolve(from, sketch),
    data: data?.map(file => resolve(from, file)),
    dataOptions: { label, exclude, types },
  }))
}

function yamlOf(text: string, path: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw new ModelHubError('USAGE', `${path}: not YAML`, { cause })
  }
}
