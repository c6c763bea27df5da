import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../src/common/index.ts'
import type { Command } from 'commander'
import packageFile from '../../package.json' with { type: 'json' }
import { makeProgram } from '../../src/cli/program.ts'
import { Hub, loadTarget } from '../../src/hub/index.ts'
import { searchResultSchema } from '../../src/hub/search-result-schema.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { copySensor, csvOf, makeModelFolder, SENSORS, sketchColumns, uniformColumns } from '../hub/made-models.ts'
import { runCli } from './run-cli.ts'

const MODELS = ['torso_s1', 'torso_s2', 'left_arm_s1', 'right_leg_s3', 'left_leg_s2']
const TARGET = join(SENSORS, 'dsads_torso_s8/train.sketch.parquet')
const folderOf = (model: string) => join(SENSORS, `dsads_${model}`)
let hub = ''

beforeAll(async () => {
  hub = join(mkdtempSync(join(tmpdir(), 'modelhub-cli-')), 'hub')
  const { code, stdout, stderr } = await runCli(['publish', ...MODELS.map(folderOf), '--hub', hub])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(MODELS.map(model => `dsads/${model}@1\n`).join(''))
})
afterAll(() => rmSync(join(hub, '..'), { recursive: true, force: true }))

/** Runs a command that must succeed and say nothing beside its result. */
async function quietly(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli([...args, '--hub', hub])
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

describe('modelhub search', () => {
  it('shows one order as a table, as JSON and in the library; the JSON is one object of the schema', async () => {
    const table = await quietly('search', TARGET)
    const parsed = searchResultSchema.parse(JSON.parse(await quietly('search', TARGET, '--json')))
    const opened = await Hub.open(hub)
    const fromLibrary = await opened.search(await loadTarget([TARGET]))
    await opened.close()
    expect(parsed).toEqual({ ...fromLibrary, elapsedMs: expect.any(Number), receipt: expect.any(String) })
    const order = parsed.results.map(({ model, version }) => `${model}@${version}`)
    expect(table.match(/dsads\/\w+@\d+/g)).toEqual(order)
    expect([...order].sort()).toEqual(MODELS.map(model => `dsads/${model}@1`).sort())
    expect(table).toContain(`${TARGET}: 780 rows, 81 features`)
    expect(table).toContain(parsed.verdict.message)
  })

  it('passes every option on', async () => {
    const options = ['--metric', 'js', '--match', 'name', '--t1', '0.25', '--t2', '0.75', '--threshold', '0.125']
    const limits = [
      '--top',
      '2',
      '--exclude-models',
      'dsads/torso_s1,dsads/torso_s2',
      '--min-adaptivity',
      '0.5',
      '--max-js',
      '0.5',
    ]
    const { parameters, results } = searchResultSchema.parse(
      JSON.parse(await quietly('search', TARGET, '--json', ...options, ...limits)),
    )
    expect(parameters).toEqual({
      ...{ metric: 'js', space: 'joint', match: 'name', t1: 0.25, t2: 0.75, threshold: 0.125, top: 2 },
      ...{ minAdaptivity: 0.5, maxJs: 0.5, excludeModels: ['dsads/torso_s1', 'dsads/torso_s2'] },
    })
    expect(results.every(({ metric, score, js }) => metric === 'js' && score === js)).toBe(true)
    expect(results.map(({ model }) => model)).not.toContain('dsads/torso_s1')
  })

  it('takes data for a target, and sets the label apart', async () => {
    const folder = temporaryFolder()
    const columns = uniformColumns({ acc_mean: 0, acc_std: 1 })
    const label = Array.from({ length: 400 }, (_, i) => `class ${i % 2}`)
    writeFileSync(join(folder, 'visits.csv'), csvOf({ ...columns, outcome: label, id: label }))
    const args = ['search', join(folder, 'visits.csv'), '--label', 'outcome', '--exclude', 'id']
    const result = searchResultSchema.parse(JSON.parse(await quietly(...args, '--json')))
    expect(result.query).toMatchObject({ rows: 400, features: 2 })
    expect(result.results.map(({ overlap }) => overlap)).toEqual(MODELS.map(() => 1))
  })

  it('says that nothing fits, and succeeds', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'other.csv'), csvOf(uniformColumns({ height: 1e6, width: 1e7 })))
    const { results, verdict } = JSON.parse(await quietly('search', join(folder, 'other.csv'), '--json'))
    expect([results, verdict.code]).toEqual([[], 'nothing-fits'])
    expect(await quietly('search', join(folder, 'other.csv'))).toContain(
      'Nothing fits: 5 models share too few features',
    )
  })
})

