/**
 * How fast are sketches of images and of texts, and how much memory do they take?
 *
 *   npm run bench:media-speed
 */
import { DuckDBInstance } from '@duckdb/node-api'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'
import { medianOf, sketchInProcess } from './sketch-process.ts'

const RUNS = 3
const TEXTS = 100_000
const MIB = 2 ** 20

interface Media {
  readonly name: string
  readonly dataset: readonly string[]
  readonly rows: number
  /** Most wall seconds, median of the runs. */
  readonly bar: number
}

const startedAt = performance.now()
const shared = sharedFolder()
const scratch = mkdtempSync(join(tmpdir(), 'bench-media-'))
const texts = join(scratch, 'texts.parquet')

try {
  await writeTexts()
  const media: readonly Media[] = [
    { name: 'digits, IDX', dataset: [join(shared, 'data/mnist/train-images-idx3-ubyte.gz')], rows: 60_000, bar: 10 },
    { name: 'JPEGs, tar.gz', dataset: [join(shared, 'data/cifar10/train.tar.gz')], rows: 50_000, bar: 60 },
    { name: 'texts, Parquet', dataset: [texts, '--types', 'text=text'], rows: TEXTS, bar: 15 },
  ]
  const measured = media.map(of => {
    const sketch = (_: unknown, run: number) =>
      sketchInProcess(of.dataset, of.rows, join(scratch, `${run}.sketch.parquet`))
    const runs = Array.from({ length: RUNS }, sketch)
    return { ...of, fileMiB: statSync(of.dataset[0]).size / MIB, runs }
  })
  recordResult({
    name: 'media-speed',
    question: 'How fast are sketches of images and of texts?',
    command: 'npm run bench:media-speed',
    startedAt,
    bars: measured.map(({ name, bar, runs }) => ({
      name: `${name}: wall seconds, median`,
      value: medianOf(runs, 'seconds'),
      bar,
      must: 'atMost',
    })),
    markdown: `${table(measured)}\n\nMedians of ${RUNS} runs; \`modelhub sketch\` as a process, start included.`,
    figures: measured.map(({ name, rows, fileMiB, bar, runs }) => ({ name, rows, fileMiB, bar, runs })),
  })
} finally {
  rmSync(scratch, { recursive: true })
}

function table(measured: readonly (Media & { fileMiB: number; runs: ReturnType<typeof sketchInProcess>[] })[]): string {
  return markdownTable(
    ['media', 'rows', 'file MiB', 'seconds', 'CPU seconds', 'rows/s', 'peak MiB', 'sketch KiB'],
    measured.map(({ name, rows, fileMiB, runs }) => [
      name,
      rows.toLocaleString('en'),
      fileMiB.toFixed(1),
      medianOf(runs, 'seconds').toFixed(2),
      medianOf(runs, 'cpuSeconds').toFixed(2),
      Math.round(medianOf(runs, 'rowsPerSecond')).toLocaleString('en'),
      medianOf(runs, 'peakMiB').toFixed(0),
      (medianOf(runs, 'sketchBytes') / 1024).toFixed(0),
    ]),
  )
}

/** The first 100,000 of all texts, file after file, again and again. */
async function writeTexts(): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const folder = join(shared, 'data/text')
  const files = readdirSync(folder).filter(name => name.endsWith('.parquet'))
  const list = files.sort().map(name => `'${join(folder, name)}'`)
  await connection.run(
    `create table texts as
     select row_number() over () as ordinal, text from read_parquet([${list.join(', ')}], union_by_name = true)`,
  )
  const [[there]] = (await connection.runAndReadAll('select count(*) from texts')).getRows()
  await connection.run(
    `copy (select text from range(${Math.ceil(TEXTS / Number(there))}) as round(n) cross join texts
           order by n, ordinal limit ${TEXTS})
     to '${texts}' (format parquet, compression zstd)`,
  )
  connection.disconnectSync()
  instance.closeSync()
}
