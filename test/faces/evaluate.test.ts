import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluationResultSchema, Hub } from '../../src/hub/index.ts'
import { parseModelCard } from '../../src/model/index.ts'
import { copySensor, csvOf, uniformColumns } from '../hub/made-models.ts'
import { ended, runCli, runLimited, startCli } from './run-cli.ts'

const MODELS = ['dsads_torso_s1', 'dsads_torso_s2', 'dsads_left_leg_s1']
const LABELS = ['lying', 'sitting', 'walking']
const folder = mkdtempSync(join(tmpdir(), 'modelhub-evaluate-'))
const place = (name: string) => join(folder, name)

/** A made-up table with the columns of the sensor models. */
function table(name: string, seed: number, { rows = 60, labels = LABELS } = {}): string {
  const card = parseModelCard(readFileSync(join(place('dsads_torso_s1'), 'README.md'), 'utf8'))
  const { columns = [] } = card.frontMatter.modelhub.input
  const values = uniformColumns(Object.fromEntries(columns.map((column, i) => [column, i])), { rows, seed })
  writeFileSync(place(name), csvOf({ ...values, activity: Array.from({ length: rows }, (_, i) => labels[i % 3]) }))
  return place(name)
}

let tables: string[] = []
beforeAll(async () => {
  process.env.XDG_CACHE_HOME = place('cache')
  const folders = MODELS.map(id => copySensor(folder, id))
  tables = [1, 2, 3, 4].map(seed => table(`day-${seed}.csv`, seed))
  // Of the tables' own kind, so that they fit.
  for (const hub of ['hub', 'killed', 'shared', 'full']) {
    for (const model of folders) {
      const args = ['publish', model, '--data', tables[0], '--label', 'activity', '--hub', place(hub)]
      expect((await runCli(args)).code).toBe(0)
    }
  }
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

const evaluate = (hub: string, ...args: string[]) =>
  runCli(['evaluate', ...args, '--label', 'activity', '--hub', place(hub)])

async function historyOf(hub: string) {
  const opened = await Hub.open(place(hub))
  const history = await opened.history()
  await opened.close()
  return history
}

describe('modelhub evaluate', () => {
  it('prints models × datasets, as JSON and as CSV the same', async () => {
    const csv = place('matrix.csv')
    const own = ['--own', 'leg=dsads/left_leg_s1']
    const printed = await evaluate('hub', tables[0], `leg=${tables[1]}`, ...own, '--csv', csv)
    expect([printed.code, printed.stderr]).toEqual([0, ''])
    expect(printed.stdout).toMatch(/^model +mean elsewhere +datasets +day-1 +leg *\n/)
    expect(printed.stdout).toMatch(/\n {2}own of dsads\/left_leg_s1@1: told\n/)
    // It is what they were trained on, by their sketches.
    expect(printed.stdout.match(/: training data/g)).toHaveLength(3)
    const { stdout } = await evaluate('hub', tables[0], `leg=${tables[1]}`, '--json')
    const result = evaluationResultSchema.parse(JSON.parse(stdout))
    expect(result.datasets.map(({ name, stored }) => [name, stored])).toEqual([
      ['day-1', 3],
      ['leg', 3],
    ])
    for (const { value, own: isOwn } of result.evaluations) {
      expect(printed.stdout).toContain(`${value.toFixed(3)}${isOwn ? '*' : ''}`)
    }
    const [head, ...lines] = readFileSync(csv, 'utf8').trim().split('\r\n')
    expect(head).toMatch(/^model,version,dataset,metric,value,rows,own,overlap,fit,/)
    expect(lines.map(line => line.split(',').slice(0, 5).join())).toEqual(
      result.evaluations.map(({ model, version, dataset, metric, value }) =>
        [model, version, dataset, metric, value].join(),
      ),
    )
    expect(result.evaluations.filter(one => one.own).map(one => `${one.dataset} ${one.model}`)).toContain(
      'leg dsads/left_leg_s1',
    )
  })

  it('shows the history, and removes a dataset from it', async () => {
    await evaluate('hub', tables[2], `old=${tables[3]}`)
    const list = async (...args: string[]) => {
      const { stdout } = await runCli(['evaluate', '--list', '--json', '--hub', place('hub'), ...args])
      return (JSON.parse(stdout) as { dataset: string; model: string }[]).map(one => `${one.dataset} ${one.model}`)
    }
    expect(await list('old')).toEqual(['left_leg_s1', 'torso_s1', 'torso_s2'].map(model => `old dsads/${model}`))
    expect(await list('old', '--models', 'dsads/torso_s1')).toEqual(['old dsads/torso_s1'])
    const shown = await runCli(['evaluate', '--list', '--hub', place('hub')])
    expect(shown.stdout).toMatch(/^model +mean elsewhere +datasets .*\bold *\n/)
    const removed = await runCli(['evaluate', '--remove', 'old', '--hub', place('hub')])
    expect(removed).toMatchObject({ code: 0, stdout: 'old: 3 evaluations removed\n' })
    expect(await list('old')).toEqual([])
    const again = await runCli(['evaluate', '--remove', 'old', '--hub', place('hub')])
    expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/expected one of .*, got old/) as string })
  })

  it('serves rankings as what is known without a look at the target', async () => {
    await evaluate('hub', tables[2])
    const ranked = await runCli(['rank', tables[3], '--label', 'activity', '--hub', place('hub')])
    expect(ranked.stdout).toMatch(/; by accuracy elsewhere: dsads\//)
    expect(ranked.stdout).toMatch(/\nelsewhere +0\.\d{4}/)
    const searched = await runCli(['search', tables[3], '--label', 'activity', '--hub', place('hub')])
    expect(searched.stdout).toMatch(/data-blind order \(accuracy elsewhere\): dsads\//)
  })

  it('says what it cannot use', async () => {
    const faults = await evaluate('hub', tables[2], 'gone=nowhere.csv')
    expect([faults.code, faults.stdout]).toEqual([0, expect.stringContaining('gone could not be used: nowhere.csv')])
    const others = table('others.csv', 6, { labels: ['a', 'b', 'c'] })
    const nothing = await evaluate('hub', others)
    expect([nothing.code, nothing.stdout.match(/failed on others: it knows none of the labels/g)]).toEqual([
      3,
      Array(3).fill(expect.any(String)),
    ])
    const fault = async (...args: string[]) => (await runCli(['evaluate', ...args, '--hub', place('hub')])).stderr
    expect(await fault('nowhere.csv')).toMatch(/^modelhub: FILE_NOT_FOUND: nowhere\.csv/)
    expect(await fault()).toContain('datasets: expected at least one')
    expect(await fault(tables[0], '--own', 'dsads/torso_s1')).toContain('--own: expected NAME=owner/model')
    expect(await fault(tables[0], tables[1], '--labels', 'y.npy')).toContain('--labels: expected one dataset beside it')
    expect(await fault('--remove', 'leg', tables[0])).toContain('--remove leg: expected nothing else')
  })
})

describe.skipIf(process.platform === 'win32')('modelhub evaluate on a disk that is full', () => {
  it('ends at the first dataset that cannot be recorded, and the next goes on', async () => {
    const args = ['evaluate', ...tables, '--label', 'activity', '--hub', place('full')]
    const { code, stdout, stderr } = await runLimited(args, 36)
    expect([code, stdout]).toEqual([74, ''])
    const fault = /^modelhub: WRITE_FAILED: hub: cannot be written: .*; (\d) of 4 datasets are recorded; the same again/
    expect(stderr).toMatch(fault)
    const recorded = Number(fault.exec(stderr)![1])
    expect(recorded).toBeLessThan(4)
    const kept = await historyOf('full')
    expect(kept).toHaveLength(3 * recorded)
    expect((await runCli(args)).code).toBe(0)
    const whole = await historyOf('full')
    expect(whole).toHaveLength(12)
    expect(whole).toEqual(expect.arrayContaining([...kept]))
  })

  it('blames no model where what it gives cannot be written', async () => {
    const kib = Math.ceil(statSync(join(place('full'), 'catalog.sqlite')).size / 1024) + 64
    // Smaller than that as the models take it, 81 numbers a row, and larger as their last layers give it, 128.
    const long = table('long.csv', 5, { rows: Math.floor((kib * 1024) / (100 * 4)) })
    const args = ['evaluate', long, '--label', 'activity', '--hub', place('full')]
    const { code, stdout, stderr } = await runLimited(args, kib)
    expect([code, stdout]).toEqual([74, ''])
    expect(stderr).toContain(`modelhub: WRITE_FAILED: long: ${place('cache')}`)
    expect(stderr).toMatch(/\.npy: cannot be written: EFBIG/)
    expect((await runCli(args)).code).toBe(0)
  })
})

describe('processes that evaluate', () => {
  it('one that is ended in the middle keeps whole datasets, and the next goes on', async () => {
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const before = (await historyOf('killed')).length
      const child = startCli(['evaluate', ...tables, '--label', 'activity', '--hub', place('killed')])
      const run = ended(child)
      while ((await historyOf('killed')).length === before && child.exitCode === null) await pause(20)
      child.kill(signal)
      const { code, stderr } = await run
      if (signal === 'SIGINT') {
        expect(code).toBe(130)
        expect(stderr).toMatch(/datasets are recorded; the same again goes on from there\n$/)
      }
      const there = await historyOf('killed')
      expect(there.length).toBeGreaterThan(before)
      expect(there.length % 3).toBe(0)
    }
    const kept = await historyOf('killed')
    expect((await evaluate('killed', ...tables)).code).toBe(0)
    const whole = await historyOf('killed')
    expect(whole).toHaveLength(12)
    expect(whole).toEqual(expect.arrayContaining([...kept]))
  })

  it('several at once on one hub come to the same as one', async () => {
    const runs = await Promise.all([
      evaluate('shared', tables[0], tables[1]),
      evaluate('shared', tables[1], tables[2]),
      evaluate('shared', tables[3]),
    ])
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([0, 0, 0].map(code => [code, '']))
    const measured = async (hub: string) =>
      (await historyOf(hub)).map(({ dataset, model, value, own, scores }) => ({ dataset, model, value, own, scores }))
    expect(await measured('shared')).toEqual(await measured('killed'))
  })
})

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
