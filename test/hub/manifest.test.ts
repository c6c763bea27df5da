import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readManifest } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { SENSORS } from './made-models.ts'

async function read(text: string) {
  const folder = temporaryFolder()
  const path = join(folder, 'zoo.yaml')
  writeFileSync(path, text)
  return { folder, path, manifest: readManifest(path) }
}

describe('a manifest', () => {
  it('names models, their data and how to read them; paths are relative to it', async () => {
    const { folder, manifest } = await read(`models:
  - dir: wine
    name: ada/wine
    data: [part-1.csv, /data/part-2.csv]
    label: colour
    exclude: [id]
    types: { year: categorical }
  - dir: ../beer
    sketch: beer.sketch.parquet
  - dir: cider
    data: cider.csv
`)
    expect(await manifest).toEqual([
      {
        folder: join(folder, 'wine'),
        name: 'ada/wine',
        data: [join(folder, 'part-1.csv'), '/data/part-2.csv'],
        dataOptions: { label: 'colour', exclude: ['id'], types: { year: 'categorical' } },
      },
      { folder: join(folder, '../beer'), sketch: join(folder, 'beer.sketch.parquet'), dataOptions: {} },
      { folder: join(folder, 'cider'), data: [join(folder, 'cider.csv')], dataOptions: {} },
    ])
  })

  it('of the demo lists every model', async () => {
    expect(await readManifest(join(SENSORS, 'zoo.yaml'))).toHaveLength(40)
  })

  it.each([
    ['models: []', 'models: '],
    ['models:\n  - name: ada/wine', 'models.0.dir: '],
    ['models:\n  - dir: [1]', 'models.0.dir: '],
    ['models:\n  - dir: wine\n    lable: colour', 'models.0: Unrecognized key: "lable"'],
    ['models:\n  - dir: wine\n    types: { year: date }', 'models.0.types.year: '],
    ['models:\n  - dir: wine\n    data: []', 'models.0.data: '],
    ['', 'zoo.yaml: expected a list of models'],
    ['- wine', 'zoo.yaml: expected a list of models'],
    ['models: [', 'zoo.yaml: not YAML'],
  ])('%j is refused, and the fault named', async (text, message) => {
    const { path, manifest } = await read(text)
    const fault = await manifest.catch((error: unknown) => error)
    expect(fault).toMatchObject({ code: 'USAGE', message: expect.stringContaining(message) })
    expect((fault as Error).message.startsWith(`${path}: `)).toBe(true)
  })

  it('that is not there is a file that is not there', async () => {
    await expect(readManifest(join(temporaryFolder(), 'zoo.yaml'))).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
})