describe('modelhub explain, ls and show', () => {
  it('explain shows the worst features with both histograms, and the parts without a match', async () => {
    const text = await quietly('explain', TARGET, 'dsads/left_arm_s1', '--features', '3')
    expect(text).toContain('Features that fit worst (3 of 81)')
    expect(text.match(/^ *\w* .*[▁▂▃▄▅▆▇█]{3}/gm)!.length).toBe(6)
    expect(text).toMatch(/\d+ of \d+ clustered partitions/)
    const { features, evidence } = JSON.parse(await quietly('explain', TARGET, 'dsads/left_arm_s1', '--json'))
    expect(features).toHaveLength(81)
    expect(text).toContain(`fit ${evidence.fit.toFixed(3)} `)
  })

  it('ls lists models by name; --json is one array', async () => {
    const names = [...MODELS].sort().map(model => `dsads/${model}`)
    const listed = JSON.parse(await quietly('ls', '--json'))
    expect(listed.map(({ model }: { model: string }) => model)).toEqual(names)
    expect(listed[0]).toMatchObject({ version: 1, yanked: false, license: 'cc-by-4.0', features: 81 })
    expect((await quietly('ls')).match(/dsads\/\w+@1/g)).toEqual(names.map(name => `${name}@1`))
  })

  it('show prints the graph and the card', async () => {
    const text = await quietly('show', 'dsads/torso_s1')
    expect(text).toContain('dsads/torso_s1@1\n')
    expect(text).toContain('inputs      features float32[N, 81]')
    expect(text).toContain(readFileSync(join(folderOf('torso_s1'), 'README.md'), 'utf8').trimEnd())
    expect(JSON.parse(await quietly('show', 'dsads/torso_s1', '--json'))).toMatchObject({
      name: 'dsads/torso_s1',
      features: 81,
    })
  })
})

