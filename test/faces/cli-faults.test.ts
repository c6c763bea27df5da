import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERROR_CODES, type ErrorCode } from '../../src/common/index.ts'
import { csvOf, SENSORS, uniformColumns } from '../hub/made-models.ts'
import { runCli } from './run-cli.ts'

let folder = ''
const csv = csvOf(uniformColumns({ a: 0, b: 1 }, { rows: 2000 }))
const FILES: Record<string, string | Uint8Array> = {
  'good.csv': csv,
  'notes.doc': 'a\n1\n',
  'empty.csv': '',
  'header.csv': 'a,b\n',
  'ragged.csv': 'a,b\n1,2\n3,4,5\n6,7\n',
  'latin.csv': Buffer.from('name,size\nJos\xe9,1\nAna,2\n', 'latin1'),
  'cut.csv.gz': gzipSync(csv).subarray(0, 5000),
  'cut.parquet': readFileSync(join(SENSORS, 'dsads_torso_s1/train.sketch.parquet')).subarray(0, 4000),
  'cut.sketch.parquet': readFileSync(join(SENSORS, 'dsads_torso_s1/train.sketch.parquet')).subarray(0, 4000),
  'twice.csv': 'a,a\n1,2\n',
  'no-sketch.sketch.parquet': 'a,b\n1,2\n',
  'zoo.yaml': 'models: wine\n',
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'modelhub-faults-'))
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(folder, name), content)
  const { code } = await runCli(['publish', join(SENSORS, 'dsads_torso_s1'), '--hub', 'hub'], folder)
  expect(code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const sketch = (data: string, ...more: string[]) => ['sketch', data, '-o', 'out.sketch.parquet', ...more]

/** Arguments, the code of the fault, and what its message names. */
const FAULTS: readonly (readonly [readonly string[], ErrorCode, string])[] = [
  [sketch('none.csv'), 'FILE_NOT_FOUND', 'none.csv'],
  [sketch('part-*.csv'), 'FILE_NOT_FOUND', 'part-*.csv'],
  [sketch('notes.doc'), 'FORMAT_UNKNOWN', 'notes.doc'],
  [sketch('empty.csv'), 'EMPTY_DATASET', 'empty.csv'],
  [sketch('header.csv'), 'EMPTY_DATASET', 'header.csv'],
  [sketch('ragged.csv'), 'RAGGED_ROW', 'ragged.csv'],
  [sketch('latin.csv'), 'ENCODING', 'latin.csv'],
  [sketch('cut.csv.gz'), 'FILE_DAMAGED', 'cut.csv.gz'],
  [sketch('cut.parquet'), 'FILE_DAMAGED', 'cut.parquet'],
  [sketch('twice.csv'), 'COLUMN_DUPLICATE', 'a'],
  [sketch('good.csv', '--label', 'outcome'), 'COLUMN_MISSING', 'outcome'],
  [sketch('good.csv', '--exclude', 'id'), 'COLUMN_MISSING', 'id'],
  [sketch('good.csv', '--exclude', 'a', 'b'), 'EMPTY_DATASET', 'good.csv'],
  [sketch('good.csv', '--types', 'a=date'), 'USAGE', '--types: expected column=type'],
  [sketch('good.csv', '--seed', '-1'), 'OUT_OF_RANGE', 'seed'],
  [sketch('good.csv', '--seed', 'x'), 'USAGE', '--seed: expected a number, got x'],
  [sketch('good.csv', '--partitions', 'all'), 'USAGE', '--partitions'],
  [sketch('good.csv', '--reference', 'none.sketch.parquet'), 'FILE_NOT_FOUND', 'none.sketch.parquet'],
  [['sketch', 'good.csv'], 'USAGE', '-o FILE.sketch.parquet'],
  [['sketch', 'show', 'none.sketch.parquet'], 'FILE_NOT_FOUND', 'none.sketch.parquet'],
  [['sketch', 'show', 'no-sketch.sketch.parquet'], 'SKETCH_INVALID', 'no-sketch.sketch.parquet'],
  [['search', 'cut.sketch.parquet', '--hub', 'hub'], 'SKETCH_INVALID', 'cut.sketch.parquet'],
  [['search', 'none.csv', '--hub', 'hub'], 'FILE_NOT_FOUND', 'none.csv'],
  [['search', 'good.csv', '--hub', 'nowhere'], 'HUB_NOT_FOUND', 'nowhere'],
  [['search', 'good.csv', '--hub', 'hub', '--t1', 'half'], 'USAGE', '--t1: expected a number, got half'],
  [['search', 'good.csv', '--hub', 'hub', '--t1', '1.5'], 'OUT_OF_RANGE', 't1: expected a number from 0 to 1'],
  [['search', 'good.csv', '--hub', 'hub', '--max-js', 'Infinity'], 'USAGE', '--max-js: expected a number'],
  [['search', 'good.csv', '--hub', 'hub', '--threshold', 'low'], 'USAGE', '--threshold: expected auto or a number'],
  [['search', 'good.csv', '--hub', 'hub', '--top', '0'], 'OUT_OF_RANGE', 'top: expected a whole number from 1'],
  [['explain', 'good.csv', 'dsads/none', '--hub', 'hub'], 'MODEL_NOT_FOUND', 'dsads/none'],
  [['explain', 'good.csv', 'dsads/torso_s1', '--hub', 'hub', '--features', '-1'], 'OUT_OF_RANGE', '--features'],
  [['show', 'dsads/torso_s1@2', '--hub', 'hub'], 'MODEL_NOT_FOUND', 'dsads/torso_s1@2'],
  [['show', 'torso', '--hub', 'hub'], 'USAGE', 'torso'],
  [['yank', 'dsads/none', '--hub', 'hub'], 'MODEL_NOT_FOUND', 'dsads/none'],
  [['rm', 'dsads/none', '--hub', 'hub'], 'MODEL_NOT_FOUND', 'dsads/none'],
  [['ls', '--hub', 'nowhere'], 'HUB_NOT_FOUND', 'nowhere'],
  [['publish', '--hub', 'hub'], 'USAGE', 'expected folders or --manifest, got neither'],
  [['publish', 'none', '--hub', 'hub'], 'FILE_NOT_FOUND', 'none'],
  [['publish', '--manifest', 'zoo.yaml', '--hub', 'hub'], 'USAGE', 'zoo.yaml: models: '],
  [
    ['publish', '--manifest', 'zoo.yaml', '--name', 'a/b', '--hub', 'hub'],
    'USAGE',
    '--name does not go with --manifest',
  ],
  [['publish', 'a', 'b', '--name', 'a/b', '--hub', 'hub'], 'USAGE', 'go with one folder, got 2'],
]

describe('a fault is one line on standard error with its code, and nothing on standard output', () => {
  it.each(FAULTS.map(([args, code, named]) => [args.join(' '), code, named] as const))(
    '%s: %s',
    async (command, expected, named) => {
      const { code, stdout, stderr } = await runCli(command.split(' '), folder)
      expect(stdout).toBe('')
      expect(stderr).toMatch(new RegExp(`^modelhub: ${expected}: .*\n$`))
      expect(stderr).toContain(named)
      expect(code).toBe(ERROR_CODES[expected].exitCode)
      expect(readdirSync(folder).sort()).toEqual([...Object.keys(FILES), 'hub'].sort())
    },
  )
})

describe('what the command line itself refuses', () => {
  it.each([
    [['search', 'good.csv', '--metric', 'best'], "'best' is invalid. Allowed choices are fit, "],
    [['search', 'good.csv', '--space', 'flat'], "'flat' is invalid"],
    [['search'], "missing required argument 'target'"],
    [['search', 'good.csv', '--colour'], "unknown option '--colour'"],
    [['explain', 'good.csv'], "missing required argument 'model'"],
    [['find', 'good.csv'], "unknown command 'find'"],
  ])('%j is a fault of usage', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args, folder)
    expect([code, stdout]).toEqual([ERROR_CODES.USAGE.exitCode, ''])
    expect(stderr).toContain(message)
  })

  it('no command at all shows the help as a fault of usage', async () => {
    const { code, stdout, stderr } = await runCli([], folder)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage: modelhub')
  })
})
