import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import {
  changeCard,
  copySensor,
  csvOf,
  makeModelFolder,
  onnxBytes,
  sketchColumns,
  uniformColumns,
} from './made-models.ts'
import { newHub } from './open-hub.ts'

const columns = uniformColumns({ a: 0, b: 10, c: 20, d: 30, e: 40 }, { rows: 50 })
const wine = async (onnx?: Uint8Array) =>
  makeModelFolder(temporaryFolder(), { name: 'ada/wine', sketch: await sketchColumns(columns), onnx })

async function expectRefused(folder: string, code: string, message: string, given: object = {}): Promise<void> {
  const { hub } = await newHub()
  await expect(hub.publish({ folder, ...given })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  })
  expect(await hub.list({ all: true })).toEqual([])
}

describe('publishing refuses, and writes nothing', () => {
  it('a folder that is not there, or lacks a file', async () => {
    await expectRefused(join(temporaryFolder(), 'none'), 'FILE_NOT_FOUND', 'none/README.md: not there')
    for (const file of ['README.md', 'model.onnx', 'train.sketch.parquet']) {
      const folder = copySensor(temporaryFolder(), 'dsads_torso_s1')
      rmSync(join(folder, file))
      await expectRefused(folder, 'FILE_NOT_FOUND', `${file}: not there`)
    }
  })

  it('a model that is not ONNX', async () => {
    await expectRefused(await wine(Buffer.from('<html>not found</html>')), 'MODEL_INVALID', 'model.onnx: ')
    await expectRefused(await wine(new Uint8Array(0)), 'MODEL_INVALID', 'model.onnx: ')
  })

  it('a truncated model, wherever it ends', async () => {
    for (const kept of [1, 10, 100, 0.5, 0.99]) {
      const folder = copySensor(temporaryFolder(), 'dsads_torso_s1')
      const path = join(folder, 'model.onnx')
      truncateSync(path, kept < 1 ? Math.floor(readFileSync(path).length * kept) : kept)
      await expectRefused(folder, 'MODEL_INVALID', 'model.onnx: ')
    }
  })

  it('external data outside the folder, by name', async () => {
    const folder = await wine(onnxBytes('external data above'))
    writeFileSync(join(folder, '../w.bin'), 'secret')
    await expectRefused(folder, 'MODEL_UNSAFE', '../w.bin')
  })

  it('external data outside the folder, by a link to a file or to a folder', async () => {
    const outside = temporaryFolder()
    writeFileSync(join(outside, 'more.bin'), 'secret')
    const linked = await wine(onnxBytes('external data'))
    mkdirSync(join(linked, 'weights'))
    symlinkSync(join(outside, 'more.bin'), join(linked, 'weights/more.bin'))
    await expectRefused(linked, 'MODEL_UNSAFE', "weights/more.bin: expected external data inside the model's folder")
    const linkedFolder = await wine(onnxBytes('external data'))
    symlinkSync(outside, join(linkedFolder, 'weights'))
    await expectRefused(linkedFolder, 'MODEL_UNSAFE', 'weights/more.bin')
  })

  it('external data that is not there; with them the model is published and counted', async () => {
    const folder = await wine(onnxBytes('external data'))
    await expectRefused(folder, 'MODEL_INVALID', 'its external data weights/more.bin is not there')
    mkdirSync(join(folder, 'weights/more.bin'), { recursive: true })
    await expectRefused(folder, 'MODEL_INVALID', 'its external data weights/more.bin is not there')
    rmSync(join(folder, 'weights/more.bin'), { recursive: true })
    writeFileSync(join(folder, 'weights/more.bin'), Buffer.alloc(1000))
    const { hub } = await newHub()
    const { version } = await hub.publish({ folder })
    expect(version.sizeBytes).toBe(onnxBytes('external data').length + 1000)
    writeFileSync(join(folder, 'weights/more.bin'), Buffer.alloc(1000, 1))
    expect((await hub.publish({ folder })).version.version).toBe(2)
  })

  it('a model that does not fit its card', async () => {
    const folder = copySensor(temporaryFolder(), 'dsads_torso_s1')
    changeCard(folder, front => ({ ...front, modelhub: { ...front.modelhub, labels: ['walking', 'running'] } }))
    await expectRefused(folder, 'MODEL_MISMATCH', 'the card states 2 labels, the model has 9')
  })

  it('a card without its fields', async () => {
    const folder = copySensor(temporaryFolder(), 'dsads_torso_s1')
    writeFileSync(join(folder, 'README.md'), '# No front matter\n')
    await expectRefused(folder, 'CARD_INVALID', 'README.md: ')
    writeFileSync(join(folder, 'README.md'), '---\nlicense: mit\n---\n')
    await expectRefused(folder, 'CARD_INVALID', 'modelhub')
  })

  it('a sketch that is none, a damaged one, and data in its place', async () => {
    const folder = await wine()
    const path = join(folder, 'train.sketch.parquet')
    truncateSync(path, 200)
    await expectRefused(folder, 'SKETCH_INVALID', 'train.sketch.parquet: ')
    writeFileSync(path, 'a,b\n1,2\n')
    await expectRefused(folder, 'SKETCH_INVALID', 'train.sketch.parquet: ')
  })

  it('both data and a sketch; data that are not there; a label that is not there', async () => {
    const folder = await wine()
    const data = join(folder, 'train.csv')
    writeFileSync(data, csvOf(columns))
    const sketch = join(folder, 'train.sketch.parquet')
    await expectRefused(folder, 'USAGE', 'expected data or a sketch, got both', { data: [data], sketch })
    await expectRefused(folder, 'FILE_NOT_FOUND', 'none.csv', { data: [join(folder, 'none.csv')] })
    const dataOptions = { label: 'colour' }
    await expectRefused(folder, 'COLUMN_MISSING', 'colour', { data: [data], dataOptions })
  })

  it('a sketch given for data', async () => {
    const folder = await wine()
    await expectRefused(folder, 'USAGE', 'it is a sketch already', { data: [join(folder, 'train.sketch.parquet')] })
  })
})
