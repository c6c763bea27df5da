import { parquetReadObjects } from 'hyparquet'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rankResultSchema, searchResultSchema } from '../../src/hub/index.ts'
import { parseModelCard } from '../../src/model/index.ts'
import { copySensor, csvOf, uniformColumns } from '../hub/made-models.ts'
import { runCli } from './run-cli.ts'

const LABELS = ['lying', 'sitting', 'walking']
const folder = mkdtempSync(join(tmpdir(), 'modelhub-run-'))
const table = join(folder, 'sensors.csv')
const hub = join(folder, 'hub')
let model = ''

/** A made-up table with the columns of the sensor models: what they say of it does not matter here. */
beforeAll(async () => {
  process.env.XDG_CACHE_HOME = join(folder, 'cache')
  model = copySensor(folder, 'dsads_torso_s1')
  const { columns = [] } = parseModelCard(readFileSync(join(model, 'README.md'), 'utf8')).frontMatter.modelhub.input
  const values = uniformColumns(Object.fromEntries(columns.map((name, i) => [name, i])), { rows: 120 })
  const activity = Array.from({ length: 120 }, (_, i) => LABELS[i % 3])
  writeFileSync(table, csvOf({ ...values, activity }))
  for (const id of ['dsads_torso_s1', 'dsads_torso_s2']) {
    await runCli(['publish', copySensor(folder, id), '--data', table, '--label', 'activity', '--hub', hub])
  }
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('modelhub rank', () => {
  it('prints the ranking, then every score; as JSON the same', async () => {
    const args = ['rank', table, '--label', 'activity', '--hub', hub]
    const printed = await runCli(args)
    expect(printed).toMatchObject({ code: 0, stderr: '' })
    expect(printed.stdout).toMatch(/run on 120 of 120 rows, 120 of them labelled\nranked by accuracy: /)
    expect(printed.stdout).toMatch(/\nscore +dsads\/torso_s\d +dsads\/torso_s\d\n/)
    const { stdout } = await runCli([...args, '--json'])
    const { results } = JSON.parse(stdout) as { results: { model: string; scores: Record<string, number> }[] }
    expect(printed.stdout).toContain(` 1  ${results[0].model}@1`.trim())
    expect(printed.stdout).toContain(results[0].scores.neuralrank.toFixed(4))
  })

  it('keeps what models gave, unless told not to; the cache command shows it and clears it', async () => {
    const cache = join(folder, 'own-cache')
    const fromCache = async (...args: string[]) => {
      const { stdout } = await runCli(['rank', table, '--hub', hub, '--sample', '50', '--json', ...args])
      return (JSON.parse(stdout) as { results: { fromCache: boolean }[] }).results.map(result => result.fromCache)
    }
    expect(await fromCache('--no-cache')).toEqual([false, false])
    expect(await fromCache('--cache', cache)).toEqual([false, false])
    expect(await fromCache('--cache', cache, '--by', 'entropy')).toEqual([true, true])
    const { stdout } = await runCli(['cache', 'status', '--cache', cache, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ folder: cache, tensors: 4 })
    expect((await runCli(['cache', 'clear', '--cache', cache])).stdout).toContain('4 tensors removed')
    expect(await fromCache('--cache', cache)).toEqual([false, false])
    const refused = await runCli(['rank', table, '--hub', hub, '--cache', table])
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('cannot serve as the cache') as string })
  })

  it('writes a report that says the same', async () => {
    const html = join(folder, 'rank.html')
    const args = ['rank', table, '--label', 'activity', '--hub', hub, '--html', html, '--json']
    const { stdout, stderr, code } = await runCli(args)
    expect([code, stderr]).toEqual([0, `report written to ${html}\n`])
    const { results } = JSON.parse(stdout) as { results: { scores: Record<string, number> }[] }
    const page = readFileSync(html, 'utf8')
    for (const { scores } of results) expect(page).toContain(`<td>${scores.neuralrank.toFixed(4)}</td>`)
    expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(4)
  })

  it('explains every score in its help', async () => {
    const { stdout } = await runCli(['rank', '--help'])
    expect(stdout).toMatch(/\n {2}neuralrank +silhouette of .* \[labels\]\n/)
  })

  it('in which no model can be run prints the reasons, and ends with the exit code of the first', async () => {
    const run = await runCli([
      'rank',
      table,
      '--exclude',
      'activity',
      '--hub',
      hub,
      '--json',
      '--no-cache',
      '--time-limit',
      '0.01s',
    ])
    const { results, failures } = JSON.parse(run.stdout) as { results: unknown[]; failures: { code: string }[] }
    expect(results).toEqual([])
    expect(failures.map(({ code }) => code)).toEqual(['MODEL_LIMIT', 'MODEL_LIMIT'])
    expect(run.code).toBe(3)
  })

  it('takes each model that is named once, and one way of choosing them', async () => {
    const run = (...args: string[]) => runCli(['rank', table, '--hub', hub, '--sample', '50', '--json', ...args])
    const { stdout } = await run('--models', 'dsads/torso_s1, dsads/torso_s1@1')
    const { results } = JSON.parse(stdout) as { results: { model: string }[] }
    expect(results.map(({ model }) => model)).toEqual(['dsads/torso_s1'])
    for (const args of [
      ['--all', '--models', 'dsads/torso_s1'],
      ['--all', '--shortlist', '2'],
    ]) {
      const refused = await run(...args)
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`'--all' cannot be used with`) as string,
      })
    }
    expect((await run('--models', 'dsads/torso_s1,')).stderr).toContain('--models: expected names with commas between')
  })

  it('refuses times, sizes and samples that are none', async () => {
    const fault = async (...args: string[]) => (await runCli(['rank', table, '--hub', hub, ...args])).stderr
    expect(await fault('--budget', 'soon')).toContain('--budget: expected a time above 0 as 90s, 10m or 1h, got soon')
    expect(await fault('--sample', 'half')).toContain('--sample: expected a number, got half')
    expect(await fault('--memory-limit', '0.1')).toContain('--memory-limit: expected at least 0.5 GiB, got 0.1')
    expect(await fault('--cache-limit=-1')).toContain('--cache-limit: expected at least 0 GiB, got -1')
  })
})

