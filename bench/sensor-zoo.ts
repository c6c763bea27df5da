import { DuckDBInstance } from '@duckdb/node-api'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hub, sketchData, type DataOptions } from '../src/hub/index.ts'

/** A model of the sensor zoo. */
export interface SensorModel {
  readonly id: string
  /** As its card has it. */
  readonly name: string
  readonly sourceAccuracy: number
  readonly sizeBytes: number
}

/** accuracy.get(model)?.get(target): unknown classes count as wrong where `all` was asked for. */
export type Truth = ReadonlyMap<string, ReadonlyMap<string, number>>

interface ZooEntry {
  readonly id: string
  readonly file: string
  readonly data_set: string
  readonly body_part: string
  readonly subject: string
  readonly source_accuracy: number
}

/** The models whose data set starts with a prefix, in order of the manifest. */
export function sensorModels(shared: string, prefix: string): SensorModel[] {
  const zoo = JSON.parse(readFileSync(join(shared, 'zoo/har/zoo.json'), 'utf8')) as ZooEntry[]
  return zoo
    .filter(({ data_set }) => data_set.startsWith(prefix))
    .map(({ id, file, data_set, body_part, subject, source_accuracy }) => ({
      id,
      name: `${data_set}/${body_part}_${subject}`,
      sourceAccuracy: source_accuracy,
      sizeBytes: readFileSync(join(shared, 'zoo/har', file)).byteLength,
    }))
}

/**
 * Measured accuracies from truth.csv. With `coverage` each is multiplied by the share of the target's rows whose class
 * the model knows, as zoo/har/README.md asks where models know different classes.
 */
export function sensorTruth(shared: string, options: { readonly coverage?: boolean } = {}): Truth {
  const lines = readFileSync(join(shared, 'zoo/har/truth.csv'), 'utf8').trim().split('\n').slice(1)
  const read = (wanted: string) => {
    const values = new Map<string, Map<string, number>>()
    for (const line of lines) {
      const [model, target, metric, value] = line.split(',')
      if (metric !== wanted) continue
      values.set(model, (values.get(model) ?? new Map<string, number>()).set(target, Number(value)))
    }
    return values
  }
  const accuracy = read('serving_accuracy')
  if (!options.coverage) return accuracy
  const coverage = read('coverage')
  return new Map(
    [...accuracy].map(([model, row]) => [
      model,
      new Map([...row].map(([target, value]) => [target, value * (coverage.get(model)?.get(target) ?? NaN)])),
    ]),
  )
}

/** Makes the publishers' folders of the models into `folder`, with the script that makes the demo. */
export function makeSensorFolders(shared: string, folder: string, prefix: string): void {
  const script = new URL('../scripts/make-sensor-zoo.ts', import.meta.url).pathname
  execFileSync(process.execPath, ['--import', 'tsx', script, shared, folder, prefix], { stdio: 'ignore' })
}

/**
 * Writes each table's rows of the shared activities as `${id}.parquet` into a folder: features only, or with the shared
 * activity as the column `label`.
 */
export async function writeKeptRows(
  shared: string,
  ids: readonly string[],
  { folder, labelled = false }: { readonly folder: string; readonly labelled?: boolean },
): Promise<void> {
  const { label_map: labels } = JSON.parse(readFileSync(join(shared, 'zoo/har/splits.json'), 'utf8')) as {
    label_map: Record<string, string>
  }
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const kept = Object.keys(labels)
    .map(label => `'${label}'`)
    .join(', ')
  const names = Object.entries(labels).map(([label, name]) => `when '${label}' then '${name}'`)
  const columns = labelled
    ? `* exclude (segment) replace (case label ${names.join(' ')} end as label)`
    : '* exclude (segment, label)'
  for (const id of ids) {
    const table = join(shared, 'data/har', `${id}.parquet`)
    const rows = `select ${columns} from '${table}' where label in (${kept})`
    await connection.run(`copy (${rows}) to '${join(folder, `${id}.parquet`)}'`)
  }
  connection.disconnectSync()
  instance.closeSync()
}

/** Sketches `${id}.parquet` of a folder into `${id}${suffix}` beside it. */
export async function sketchRows(
  folder: string,
  ids: readonly string[],
  { suffix, ...options }: DataOptions & { readonly suffix: string },
): Promise<void> {
  for (const id of ids) {
    const { bytes } = await sketchData([join(folder, `${id}.parquet`)], options)
    writeFileSync(join(folder, `${id}${suffix}`), bytes)
  }
}

/** Publishes models into a fresh hub, in the order given. */
export async function publishAll(
  hubFolder: string,
  models: readonly SensorModel[],
  paths: { readonly folders: string; readonly sketchOf: (id: string) => string },
): Promise<Hub> {
  const hub = await Hub.open(hubFolder, { create: true })
  for (const { id } of models) await hub.publish({ folder: join(paths.folders, id), sketch: paths.sketchOf(id) })
  return hub
}
