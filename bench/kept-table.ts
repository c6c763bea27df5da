import type { Column, ColumnChunk, ColumnSource } from '../src/dataset/index.ts'
import { openDataset } from '../src/readers/index.ts'
import { makeSketch } from '../src/sketch/make-sketch.ts'
import type { Sketch } from '../src/sketch/sketch.ts'
import type { SketchPair } from './workload.ts'

/** A dataset kept in memory, of which parts are sketched. */
export interface KeptTable extends ColumnSource {
  readonly rows: number
  readonly labels: readonly (string | null)[]
}

/** Reads a dataset, of one file or several, into memory: all its features, or those of the names given. */
export async function keepTable(
  path: string | readonly string[],
  options: Parameters<typeof openDataset>[1] = {},
  only?: readonly string[],
): Promise<KeptTable> {
  const table = await openDataset([path].flat(), options)
  const wanted = table.features.map((_, f) => f).filter(f => !only || only.includes(table.features[f].name))
  const chunks: ColumnChunk[] = []
  for await (const chunk of table.chunks()) {
    chunks.push({ ...chunk, columns: wanted.map(f => chunk.columns[f]) })
  }
  const labels = table.label === undefined ? [] : await table.labels()
  table.close()
  return {
    features: wanted.map(f => table.features[f]),
    rows: chunks.reduce((sum, { rows }) => sum + rows, 0),
    labels,
    async *chunks() {
      yield* chunks
    },
  }
}

/** Some rows of a table as a dataset of their own, in the table's order and numbered from 0. */
function partOf(table: KeptTable, wanted: readonly number[]): ColumnSource {
  const isWanted = new Uint8Array(table.rows)
  for (const row of wanted) isWanted[row] = 1
  return {
    features: table.features,
    async *chunks() {
      let before = 0
      let firstRow = 0
      for await (const { rows, columns } of table.chunks()) {
        const taken = Array.from({ length: rows }, (_, row) => row).filter(row => isWanted[before + row])
        before += rows
        if (taken.length === 0) continue
        yield { file: 0, firstRow, rows: taken.length, columns: columns.map(column => rowsOf(column, taken)) }
        firstRow += taken.length
      }
    },
  }
}

function rowsOf(column: Column, rows: readonly number[]): Column {
  if (column instanceof Float32Array) return Float32Array.from(rows, row => column[row])
  if (column instanceof Float64Array) return Float64Array.from(rows, row => column[row])
  return rows.map(row => (column as readonly (string | null)[])[row])
}

/** The default sketch of some rows; with a reference, for the MMD. */
export function defaultSketch(table: KeptTable, rows: readonly number[], reference?: Sketch): Promise<Sketch> {
  return makeSketch(partOf(table, rows), { reference })
}

/** The sketch of the 2020 paper of some rows. */
export function paperSketch(table: KeptTable, rows: readonly number[]): Promise<Sketch> {
  return makeSketch(partOf(table, rows), { profile: 'paper' })
}

/** Both sketches of some rows. */
export async function sketchPair(table: KeptTable, rows: readonly number[], reference?: Sketch): Promise<SketchPair> {
  return { default: await defaultSketch(table, rows, reference), paper: await paperSketch(table, rows) }
}