describe('modelhub search --run', () => {
  const args = ['search', table, '--label', 'activity', '--hub', hub]

  it('gives the search, and the ranking that modelhub rank gives of the same shortlist', async () => {
    const { stdout, stderr, code } = await runCli([...args, '--run', '--json', '--by', 'accuracy'])
    expect([code, stderr]).toEqual([0, ''])
    const { run, ...found } = searchResultSchema.parse(JSON.parse(stdout))
    const timeless = (result: object) => ({ ...result, elapsedMs: 0, receipt: '' })
    const plain = JSON.parse((await runCli([...args, '--json'])).stdout) as object
    expect(timeless(found)).toEqual(timeless(plain))
    const rank = await runCli(['rank', table, '--label', 'activity', '--hub', hub, '--json', '--by', 'accuracy'])
    const ranked = rankResultSchema.parse(JSON.parse(rank.stdout))
    const untimed = ({ results }: typeof ranked) =>
      results.map(result => ({ ...result, millisecondsPerRow: null, fromCache: true }))
    expect(untimed(run!)).toEqual(untimed(ranked))
    expect({ ...run!.query, ...run!.parameters }).toEqual({ ...ranked.query, ...ranked.parameters })
  })

  it('prints both tables and writes both in one report', async () => {
    const html = join(folder, 'search.html')
    const { stdout, stderr } = await runCli([...args, '--run', '--shortlist', '1', '--top', '2', '--html', html])
    expect(stderr).toBe(`report written to ${html}\n`)
    expect(stdout).toMatch(
      /ranked by fit[\s\S]*\n2 +dsads[\s\S]*run on 120 of 120 rows[\s\S]*\nscore +dsads\/torso_s\d *\n/,
    )
    expect(readFileSync(html, 'utf8')).toMatch(/id="ranking"[\s\S]*id="run-ranking"/)
  })

  it('is what the options of a run need; a sketch cannot be run on', async () => {
    const idle = await runCli([...args, '--shortlist', '2'])
    expect(idle).toMatchObject({ code: 2, stderr: 'modelhub: USAGE: --shortlist: has an effect only with --run\n' })
    const sketch = join(folder, 'target.sketch.parquet')
    await runCli(['sketch', table, '--label', 'activity', '-o', sketch])
    const refused = await runCli(['search', sketch, '--hub', hub, '--run'])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('it is a sketch already') as string })
  })

  it('runs nothing where nothing is found', async () => {
    const other = join(folder, 'other.csv')
    writeFileSync(other, csvOf(uniformColumns({ nothing: 900, alike: 1e6 }, { rows: 50 })))
    const { stdout, code } = await runCli(['search', other, '--hub', hub, '--run'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/Nothing fits[\s\S]*Nothing was found that could be run\.\n$/)
    const printed = await runCli(['search', other, '--hub', hub, '--run', '--json'])
    expect(searchResultSchema.parse(JSON.parse(printed.stdout)).run).toBeNull()
  })
})

