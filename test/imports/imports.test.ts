import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importHuggingFace, importMlflow } from '../../src/imports/index.ts'
import { geometryOf } from '../../src/imports/hugging-face-config.ts'
import { splitReadme } from '../../src/imports/readme.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { modelBytes, node, value, type GraphParts } from '../onnx-models.ts'
import { caughtCodeOf } from './caught-code-of.ts'
import { huggingFaceServer } from './hugging-face-server.ts'

const onnx = readFileSync(new URL('../../demo/sensors/dsads_torso_s1/model.onnx', import.meta.url))
/** Pixels of any size in, two scores out. */
const IMAGE_MODEL: GraphParts = {
  inputs: [value('pixel_values', ['N', 'channels', 'height', 'width'])],
  outputs: [value('logits', ['N', 2])],
  nodes: [node('GlobalAveragePool', ['pixel_values'], ['logits'])],
}
const id2label = Object.fromEntries(Array.from({ length: 19 }, (_, id) => [id, `activity ${id}`]))
const card = '---\nlicense: mit\npipeline_tag: tabular-classification\n---\n# Activities\n'

describe('importHuggingFace', () => {
  it('writes card, model and labels, and says what is missing', async () => {
    const endpoint = await huggingFaceServer({
      'README.md': card,
      'onnx/model.onnx': onnx,
      'config.json': JSON.stringify({ id2label }),
    })
    const folder = join(temporaryFolder(), 'moves')
    const imported = await importHuggingFace({ repo: 'acme/moves', endpoint, folder })
    expect(readFileSync(join(folder, 'model.onnx')).equals(onnx)).toBe(true)
    const { frontMatter, body } = splitReadme(readFileSync(join(folder, 'README.md'), 'utf8'))
    expect(body).toBe('# Activities\n')
    expect(frontMatter).toMatchObject({
      license: 'mit',
      modelhub: { name: 'acme/moves', labels: Object.values(id2label), input: { kind: 'table' } },
    })
    expect(imported.missing.some(line => line.startsWith('modelhub.input.columns'))).toBe(true)
    expect(imported.missing.at(-1)).toContain('modelhub sketch DATA')
  })

  it('takes size, filter and crop of images, and fills in the sizes that the graph leaves open', async () => {
    const preprocessor = {
      ...{
        do_resize: true,
        size: { shortest_edge: 256 },
        do_center_crop: true,
        crop_size: { height: 224, width: 224 },
      },
      ...{ resample: 3, do_rescale: true, rescale_factor: 1 / 255, image_mean: [0.5], image_std: [0.25] },
    }
    const endpoint = await huggingFaceServer({
      'README.md': card.replace('tabular', 'image'),
      'model.onnx': Buffer.from(modelBytes(IMAGE_MODEL)),
      'preprocessor_config.json': JSON.stringify(preprocessor),
    })
    const folder = join(temporaryFolder(), 'moves')
    await importHuggingFace({ repo: 'acme/moves', endpoint, folder })
    const { frontMatter } = splitReadme(readFileSync(join(folder, 'README.md'), 'utf8'))
    expect(frontMatter.modelhub).toMatchObject({
      input: {
        ...{ kind: 'image', resize: 'cubic', crop: 256 },
        tensors: [{ name: 'pixel_values', shape: ['N', 3, 224, 224], type: 'float32' }],
        normalisation: { kind: 'standard', mean: [127.5], std: [63.75] },
      },
    })
  })

  it.each([
    ['a square', { size: 224 }, { height: 224, width: 224 }],
    ['both sides', { size: { height: 384, width: 256 }, resample: 2 }, { height: 384, width: 256, resize: 'linear' }],
    [
      'both sides, then cut',
      { size: { height: 256, width: 256 }, do_center_crop: true, crop_size: 224 },
      { height: 224, width: 224, crop: [256, 256] },
    ],
    ['a number, then cut', { size: 248, do_center_crop: true, crop_size: 224 }, { height: 224, width: 224, crop: 248 }],
    ['ConvNeXT below 384', { size: { shortest_edge: 224 }, crop_pct: 0.875 }, { height: 224, width: 224, crop: 256 }],
    ['ConvNeXT from 384', { size: { shortest_edge: 384 }, crop_pct: 1 }, { height: 384, width: 384 }],
    ['nothing', {}, undefined],
  ])('reads %s of preprocessor_config.json', (_, preprocessor, expected) => {
    const found = geometryOf(preprocessor)
    expect(found && Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))).toEqual(
      expected,
    )
  })

  it('brings the tokenizer of texts and its limit; says where there is none', async () => {
    const files = {
      'README.md': card.replace('tabular', 'text'),
      'model.onnx': onnx,
      'tokenizer_config.json': JSON.stringify({ model_max_length: 128 }),
    }
    const imported = async (more: Record<string, string>) => {
      const endpoint = await huggingFaceServer({ ...files, ...more })
      const folder = join(temporaryFolder(), 'moves')
      const { missing } = await importHuggingFace({ repo: 'acme/moves', endpoint, folder })
      const { modelhub } = splitReadme(readFileSync(join(folder, 'README.md'), 'utf8')).frontMatter
      return { folder, missing, input: (modelhub as { input: object }).input }
    }
    const { folder, missing, input } = await imported({ 'tokenizer.json': '{"model":{}}' })
    expect(input).toMatchObject({ kind: 'text', tokenizer: 'tokenizer.json', maxTokens: 128 })
    expect(input).not.toHaveProperty('normalisation')
    expect(readFileSync(join(folder, 'tokenizer.json'), 'utf8')).toBe('{"model":{}}')
    expect(missing.join()).not.toContain('tokenizer')
    const without = await imported({})
    expect(without.input).not.toHaveProperty('maxTokens')
    expect(without.missing.some(line => line.startsWith('modelhub.input.tokenizer'))).toBe(true)
  })

  it.each([
    [404, 'MODEL_NOT_FOUND'],
    [401, 'ACCESS_DENIED'],
    [403, 'ACCESS_DENIED'],
    [500, 'NETWORK'],
  ])('tells HTTP %i as %s', async (status, code) => {
    const endpoint = await huggingFaceServer({}, status)
    const folder = join(temporaryFolder(), 'moves')
    expect(await caughtCodeOf(importHuggingFace({ repo: 'acme/moves', endpoint, folder }))).toBe(code)
  })

  it('tells a repository without an ONNX file, a name that is none, and a folder that is taken', async () => {
    const endpoint = await huggingFaceServer({ 'README.md': card })
    const folder = temporaryFolder()
    expect(await caughtCodeOf(importHuggingFace({ repo: 'acme/moves', endpoint, folder }))).toBe('FILE_NOT_FOUND')
    expect(await caughtCodeOf(importHuggingFace({ repo: 'moves', endpoint, folder }))).toBe('USAGE')
    writeFileSync(join(folder, 'mine'), '')
    const other = await huggingFaceServer({ 'model.onnx': onnx })
    expect(await caughtCodeOf(importHuggingFace({ repo: 'acme/moves', endpoint: other, folder }))).toBe('USAGE')
  })
})