describe('modelhub publish, yank and rm', () => {
  it('publish tells what is new; yank hides, --undo shows again, rm removes', async () => {
    const scratch = temporaryFolder()
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await runCli([...args, '--hub', 'h'], scratch)
      expect([code, stderr]).toEqual([0, ''])
      return stdout
    }
    const folder = copySensor(scratch, 'dsads_torso_s1')
    expect(await run('publish', folder, '--name', 'me/mine')).toBe('me/mine@1\n')
    expect(await run('publish', folder, '--name', 'me/mine')).toBe('me/mine@1 (unchanged)\n')
    const again = JSON.parse(await run('publish', folder, '--name', 'me/mine', '--json'))
    expect(again).toEqual({ published: [{ model: 'me/mine', version: 1, created: false }] })
    expect(await run('yank', 'me/mine')).toBe('me/mine@1 yanked\n')
    expect(JSON.parse(await run('ls', '--json'))).toEqual([])
    expect(JSON.parse(await run('ls', '--all', '--json'))).toHaveLength(1)
    expect(await run('yank', 'me/mine@1', '--undo')).toBe('me/mine@1 back\n')
    expect(await run('rm', 'me/mine')).toBe('me/mine@1 removed\n')
    expect(JSON.parse(await run('ls', '--all', '--json'))).toEqual([])
  })

  it('publish takes data, and a manifest', async () => {
    const scratch = temporaryFolder()
    const columns = uniformColumns({ a: 0, b: 10, c: 20, d: 30, e: 40 })
    const folder = makeModelFolder(scratch, { name: 'ada/wine' })
    const colour = Array.from({ length: 400 }, (_, i) => ['red', 'rosé', 'white'][i % 3])
    writeFileSync(join(scratch, 'wine.csv'), csvOf({ ...columns, colour }))
    const byData = await runCli(['publish', folder, '--data', 'wine.csv', '--label', 'colour', '--hub', 'one'], scratch)
    expect(byData).toMatchObject({ code: 0, stdout: 'ada/wine@1\n', stderr: '' })
    writeFileSync(join(scratch, 'zoo.yaml'), 'models:\n  - { dir: ada_wine, data: wine.csv, label: colour }\n')
    const byManifest = await runCli(['publish', '--manifest', 'zoo.yaml', '--hub', 'two'], scratch)
    expect(byManifest).toMatchObject({ code: 0, stdout: 'ada/wine@1\n', stderr: '' })
    const sketches = await Promise.all(
      ['one', 'two'].map(async name =>
        JSON.parse((await runCli(['show', 'ada/wine', '--json', '--hub', name], scratch)).stdout),
      ),
    )
    expect(sketches[0].sketchSha256).toBe(sketches[1].sketchSha256)
  })

  it('publish keeps and tells what went before a faulty folder', async () => {
    const scratch = temporaryFolder()
    const args = ['publish', folderOf('torso_s1'), join(scratch, 'none'), folderOf('torso_s2'), '--hub', 'h']
    const { code, stdout, stderr } = await runCli(args, scratch)
    expect([code, stdout]).toEqual([4, 'dsads/torso_s1@1\n'])
    expect(stderr).toContain('FILE_NOT_FOUND')
  })
})

describe('modelhub sketch', () => {
  it('twice gives identical bytes, nothing on standard output, the receipt on standard error, and no bar', async () => {
    const scratch = temporaryFolder()
    writeFileSync(join(scratch, 'train.csv'), csvOf(uniformColumns({ a: 0, b: 10 }, { rows: 3000 })))
    const make = (file: string, ...more: string[]) => runCli(['sketch', 'train.csv', '-o', file, ...more], scratch)
    const one = await make('one.sketch.parquet')
    expect([one.code, one.stdout]).toEqual([0, ''])
    expect(one.stderr).toContain('one.sketch.parquet: profile default. What it tells about the data:')
    expect(one.stderr).not.toMatch(/[\r\u001b]|\/s\b|left/)
    await make('two.sketch.parquet')
    await make('seed.sketch.parquet', '--seed', '7')
    await make('paper.sketch.parquet', '--profile', 'paper')
    await make('bare.sketch.parquet', '--partitions', 'none')
    const bytes = (name: string) => readFileSync(join(scratch, `${name}.sketch.parquet`))
    expect(bytes('two').equals(bytes('one'))).toBe(true)
    expect(bytes('seed').equals(bytes('one'))).toBe(false)
    const show = async (name: string) =>
      JSON.parse((await runCli(['sketch', 'show', `${name}.sketch.parquet`, '--json'], scratch)).stdout)
    expect(await show('one')).toMatchObject({
      rows: 3000,
      profile: 'default',
      features: { numeric: 2 },
      sizeBytes: bytes('one').length,
    })
    expect(await show('paper')).toMatchObject({ profile: 'paper', showsExtremes: true, partitions: { random: 6 } })
    expect((await show('bare')).partitions).toEqual({ whole: 1, clustered: 0, random: 0 })
    expect(readdirSync(scratch).filter(name => name.endsWith('.part'))).toEqual([])
  })

  it('show prints what is in it', async () => {
    const { code, stdout, stderr } = await runCli(['sketch', 'show', TARGET])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/rows +780\n +features +81 numeric\n/)
  })

  it('warns of few rows', async () => {
    const scratch = temporaryFolder()
    writeFileSync(join(scratch, 'few.csv'), 'a\n1\n2\n')
    const { code, stderr } = await runCli(['sketch', 'few.csv', '-o', 'few.sketch.parquet'], scratch)
    expect(code).toBe(0)
    expect(stderr).toContain('Under 200 rows: this sketch says much about each of them.')
  })

  it('that cannot be written is told, and leaves nothing', async () => {
    const scratch = temporaryFolder()
    writeFileSync(join(scratch, 'train.csv'), 'a\n1\n2\n')
    const nowhere = await runCli(['sketch', 'train.csv', '-o', 'none/t.sketch.parquet'], scratch)
    expect(nowhere).toEqual({
      ...{ code: 4, stdout: '' },
      stderr: 'modelhub: FILE_NOT_FOUND: none: expected a folder to write the sketch to\n',
    })
    const onFolder = await runCli(['sketch', 'train.csv', '-o', scratch], scratch)
    expect(onFolder.code).toBe(74)
    expect(onFolder.stderr).toMatch(`modelhub: WRITE_FAILED: ${scratch}: cannot be written: EISDIR`)
    expect(existsSync(join(scratch, 'none'))).toBe(false)
    expect(statSync(scratch).isDirectory()).toBe(true)
    expect(readdirSync(scratch)).toEqual(['train.csv'])
    expect(readdirSync(join(scratch, '..')).filter(name => name.endsWith('.part'))).toEqual([])
  })
})

