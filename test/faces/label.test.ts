import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labelResultSchema, type LabelResult } from '../../src/hub/index.ts'
import { csvOf, makeModelFolder, sketchColumns, uniformColumns } from '../hub/made-models.ts'
import { bySign, tableInput } from '../hub/run-zoo.ts'
import { modelBytes } from '../onnx-models.ts'
import { CLI, runCli } from './run-cli.ts'

/** util-linux's `script` makes a real pseudo-terminal. */
const hasScript = String(spawnSync('script', ['--version']).stdout ?? '').includes('util-linux')
const onTerminal = it.skipIf(!hasScript)

const folder = mkdtempSync(join(tmpdir(), 'modelhub-label-'))
const path = (name: string) => join(folder, name)
const columns = uniformColumns({ a: -0.5, b: -0.5 }, { rows: 60, seed: 4 })
const truth = Array.from(columns.a, a => (a > 0 ? 'high' : 'low'))
const label = (...args: readonly string[]) => runCli(['label', path('t.csv'), '--hub', path('hub'), ...args], folder)

/** Three models of the sign of a: two are always wrong, and outvote the third. */
beforeAll(async () => {
  process.env.XDG_CACHE_HOME = path('cache')
  const sketch = await sketchColumns(uniformColumns({ a: -0.5, b: -0.5 }, { seed: 3 }))
  for (const [name, slope] of Object.entries({ 'x/right': 5, 'x/turned': -5, 'x/turned-too': -1 })) {
    const modelhub = { input: tableInput(['a', 'b']), labels: ['low', 'high'], calibration: undefined }
    const made = makeModelFolder(folder, { name, onnx: modelBytes(bySign(slope)), sketch, modelhub })
    await runCli(['publish', made, '--hub', path('hub')])
  }
  writeFileSync(path('t.csv'), csvOf(columns))
  writeFileSync(path('taken.csv'), csvOf({ ...columns, label: truth, row: truth }))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Fills in a table of rows: `label` is the second column. */
function fill(file: string, labels: (row: number) => string): void {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\r\n')
  expect(head).toMatch(/^row,label,/)
  const filled = lines.map(line => line.replace(/^(\d+),,/, (_, row: string) => `${row},${labels(Number(row))},`))
  writeFileSync(file, [head, ...filled, ''].join('\r\n'))
}

const rowsOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\r\n')
    .slice(1)
    .map(line => Number(line.split(',')[0]))

describe('modelhub label, by tables', () => {
  it('writes rows, reads labels back, some or all, and finds the model that the vote hides', async () => {
    const rows = path('rows.csv')
    const first = await label('--out', rows, '--budget', '6', '--json')
    expect(first.code).toBe(0)
    const before = labelResultSchema.parse(JSON.parse(first.stdout))
    expect(before.results[0].model).not.toBe('x/right')
    expect(before.next.map(({ row }) => row)).toEqual(rowsOf(rows))
    expect(before.next[0].predictions['x/right']).not.toBe(before.next[0].predictions['x/turned'])
    expect(readFileSync(rows, 'utf8')).toMatch(/^row,label,a,b\r\n\d+,,-?0\.\d+,-?0\.\d+\r\n/)

    const labelled = rowsOf(rows).slice(0, 4)
    fill(rows, row => (labelled.includes(row) ? truth[row] : ''))
    const more = path('more.csv')
    const second = await label('--labels', rows, '--out', more, '--budget', '6', '--json')
    const after = JSON.parse(second.stdout) as LabelResult
    expect(after.query.labelledRows).toBe(4)
    expect(after.results[0]).toMatchObject({ model: 'x/right', right: 4 })
    expect(after.expectedRegret).toBeLessThan(before.expectedRegret)
    expect(rowsOf(more)).toHaveLength(2)
    expect(rowsOf(more).filter(row => labelled.includes(row))).toEqual([])

    fill(more, row => truth[row])
    const third = await label('--labels', more)
    expect(third.stdout).toMatch(/^6 of 60 rows labelled\n/)
    expect(third.stdout).toMatch(/\n1 +x\/right@1 /)
  })

  it('names row and label where a label is none, and keeps what was there', async () => {
    const session = path('t.csv.session.json')
    const rows = path('bad.csv')
    await label('--out', rows, '--budget', '20')
    fill(rows, () => 'middling')
    const kept = readFileSync(session, 'utf8')
    const refused = await label('--labels', rows)
    expect(refused.code).toBe(2)
    expect(refused.stderr).toMatch(/bad\.csv: row \d+: label: expected one of low, high, got middling/)
    expect(readFileSync(session, 'utf8')).toBe(kept)
    const known = await label('--labels', rows, '--classes', 'middling', '--session', path('other.json'))
    expect(known).toMatchObject({ code: 0 })
  })

  it('does not write over labels that it has not read, and takes no table without its columns', async () => {
    const rows = path('kept.csv')
    await label('--out', rows, '--session', path('kept.json'), '--budget', '2')
    fill(rows, row => truth[row])
    expect(await label('--out', rows)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds labels') as string,
    })
    expect(readFileSync(rows, 'utf8')).toMatch(/\r\n\d+,(low|high),/)
    expect(await label('--labels', path('t.csv'))).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('COLUMN_MISSING') as string,
    })
  })

  it('keeps the columns of data that are called as its own', async () => {
    const rows = path('taken-rows.csv')
    const args = ['label', path('taken.csv'), '--hub', path('hub'), '--out', rows, '--budget', '1', '--all']
    expect(await runCli(args, folder)).toMatchObject({ code: 0 })
    expect(readFileSync(rows, 'utf8')).toMatch(/^row,label,a,b,label \(data\),row \(data\)\r\n/)
  })

  it('asks for no row that has a label already', async () => {
    const args = ['--hub', path('hub'), '--label', 'label', '--exclude', 'row', '--out', path('none.csv'), '--json']
    const { stdout } = await runCli(['label', path('taken.csv'), ...args], folder)
    const result = JSON.parse(stdout) as LabelResult
    expect(result.next).toEqual([])
    expect(result.query.labelledRows).toBe(60)
    expect(result.results[0]).toMatchObject({ model: 'x/right', right: 60, accuracy: 1, best: 1 })
    expect(result.expectedRegret).toBe(0)
  })

  it('refuses a session of other data, and to ask where nobody sits', async () => {
    writeFileSync(path('short.session.json'), JSON.stringify({ version: 1, datasetRows: 3, answers: [] }))
    const refused = await label('--out', path('o.csv'), '--session', path('short.session.json'))
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('3 rows, the target has 60') as string })
    writeFileSync(path('broken.session.json'), '{"version": 1')
    expect((await label('--out', path('o.csv'), '--session', path('broken.session.json'))).code).toBe(3)
    const alone = await label()
    expect(alone).toMatchObject({ code: 2, stdout: '' })
    expect(alone.stderr).toContain('without a terminal: expected --out rows.csv or --labels rows.csv')
  })

  it('needs two models', async () => {
    const refused = await label('--models', 'x/right', '--out', path('o.csv'))
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('at least 2 models') as string })
  })
})

