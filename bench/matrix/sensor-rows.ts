import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keepTable, type KeptTable } from '../kept-table.ts'
import { denseRows } from './dense-rows.ts'
import type { RunRows } from './runnable-workload.ts'

/** What splits.json of the sensor zoo says. */
export interface Splits {
  readonly label_map: Readonly<Record<string, string>>
  readonly held_out_rows: Readonly<Record<string, readonly number[]>>
}

/** Rows of the shared activities, as they are in the file. */
export interface SensorRows {
  readonly width: number
  /** Shape (rows, width), NaN and infinity as 0. */
  readonly values: Float32Array
  readonly labels: readonly string[]
  /** Whether the table's model was not trained on the row. */
  readonly heldOut: readonly boolean[]
}

export function sensorSplits(shared: string): Splits {
  return JSON.parse(readFileSync(join(shared, 'zoo/har/splits.json'), 'utf8')) as Splits
}

/** The kept rows of a table. */
export async function keptSensorRows(shared: string, id: string, splits: Splits): Promise<SensorRows> {
  const table = withoutSegment(await keepTable(join(shared, 'data/har', `${id}.parquet`), { label: 'label' }))
  const named = table.labels.map(label => splits.label_map[label!] as string | undefined)
  const kept = Array.from(named.keys()).filter(row => named[row] !== undefined)
  const held = new Set(splits.held_out_rows[id])
  return {
    width: table.features.length,
    values: (await denseRows(table, kept)).map(value => (Number.isFinite(value) ? value : 0)),
    labels: kept.map(row => named[row]!),
    heldOut: kept.map(row => held.has(row)),
  }
}

/** What a model is run on: all rows of a table, or of several merged, and the two halves of them. */
export interface ScaledRows {
  readonly all: RunRows
  readonly heldOut: RunRows
  readonly trained: RunRows
}

/** Rows scaled as zoo/har/README.md asks: by the least and greatest of all of them. */
export function scaled(tables: readonly SensorRows[]): ScaledRows {
  const [{ width }] = tables
  const values = new Float32Array(tables.reduce((sum, table) => sum + table.values.length, 0))
  let at = 0
  for (const table of tables) {
    values.set(table.values, at)
    at += table.values.length
  }
  scaleColumns(values, width)
  const labels = tables.flatMap(table => table.labels)
  const heldOut = tables.flatMap(table => table.heldOut)
  const rowsWhere = (wanted: (row: number) => boolean) => selected(Array.from(labels.keys()).filter(wanted))
  const selected = (rows: readonly number[]): RunRows => {
    const chosen = new Float32Array(rows.length * width)
    rows.forEach((row, i) => chosen.set(values.subarray(row * width, (row + 1) * width), i * width))
    const inputs = { features: { rowShape: [width], values: chosen } }
    return { rows: rows.length, inputs, labels: rows.map(row => labels[row]) }
  }
  return {
    all: rowsWhere(() => true),
    heldOut: rowsWhere(row => heldOut[row]),
    trained: rowsWhere(row => !heldOut[row]),
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