describe('modelhub in the pooled space', () => {
  it('searches paper sketches, and names the first that is none', async () => {
    const scratch = temporaryFolder()
    const sketch = await sketchColumns(uniformColumns({ a: 0, b: 10 }, { rows: 600 }), { profile: 'paper' })
    makeModelFolder(scratch, { name: 'ada/wine', sketch })
    expect((await runCli(['publish', 'ada_wine', '--hub', 'h'], scratch)).code).toBe(0)
    const args = (target: string) => [
      'search',
      target,
      '--space',
      'pooled',
      '--metric',
      'adaptivity',
      '--json',
      '--hub',
      'h',
    ]
    const { stdout } = await runCli(args('ada_wine/train.sketch.parquet'), scratch)
    const { results, parameters } = searchResultSchema.parse(JSON.parse(stdout))
    expect([parameters.space, results[0].js]).toEqual(['pooled', 0])
    const refused = await runCli(args(TARGET), scratch)
    expect([refused.code, refused.stdout]).toEqual([3, ''])
    expect(refused.stderr).toContain("SKETCH_PROFILE: target: the pooled space needs a sketch of profile 'paper'")
  })
})

describe('help', () => {
  const shownBelow = (command: Command) => {
    const help = command.createHelp().visibleCommands(command)
    return command.commands.filter(one => help.includes(one))
  }
  const named = (command: Command, path: string): string[] =>
    shownBelow(command).flatMap(one => [`${path}${one.name()}`, ...named(one, `${path}${one.name()} `)])
  const commands = named(makeProgram(new AbortController().signal), '')

  it('knows the commands of the main job', () => {
    const known = ['search', 'explain', 'ls', 'show', 'publish', 'yank', 'rm', 'sketch', 'sketch show']
    expect(commands).toEqual(expect.arrayContaining(known))
  })

  it.each(commands)('%s --help has an example', async command => {
    const { code, stdout, stderr } = await runCli([...command.split(' '), '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`Usage: modelhub ${command} `)
    expect(stdout).toContain(`Example:\n  $ modelhub ${command} `)
  })

  it('lists every command, and the exit codes', async () => {
    const { code, stdout } = await runCli(['--help'])
    expect(code).toBe(0)
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command.split(' ')[0]} `, 'm'))
    const [, told] = stdout.split('Exit codes: ')
    for (const { exitCode } of Object.values(ERROR_CODES)) expect(told).toMatch(new RegExp(`\\b${exitCode} [a-z]`))
  })

  it('--version is that of the package', async () => {
    expect((await runCli(['--version'])).stdout).toBe(`${packageFile.version}\n`)
  })
})