describe('importMlflow', () => {
  it('takes columns from the signature and metrics from the run', async () => {
    const run = temporaryFolder()
    const directory = join(run, 'artifacts', 'model')
    mkdirSync(directory, { recursive: true })
    mkdirSync(join(run, 'metrics'))
    writeFileSync(join(run, 'metrics', 'val_accuracy'), '1700000000000 0.5 0\n1700000000001 0.91 1\n')
    writeFileSync(join(directory, 'model.onnx'), onnx)
    const inputs = JSON.stringify(Array.from({ length: 81 }, (_, i) => ({ type: 'float', name: `c${i}` })))
    writeFileSync(
      join(directory, 'MLmodel'),
      `flavors:\n  onnx:\n    data: model.onnx\nsignature:\n  inputs: '${inputs}'\nmetadata:\n  license: mit\n`,
    )
    const folder = join(temporaryFolder(), 'moves')
    const imported = await importMlflow({ directory, name: 'acme/moves', folder })
    const { frontMatter } = splitReadme(readFileSync(join(folder, 'README.md'), 'utf8'))
    expect(frontMatter).toMatchObject({
      license: 'mit',
      'model-index': [{ results: [{ metrics: [{ type: 'accuracy', value: 0.91 }] }] }],
      modelhub: { input: { kind: 'table', columns: Array.from({ length: 81 }, (_, i) => `c${i}`) } },
    })
    expect(imported.missing.some(line => line.startsWith('modelhub.labels'))).toBe(true)
  })

  it('tells what is no MLflow model, has no ONNX flavour, or names a file outside', async () => {
    const directory = temporaryFolder()
    const source = { directory, name: 'acme/moves', folder: join(temporaryFolder(), 'moves') }
    expect(await caughtCodeOf(importMlflow(source))).toBe('FILE_NOT_FOUND')
    writeFileSync(join(directory, 'MLmodel'), 'flavors:\n  sklearn: {}\n')
    expect(await caughtCodeOf(importMlflow(source))).toBe('MODEL_INVALID')
    writeFileSync(join(directory, 'MLmodel'), 'flavors:\n  onnx:\n    data: ../model.onnx\n')
    expect(await caughtCodeOf(importMlflow(source))).toBe('MODEL_UNSAFE')
  })
})
