import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepTable, type KeptTable } from '../kept-table.ts'
import { sensorTruth } from '../sensor-zoo.ts'
import { sensorWorkload } from '../sensor-workload.ts'
import { denseRows } from './dense-rows.ts'
import { manifestModels } from './manifest.ts'
import type { RunnableWorkload, RunRows } from './runnable-workload.ts'

interface Splits {
  readonly label_map: Readonly<Record<string, string>>
  readonly held_out_rows: Readonly<Record<string, readonly number[]>>
}

/** The sensor zoo: the 40 tables of DSADS, or every model and target of both data sets. */
export async function sensorRuns(shared: string, scope: 'dsads' | 'all'): Promise<RunnableWorkload> {
  const zoo = join(shared, 'zoo/har')
  const splits = JSON.parse(readFileSync(join(zoo, 'splits.json'), 'utf8')) as Splits
  const workload = await sensorWorkload(shared, scope)
  const ids = new Set(workload.models.map(({ id }) => id))
  const accuracy = sensorTruth(shared)
  const weighed = sensorTruth(shared, { coverage: true })
  return {
    workload,
    truth: scope === 'all' ? 'accuracy × coverage of classes' : 'accuracy',
    runnable: manifestModels(zoo).filter(({ id }) => ids.has(id)),
    rowsOf: target => tableRows(shared, target, splits, 'all'),
    heldOutOf: model => tableRows(shared, model, splits, 'held out'),
    alsoTrue: (model, target) => {
      const of = accuracy.get(model)!.get(target)!
      const both = weighed.get(model)!.get(target)!
      return { accuracy: of, accuracyTimesCoverage: both }
    },
    kinship: (model, target) => {
      const [[modelSet, modelPart, modelPerson], [set, part, person]] = [model, target].map(partsOfName)
      return {
        samePerson: modelSet === set && modelPerson === person,
        samePart: modelSet === set && modelPart === part,
        sameData: modelSet === set,
      }
    },
  }
}

/** Data set, body part and person. */
function partsOfName(id: string): readonly [string, string, string] {
  const words = id.split('_')
  return [words[0], words.slice(1, -1).join('_'), words.at(-1)!]
}

/** The kept rows of a table, scaled as zoo/har/README.md asks: by the least and greatest of all of them. */
async function tableRows(shared: string, id: string, splits: Splits, which: 'all' | 'held out'): Promise<RunRows> {
  const table = withoutSegment(await keepTable(join(shared, 'data/har', `${id}.parquet`), { label: 'label' }))
  const named = table.labels.map(label => splits.label_map[label!] as string | undefined)
  const kept = Array.from(named.keys()).filter(row => named[row] !== undefined)
  const values = (await denseRows(table, kept)).map(value => (Number.isFinite(value) ? value : 0))
  const width = table.features.length
  scaleColumns(values, width)
  const held = new Set(splits.held_out_rows[id])
  const wanted = Array.from(kept.keys()).filter(place => which === 'all' || held.has(kept[place]))
  const chosen = new Float32Array(wanted.length * width)
  wanted.forEach((place, i) => chosen.set(values.subarray(place * width, (place + 1) * width), i * width))
  return {
    rows: wanted.length,
    inputs: { features: { rowShape: [width], values: chosen } },
    labels: wanted.map(place => named[kept[place]]!),
  }
}

function withoutSegment(table: KeptTable): KeptTable {
  const wanted = Array.from(table.features.keys()).filter(f => table.features[f].name !== 'segment')
  return {
    ...table,
    features: wanted.map(f => table.features[f]),
    async *chunks() {
      for await (const chunk of table.chunks()) yield { ...chunk, columns: wanted.map(f => chunk.columns[f]) }
    },
  }
}

function scaleColumns(values: Float32Array, width: number): void {
  for (let f = 0; f < width; f++) {
    let least = Infinity
    let most = -Infinity
    for (let i = f; i < values.length; i += width) {
      least = Math.min(least, values[i])
      most = Math.max(most, values[i])
    }
    for (let i = f; i < values.length; i += width) values[i] = most > least ? (values[i] - least) / (most - least) : 0
  }
}
