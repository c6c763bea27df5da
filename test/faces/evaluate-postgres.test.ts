import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { Hub, rankResultSchema } from '../../src/hub/index.ts'
import { parseModelCard } from '../../src/model/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { copySensor, csvOf, uniformColumns } from '../hub/made-models.ts'
import { newDatabase, onPostgres } from '../on-postgres.ts'
import { ended, runCli, startCli } from './run-cli.ts'

const MODELS = ['dsads_torso_s1', 'dsads_torso_s2', 'dsads_left_leg_s1']
const LABELS = ['lying', 'sitting', 'walking']
const DATASETS = 6

/** The models' folders, labelled tables of their columns, and one more without labels. */
function madeZoo() {
  const folder = temporaryFolder()
  const models = MODELS.map(id => copySensor(folder, id))
  const { columns = [] } = parseModelCard(readFileSync(join(models[0], 'README.md'), 'utf8')).frontMatter.modelhub.input
  const tables = Array.from({ length: DATASETS + 1 }, (_, seed) => {
    const values = uniformColumns(Object.fromEntries(columns.map((column, i) => [column, i])), { rows: 60, seed })
    const labels = { activity: Array.from({ length: 60 }, (_, i) => LABELS[i % 3]) }
    const path = join(folder, `day-${seed}.csv`)
    writeFileSync(path, csvOf(seed === DATASETS ? values : { ...values, ...labels }))
    return path
  })
  return { models, tables: tables.slice(0, DATASETS), target: tables[DATASETS] }
}

async function historyOf(place: string) {
  const hub = await Hub.open(place)
  const history = await hub.history()
  await hub.close()
  return history.map(({ dataset, model, value, own, scores }) => ({ dataset, model, value, own, scores }))
}

await onPostgres('modelhub evaluate on a hub in PostgreSQL', server => {
  it('is cut off and resumed, and ranks by its history, as on one in a folder', { timeout: 300_000 }, async () => {
    vi.stubEnv('XDG_CACHE_HOME', temporaryFolder())
    const { models, tables, target } = madeZoo()
    const { url } = await newDatabase(server)
    const folder = join(temporaryFolder(), 'hub')
    const args = (hub: string) => ['evaluate', ...tables, '--label', 'activity', '--hub', hub]
    for (const hub of [url, folder]) {
      for (const model of models) {
        const publish = ['publish', model, '--data', tables[0], '--label', 'activity', '--hub', hub]
        expect((await runCli(publish)).code).toBe(0)
      }
    }

    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      const before = (await historyOf(url)).length
      const child = startCli(args(url))
      const run = ended(child)
      while ((await historyOf(url)).length === before && child.exitCode === null) await pause(20)
      child.kill(signal)
      const { code, stderr } = await run
      if (signal === 'SIGINT') {
        expect([code, stderr]).toEqual([130, expect.stringMatching(/datasets are recorded; the same again goes on/)])
      }
      const there = (await historyOf(url)).length
      expect(there).toBeGreaterThan(before)
      expect(there % MODELS.length).toBe(0)
    }
    const resumed = await runCli([...args(url), '--json'])
    expect([resumed.code, resumed.stderr]).toEqual([0, ''])
    const stored = JSON.parse(resumed.stdout).datasets.map((one: { stored: number }) => one.stored)
    expect(stored.filter((count: number) => count === MODELS.length).length).toBeGreaterThanOrEqual(2)
    expect((await runCli(args(folder))).code).toBe(0)
    const whole = await historyOf(url)
    expect(whole).toHaveLength(DATASETS * MODELS.length)
    expect(whole).toEqual(await historyOf(folder))

    const ranked = []
    for (const hub of [url, folder]) {
      const { code, stdout } = await runCli(['rank', target, '--all', '--json', '--hub', hub])
      const { decision, results } = rankResultSchema.parse(JSON.parse(stdout))
      // All but the models’ own.
      expect([code, decision?.basis]).toMatchObject([0, { kind: 'history', datasets: DATASETS - 1 }])
      ranked.push({ decision, scores: results.map(({ model, scores }) => ({ model, scores })) })
    }
    expect(ranked[0]).toEqual(ranked[1])
  })

  it('ends where the server is gone, and the next goes on', { timeout: 300_000 }, async () => {
    vi.stubEnv('XDG_CACHE_HOME', temporaryFolder())
    const { models, tables } = madeZoo()
    const { url } = await newDatabase(server)
    for (const model of models) expect((await runCli(['publish', model, '--hub', url])).code).toBe(0)
    const named = ['--models', 'dsads/torso_s1,dsads/torso_s2,dsads/left_leg_s1']
    const args = ['evaluate', ...tables, '--label', 'activity', '--hub', url, ...named]
    const child = startCli(args)
    const run = ended(child)
    while ((await historyOf(url)).length === 0 && child.exitCode === null) await pause(20)
    await server.stop()
    const { code, stdout, stderr } = await run
    await server.start()
    expect([code, stdout]).toEqual([75, ''])
    expect(stderr).toMatch(
      /^modelhub: HUB_UNREACHABLE: .* of 6 datasets are recorded; the same again goes on from there\n$/,
    )
    const kept = await historyOf(url)
    expect(kept.length % MODELS.length).toBe(0)
    expect((await runCli(args)).code).toBe(0)
    expect(await historyOf(url)).toHaveLength(DATASETS * MODELS.length)
  })
})

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