/** Runs `modelhub label` on a pseudo-terminal; `keys` says what is typed once a question is shown, null kills it. */
function typed(args: readonly string[], keys: (question: number, text: string) => string | null) {
  const command = [process.execPath, CLI, 'label', path('t.csv'), '--hub', path('hub'), ...args].join(' ')
  const child = spawn('script', ['-qec', `stty cols 100; exec ${command}`, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '1', CI: undefined, SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let [text, asked] = ['', 0]
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
    const questions = [...text.matchAll(/◆ +Label of row (\d+)|No label: /g)]
    if (questions.length === asked) return
    const reply = keys(asked++, text)
    if (reply === null) child.kill('SIGKILL')
    else child.stdin.write(reply)
  })
  return new Promise<{ text: string; code: number | null }>((resolve, reject) => {
    child.on('error', reject).on('close', code => resolve({ text, code }))
  })
}

const answersIn = (session: string) =>
  (JSON.parse(readFileSync(session, 'utf8')) as { answers: { row: number; label: string | null }[] }).answers

const askedRow = (text: string) => Number([...text.matchAll(/Label of row (\d+)/g)].at(-1)![1])

describe('modelhub label, on a terminal (needs script of util-linux)', () => {
  onTerminal('asks row by row, skips, takes back and leaves; every answer is kept', async () => {
    const session = path('typed.json')
    const rows: number[] = []
    const { text, code } = await typed(['--session', session, '--budget', '5'], (question, shown) => {
      const row = askedRow(shown)
      rows.push(row)
      return [`${truth[row]}\r`, '\r', 'u\r', truth[row] === 'low' ? '1\r' : '2\r', 'q\r'][question]
    })
    expect(code).toBe(0)
    expect(text).toMatch(/Row \d+[\s\S]*a {2}-?0\.\d+[\s\S]*the models say[\s\S]*low {2}x\//)
    // The skipped row is asked for again once that was taken back.
    expect(rows[3]).toBe(rows[1])
    expect(answersIn(session)).toEqual([
      { row: rows[0], label: truth[rows[0]] },
      { row: rows[3], label: truth[rows[3]] },
    ])
    expect(text).toMatch(/2 of 60 rows labelled/)
    expect(text).toMatch(/is expected to lose \d+\.\d % of accuracy/)
  })

  onTerminal('refuses a word that is no label', async () => {
    const session = path('again.json')
    const { text } = await typed(['--session', session], question => (question === 0 ? 'nonsense\r' : '\u0003'))
    expect(text).toContain('No label: nonsense')
    expect(answersIn(session)).toEqual([])
  })

  onTerminal('loses nothing on Ctrl-C', async () => {
    const session = path('interrupted.json')
    const { text, code } = await typed(['--session', session], (question, shown) =>
      question < 2 ? `${truth[askedRow(shown)]}\r` : '\u0003',
    )
    expect(code).toBe(130)
    expect(text).toContain(`the answers are kept in ${session}`)
    expect(answersIn(session)).toHaveLength(2)
    const goesOn = await label('--out', path('after.csv'), '--session', session, '--json')
    expect((JSON.parse(goesOn.stdout) as LabelResult).query.labelledRows).toBe(2)
  })

  onTerminal('loses nothing when it is killed', async () => {
    const session = path('killed.json')
    const known: number[] = []
    await typed(['--session', session], (question, shown) => {
      if (question === 3) return null
      known.push(askedRow(shown))
      return `${truth[known[question]]}\r`
    })
    expect(existsSync(session)).toBe(true)
    expect(answersIn(session).map(({ row }) => row)).toEqual(known)
  })
})
