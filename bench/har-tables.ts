import { DuckDBInstance } from '@duckdb/node-api'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sketchData } from '../src/hub/index.ts'
import type { PooledTable } from '../src/divergence/index.ts'
import type { Sketch } from '../src/sketch/index.ts'

/** A table of data/har: its rows, and the sketches that stand for it. */
export interface HarTable extends PooledTable {
  readonly id: string
  readonly rows: number
  /** Of the `paper` profile. */
  readonly paper: Sketch
  /** Of the default profile, whole only, with the mean in the coordinates of the first table. */
  readonly joint: Sketch
}

/** All tables of data/har in order of name, without segment and label. */
export async function readHarTables(shared: string): Promise<HarTable[]> {
  const folder = join(shared, 'data/har')
  const names = readdirSync(folder)
    .filter(name => name.endsWith('.parquet'))
    .sort()
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const tables: HarTable[] = []
  const exclude = ['segment', 'label']
  let reference: Sketch | undefined
  for (const name of names) {
    const path = join(folder, name)
    const query = `select * exclude (${exclude.join(', ')}) from read_parquet('${path}')`
    const columns = (await connection.runAndReadAll(query)).getColumns()
    const rows = columns[0].length
    const values = new Float64Array(rows * columns.length)
    columns.forEach((column, f) => column.forEach((value, row) => (values[row * columns.length + f] = Number(value))))
    const { sketch: paper } = await sketchData([path], { exclude, profile: 'paper' })
    reference ??= (await sketchData([path], { exclude, partitions: [] })).sketch
    const { sketch: joint } = await sketchData([path], { exclude, reference, partitions: [] })
    tables.push({ id: name.replace('.parquet', ''), features: columns.length, rows, values, paper, joint })
  }
  connection.disconnectSync()
  instance.closeSync()
  return tables
}
