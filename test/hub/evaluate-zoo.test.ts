import { DuckDBInstance } from '@duckdb/node-api'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { renderCard } from '../../src/model/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { workersFromSource } from '../inference/from-source.ts'
import { hasShared, sharedPath } from '../shared.ts'
import { newHub } from './open-hub.ts'

const TASKS = ['beer', 'fodors_zagats', 'itunes_amazon', 'dirty_itunes_amazon']

interface Entry {
  readonly id: string
  readonly input: { readonly columns: string[] }
  readonly labels: string[]
}

/** Measured accuracies by `model target`. */
function truth(zoo: string): Map<string, number> {
  const lines = readFileSync(join(zoo, 'truth.csv'), 'utf8').trim().split('\n')
  return new Map(
    lines.flatMap(line => {
      const [model, target, metric, value] = line.split(',')
      return /^(source|serving)_accuracy$/.test(metric) ? [[`${model} ${target}`, Number(value)] as const] : []
    }),
  )
}

/** Writes the rows of a split of each task, with the labels' names. */
async function writeSplits(zoo: string, folder: string): Promise<void> {
  const connection = await (await DuckDBInstance.create()).connect()
  for (const task of TASKS) {
    const named = "case label when 1 then 'match' else 'no match' end as label"
    const from = `select * exclude (split) replace (${named}) from '${join(zoo, 'features', `${task}.parquet`)}'`
    for (const split of ['train', 'test']) {
      await connection.run(`copy (${from} where split = '${split}') to '${join(folder, `${task}.${split}.parquet`)}'`)
    }
  }
  connection.closeSync()
}

/** Makes a publisher's folder of a matcher. */
function makeFolder(zoo: string, within: string, { id, input, labels }: Entry): string {
  const folder = join(within, id)
  mkdirSync(folder)
  copyFileSync(join(zoo, 'models', `${id}.onnx`), join(folder, 'model.onnx'))
  const tensors = [{ name: 'features', shape: ['N', 20], type: 'float32' as const }]
  const modelhub = { name: `em/${id}`, input: { kind: 'table' as const, tensors, columns: input.columns }, labels }
  writeFileSync(join(folder, 'README.md'), renderCard({ modelhub }, ''))
  return folder
}

beforeAll(workersFromSource)

describe('the history of a real zoo', () => {
  it.skipIf(!hasShared)('needs ../shared: is what was measured of it', { timeout: 300_000 }, async () => {
    const zoo = sharedPath('zoo/entity-matching')
    const within = temporaryFolder()
    await writeSplits(zoo, within)
    const { hub } = await newHub()
    for (const entry of JSON.parse(readFileSync(join(zoo, 'zoo.json'), 'utf8')) as Entry[]) {
      if (!TASKS.includes(entry.id)) continue
      const data = [join(within, `${entry.id}.train.parquet`)]
      await hub.publish({ folder: makeFolder(zoo, within, entry), data, dataOptions: { label: 'label' } })
    }
    const datasets = TASKS.map(name => ({ name, places: [join(within, `${name}.test.parquet`)] }))
    const own = Object.fromEntries(TASKS.map(name => [name, [`em/${name}`]]))
    const { evaluations, failures } = await hub.evaluate(datasets, { label: 'label', sample: 'all', own })
    expect(failures).toEqual([])
    const measured = truth(zoo)
    expect(evaluations).toHaveLength(TASKS.length ** 2)
    for (const { model, dataset, value, own: isOwn } of evaluations) {
      const id = model.slice(3)
      expect([id, dataset, isOwn]).toEqual([id, dataset, id === dataset])
      // Written there with five decimals.
      expect(Math.abs(value - measured.get(`${id} ${dataset}`)!), `${id} ${dataset}`).toBeLessThan(6e-6)
    }
  })
})
