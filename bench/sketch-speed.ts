/**
 * How fast is a sketch of a million rows, and how much memory does it take?
 *
 *   npm run build && tsx bench/sketch-speed.ts
 */
import { DuckDBInstance } from '@duckdb/node-api'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'
import { medianOf, sketchInProcess } from './sketch-process.ts'

const ROWS = 1_000_000
const FEATURES = 81
const RUNS = 3
const MIB = 2 ** 20

const startedAt = performance.now()
const shared = sharedFolder()
const scratch = mkdtempSync(join(tmpdir(), 'bench-sketch-'))
const table = join(scratch, 'million.parquet')

try {
  const columns = await writeTable()
  if (columns !== FEATURES) throw new Error(`table: expected ${FEATURES} columns, got ${columns}`)
  const runs = Array.from({ length: RUNS }, (_, run) =>
    sketchInProcess([table], ROWS, join(scratch, `${run}.sketch.parquet`)),
  )
  const peakMiB = Math.max(...runs.map(run => run.peakMiB))
  recordResult({
    name: 'sketch-speed',
    question: `How fast is the sketch of ${ROWS.toLocaleString('en')} rows of ${FEATURES} features?`,
    command: 'npm run bench:sketch-speed',
    startedAt,
    bars: [
      { name: 'wall seconds, median', value: medianOf(runs, 'seconds'), bar: 20, must: 'atMost' },
      { name: 'peak resident MiB, most', value: peakMiB, bar: 1023, must: 'atMost' },
    ],
    markdown:
      markdownTable(
        ['run', 'seconds', 'CPU seconds', 'rows/s', 'peak MiB', 'sketch KiB'],
        runs.map((run, i) => [
          String(i + 1),
          run.seconds.toFixed(2),
          run.cpuSeconds.toFixed(2),
          Math.round(run.rowsPerSecond).toLocaleString('en'),
          run.peakMiB.toFixed(0),
          (run.sketchBytes / 1024).toFixed(0),
        ]),
      ) +
      `\n\nParquet (zstd) of ${(statSync(table).size / MIB).toFixed(0)} MiB, float32; \`modelhub sketch\` as a process, start included.`,
    figures: { rows: ROWS, features: FEATURES, tableBytes: statSync(table).size, runs },
  })
} finally {
  rmSync(scratch, { recursive: true })
}

/** A million rows drawn from all sensor tables, each value with noise of 1 % of itself; gives the number of columns. */
async function writeTable(): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const har = join(shared, 'data/har')
  const files = readdirSync(har)
    .filter(name => name.startsWith('dsads') && name.endsWith('.parquet'))
    .sort()
  const list = files.map(name => `'${join(har, name)}'`).join(', ')
  await connection.run(`create table pool as select * exclude (segment, label) from read_parquet([${list}])`)
  await connection.run(`create table numbered as select row_number() over () - 1 as ordinal, * from pool`)
  const described = await connection.runAndReadAll('describe pool')
  const names = described.getRows().map(([name]) => `"${String(name)}"`)
  const pooled = Number((await connection.runAndReadAll('select count(*) from pool')).getRows()[0][0])
  const noisy = names.map(
    (name, f) => `(${name} * (1 + 0.01 * (2 * ${unit(`draw.row * 128 + ${f}`)} - 1)))::float as ${name}`,
  )
  await connection.run(
    `copy (select ${noisy.join(', ')}
           from (select range as row, (hash(range) % ${pooled})::bigint as ordinal from range(${ROWS})) as draw
           join numbered using (ordinal)
           order by draw.row)
     to '${table}' (format parquet, compression zstd)`,
  )
  connection.disconnectSync()
  instance.closeSync()
  return names.length
}

/** A number in [0, 1) that depends on nothing but the expression. */
function unit(expression: string): string {
  return `((hash(${expression}) % 1048576)::double / 1048576)`
}
