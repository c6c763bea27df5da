import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importHuggingFace, importMlflow } from '../../src/imports/index.ts'
import { splitReadme } from '../../src/imports/readme.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { caughtCodeOf } from './caught-code-of.ts'
import { huggingFaceServer } from './hugging-face-server.ts'

const onnx = readFileSync(new URL('../../demo/sensors/dsads_torso_s1/model.onnx', import.meta.url))
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