describe('modelhub rank --layer', () => {
  it('prints a score by layer, marking the layer of the ranking', async () => {
    const args = ['rank', table, '--label', 'activity', '--hub', hub, '--layer', 'all', '--distance', 'euclidean']
    const { stdout } = await runCli([...args, '--b', 'centroid'])
    expect(stdout).toMatch(/neuralRank by layer, 10 components; \* is the layer of the ranking\nmodel +\S+\n/)
    const { parameters, results } = rankResultSchema.parse(JSON.parse((await runCli([...args, '--json'])).stdout))
    expect(parameters).toMatchObject({ layer: 'last', layers: ['all'], distance: 'euclidean', b: 'mean' })
    expect(stdout).not.toContain(results[0].scores.neuralrank.toFixed(4))
    const refused = await runCli([...args, '--b', 'median'])
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Allowed choices are mean, centroid') as string,
    })
  })
})

describe('modelhub predict', () => {
  it.each([
    ['a model of the hub', 'dsads/torso_s1'],
    ['a folder', 'folder'],
    ['a file', 'file'],
  ])('runs %s', async (_, name) => {
    const out = join(folder, `${name.replace('/', '-')}.parquet`)
    const given = { folder: model, file: join(model, 'model.onnx') }[name] ?? name
    const run = await runCli(['predict', given, table, '--label', 'activity', '--hub', hub, '-o', out, '--json'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const summary = JSON.parse(run.stdout) as {
      rows: number
      accuracy: number
      labels: { label: string; rows: number }[]
    }
    const { buffer, byteOffset, byteLength } = readFileSync(out)
    const rows = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) })
    expect(rows).toHaveLength(120)
    expect(rows.map(({ row }) => row as number)).toEqual(rows.map((_, i) => i))
    for (const { label, rows: count } of summary.labels) {
      expect(rows.filter(({ prediction }) => prediction === label)).toHaveLength(count)
    }
    const right = rows.filter(({ prediction }, i) => prediction === LABELS[i % 3]).length
    expect(summary.accuracy).toBeCloseTo(right / 120, 12)
    const [first] = rows
    const shares = summary.labels.map(({ label }) => first[`p:${label}`] as number)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
  })

  it('takes the card that is called as the file, and needs one', async () => {
    const place = join(folder, 'bare')
    mkdirSync(place)
    cpSync(join(model, 'model.onnx'), join(place, 'moves.onnx'))
    const args = ['predict', join(place, 'moves.onnx'), table, '--label', 'activity', '--json']
    const without = await runCli(args)
    expect(without).toMatchObject({ code: 4, stderr: expect.stringContaining('as moves.md or README.md') as string })
    cpSync(join(model, 'README.md'), join(place, 'moves.md'))
    expect(JSON.parse((await runCli(args)).stdout)).toMatchObject({ model: 'dsads/torso_s1', rows: 120 })
  })

  it('writes CSV too, and nothing else', async () => {
    const out = join(folder, 'out.csv')
    await runCli(['predict', model, table, '--exclude', 'activity', '-o', out])
    expect(readFileSync(out, 'utf8').split('\r\n')[0]).toMatch(/^row,prediction,p:lying,/)
    const refused = await runCli(['predict', model, table, '-o', join(folder, 'out.txt')])
    expect(refused.stderr).toMatch(/--output: expected a name that ends in \.parquet or \.csv/)
  })
})

