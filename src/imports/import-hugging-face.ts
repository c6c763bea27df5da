import { createWriteStream } from 'node:fs'
import { posix } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ModelHubError } from '../common/index.ts'
import { MODEL_NAME } from '../model/index.ts'
import { hubFailure } from './hub-failure.ts'
import { columnsOf, geometryOf, labelsOf, maxTokensOf, normalisationOf } from './hugging-face-config.ts'
import { recordOf, splitReadme } from './readme.ts'
import { writeModelFolder, type ImportedModel } from './write-model-folder.ts'

export interface HuggingFaceSource {
  /** `owner/name` on the hub. */
  readonly repo: string
  /** Branch, tag or commit; `main` when absent. */
  readonly revision?: string
  /** Address of the hub; https://huggingface.co when absent. */
  readonly endpoint?: string
  readonly accessToken?: string
  /** Folder to write. */
  readonly folder: string
}

const TOKENIZER = 'tokenizer.json'

/** Where exporters put the model, in order of preference. */
const USUAL_PLACES = ['onnx/model.onnx', 'model.onnx']

/**
 * Imports a model of a Hugging Face hub as a model folder.
 *
 * @throws USAGE, MODEL_NOT_FOUND, ACCESS_DENIED, NETWORK, FILE_NOT_FOUND when it has no ONNX file, and what
 *   `writeModelFolder` throws
 */
export async function importHuggingFace(source: HuggingFaceSource): Promise<ImportedModel> {
  const { repo, folder } = source
  if (!MODEL_NAME.test(repo)) throw new ModelHubError('USAGE', `model: expected OWNER/NAME, got ${repo}`)
  try {
    const remote = await openRepo(source)
    const readme = splitReadme((await remote.text('README.md')) ?? '')
    const config = await remote.json('config.json')
    const task = readme.frontMatter.pipeline_tag ?? remote.task
    const preprocessor = await remote.json('preprocessor_config.json')
    const tokenizer = remote.paths.includes(TOKENIZER) ? TOKENIZER : undefined
    const facts = {
      name: repo,
      frontMatter: withFacts(readme.frontMatter, { license: remote.license, pipeline_tag: task }),
      labels: labelsOf(config),
      columns: columnsOf(config),
      task: typeof task === 'string' ? task : undefined,
      normalisation: normalisationOf(preprocessor),
      geometry: geometryOf(preprocessor),
      tokenizer,
      maxTokens: maxTokensOf(await remote.json('tokenizer_config.json')),
    }
    const onnx = onnxPathOf(remote.paths, repo)
    const files = {
      fetchTokenizer: (path: string) => remote.save(TOKENIZER, path),
      fetchOnnx: (path: string) => remote.save(onnx, path),
      fetchExternal: (location: string, path: string) => remote.save(posix.join(posix.dirname(onnx), location), path),
    }
    return await writeModelFolder(folder, files, { facts, body: readme.body })
  } catch (error) {
    throw hubFailure(error, source)
  }
}

/** The repository, read at one commit so that its files belong together. */
async function openRepo({ repo, revision = 'main', endpoint, accessToken }: HuggingFaceSource) {
  const { downloadFile, listFiles, modelInfo } = await import('@huggingface/hub')
  const access = { hubUrl: endpoint?.replace(/\/+$/, ''), accessToken }
  const info = await modelInfo({ ...access, name: repo, revision, additionalFields: ['sha', 'tags'] })
  const at = { ...access, repo: { type: 'model', name: repo } as const, revision: info.sha ?? revision }
  const paths: string[] = []
  for await (const { path, type } of listFiles({ ...at, recursive: true })) if (type === 'file') paths.push(path)
  const blobOf = async (path: string) => (paths.includes(path) ? await downloadFile({ ...at, path }) : null)
  const text = async (path: string) => (await blobOf(path))?.text()
  return {
    paths,
    task: info.task,
    license: info.tags?.find(tag => tag.startsWith('license:'))?.slice('license:'.length),
    text,
    json: async (path: string) => jsonOf((await text(path)) ?? '{}', path),
    save: async (path: string, to: string) => {
      const blob = await blobOf(path)
      if (!blob) throw new ModelHubError('FILE_NOT_FOUND', `${repo}: ${path} is not there`)
      await pipeline(Readable.fromWeb(blob.stream()), createWriteStream(to))
    },
  }
}

function onnxPathOf(paths: readonly string[], repo: string): string {
  const found = paths.filter(path => path.endsWith('.onnx'))
  const usual = USUAL_PLACES.find(path => found.includes(path))
  if (usual !== undefined) return usual
  if (found.length === 1) return found[0]
  const got = found.length === 0 ? 'none' : found.slice(0, 5).join(', ')
  throw new ModelHubError('FILE_NOT_FOUND', `${repo}: expected ${USUAL_PLACES.join(' or ')}, got ${got}`)
}

/** What the card says goes before what the hub says. */
function withFacts(frontMatter: Readonly<Record<string, unknown>>, facts: Readonly<Record<string, unknown>>) {
  const told = Object.entries(facts).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(told), ...frontMatter }
}

function jsonOf(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text))
  } catch (cause) {
    throw new ModelHubError('FILE_DAMAGED', `${path}: not JSON`, { cause })
  }
}