describe('modelhub calibrate', () => {
  it('writes the calibration into the card, which then predicts accuracies', async () => {
    const run = await runCli(['calibrate', model, '--data', table, '--label', 'activity', '--json'])
    expect(run).toMatchObject({ code: 0, stderr: '' })
    const printed = JSON.parse(run.stdout) as { rows: number; accuracy: number; confusion: number[][] }
    const { calibration } = parseModelCard(readFileSync(join(model, 'README.md'), 'utf8')).frontMatter.modelhub
    expect(calibration?.accuracy).toBeCloseTo(printed.accuracy, 5)
    expect(calibration?.confusion).toEqual(printed.confusion)
    expect(printed.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(120)
    await runCli(['publish', model, '--data', table, '--label', 'activity', '--hub', hub])
    const ranked = await runCli(['rank', table, '--exclude', 'activity', '--hub', hub, '--by', 'doc', '--json'])
    const { results } = JSON.parse(ranked.stdout) as { results: { model: string; scores: Record<string, number> }[] }
    const own = results.find(({ model: name }) => name === 'dsads/torso_s1')!
    // On the very rows of the calibration nothing has dropped.
    expect(own.scores.doc).toBeCloseTo(printed.accuracy, 4)
    expect(own.scores.atc).toBeCloseTo(printed.accuracy, 1)
    expect(results.find(({ model: name }) => name === 'dsads/torso_s2')!.scores).not.toHaveProperty('doc')
  })

  it('takes an .onnx file, and writes into the card beside it', async () => {
    const place = join(folder, 'bare-calibrated')
    mkdirSync(place)
    cpSync(join(copySensor(folder, 'dsads_left_arm_s1'), 'model.onnx'), join(place, 'visits.onnx'))
    const args = ['calibrate', join(place, 'visits.onnx'), '--data', table, '--label', 'activity']
    const without = await runCli(args)
    expect(without).toMatchObject({ code: 4, stdout: '' })
    expect(without.stderr).toContain('visits.onnx: expected its card beside it, as visits.md or README.md')
    const card = join(place, 'visits.md')
    cpSync(join(folder, 'dsads_left_arm_s1', 'README.md'), card)
    const run = await runCli(args)
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toContain(`${card}: `)
    const { calibration, labels } = parseModelCard(readFileSync(card, 'utf8')).frontMatter.modelhub
    expect(calibration?.confusion).toHaveLength(labels.length)
    const predicted = await runCli(['predict', join(place, 'visits.onnx'), table, '-o', join(place, 'visits.parquet')])
    expect(predicted).toMatchObject({ code: 0 })
  })

  it("needs a model of one's own, and labels that the model knows", async () => {
    const none = await runCli(['calibrate', 'acme/visits', '--data', table, '--label', 'activity'])
    expect(none.stderr).toContain('acme/visits: expected a folder with README.md and model.onnx, or an .onnx file')
    const unknown = join(folder, 'unknown.csv')
    writeFileSync(unknown, readFileSync(table, 'utf8').replace(/(lying|sitting|walking)\n/g, 'flying\n'))
    const run = await runCli(['calibrate', model, '--data', unknown, '--label', 'activity'])
    expect(run.stderr).toContain('expected rows with a label that the model knows, got 0')
  })
})
