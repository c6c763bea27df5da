import { expect, it, vi } from 'vitest'
import { expectWhole, folderOf, modelsOf, TARGET } from '../hub/sensor-hub.ts'
import { Hub } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { newDatabase, onPostgres } from '../on-postgres.ts'
import { PASSWORD } from '../postgres-server.ts'
import { ended, runCli, startCli, type CliRun } from './run-cli.ts'

const publish = (hub: string, names: readonly string[]) =>
  runCli(['publish', ...names.map(folderOf), '--json', '--hub', hub])

/** Neither as it was set nor as it stands in the URL. */
function expectNoPassword({ stdout, stderr }: CliRun): void {
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD)]) expect(stdout + stderr).not.toContain(secret)
}

await onPostgres('the command line on a hub in PostgreSQL', server => {
  it('publishes, lists, searches and explains as on one in a folder', async () => {
    const [first, second] = modelsOf('torso', [1, 2])
    const places = [(await newDatabase(server)).url, temporaryFolder()]
    const printed = []
    for (const hub of places) {
      const commands = [
        ['publish', folderOf(first), folderOf(second), '--json', '--hub', hub],
        ['publish', folderOf(first), '--hub', hub],
        ['search', TARGET, '--hub', hub],
        ['explain', TARGET, first, '--hub', hub],
        ['show', second, '--hub', hub],
      ]
      const runs = []
      for (const args of commands) runs.push(await runCli(args))
      runs.forEach(expectNoPassword)
      const listed = await runCli(['ls', '--json', '--hub', hub])
      expect(JSON.parse(listed.stdout)).toMatchObject([{ model: first }, { model: second }])
      printed.push(runs.map(({ code, stdout }) => [code, withoutTimes(stdout)]))
    }
    expect(printed[0]).toEqual(printed[1])
    expect(printed[0].map(([code]) => code)).toEqual([0, 0, 0, 0, 0])
  })

  it('publishes from several processes while others search, and every search sees a whole state', async () => {
    const { url: hub } = await newDatabase(server)
    const parts = [modelsOf('torso', [1, 2, 3]), modelsOf('left_arm', [1, 2, 3]), modelsOf('right_leg', [1, 2])]
    let publishing = true
    const publishers = Promise.all(parts.map(names => publish(hub, names))).finally(() => (publishing = false))
    const searcher = async () => {
      const sizes: number[] = []
      for (let isLast = false; !isLast;) {
        isLast = !publishing
        const run = await runCli(['search', TARGET, '--top', '100', '--json', '--hub', hub])
        if (run.code === 0) sizes.push(JSON.parse(run.stdout).results.length)
        else expect([sizes.length, run.stderr]).toEqual([0, expect.stringContaining('HUB_NOT_FOUND')])
      }
      return sizes
    }
    const seen = await Promise.all([searcher(), searcher()])
    for (const { code, stderr } of await publishers) expect([code, stderr]).toEqual([0, ''])
    for (const sizes of seen) {
      expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
      expect(sizes.at(-1)).toBe(8)
    }
    expect(await expectWhole(hub)).toEqual(parts.flat().sort())
  })

  it('a publisher that is killed leaves the state before or after, and the next one goes on', async () => {
    const { url: place } = await newDatabase(server)
    const names = modelsOf('torso', [1, 2, 3, 4])
    expect((await publish(place, names.slice(0, 1))).code).toBe(0)
    const child = startCli(['publish', ...names.map(folderOf), '--hub', place])
    const run = ended(child)
    const hub = await Hub.open(place)
    while ((await hub.list()).length === 1 && child.exitCode === null) await new Promise(done => setTimeout(done, 5))
    child.kill('SIGKILL')
    await run
    await hub.close()
    const there = await expectWhole(place)
    expect(there).toEqual(names.slice(0, there.length))
    expect((await publish(place, names)).code).toBe(0)
    expect(await expectWhole(place)).toEqual(names)
  })

  it('tells faults by their codes, and never a password', async () => {
    const { url } = await newDatabase(server)
    const right = encodeURIComponent(PASSWORD)
    const faults: [string, string, number][] = [
      [url.replace(right, `${right}-wrong`), 'HUB_UNREACHABLE', 75],
      [url.replace(right, '') + `?password=${right}-wrong`, 'HUB_UNREACHABLE', 75],
      [server.url('not-there'), 'HUB_NOT_FOUND', 4],
      [url, 'HUB_NOT_FOUND', 4],
      [url.replace(/:\d+\/.*/, ':1/x'), 'HUB_UNREACHABLE', 75],
      [url.replace(right, `${PASSWORD}#/`), 'USAGE', 2],
    ]
    for (const [place, expected, exitCode] of faults) {
      const run = await runCli(['ls', '--hub', place])
      expect([run.stderr, run.stdout]).toEqual([expect.stringMatching(`^modelhub: ${expected}: `), ''])
      expect([expected, run.code]).toEqual([expected, exitCode])
      expectNoPassword(run)
    }
  })

  it('takes the password from PGPASSWORD', async () => {
    const { url } = await newDatabase(server)
    const without = url.replace(`:${encodeURIComponent(PASSWORD)}@`, '@')
    vi.stubEnv('PGPASSWORD', 'another')
    expect((await runCli(['ls', '--hub', without])).stderr).toContain('HUB_UNREACHABLE')
    vi.stubEnv('PGPASSWORD', PASSWORD)
    expect((await runCli(['ls', '--hub', without])).stderr).toContain('HUB_NOT_FOUND')
    vi.unstubAllEnvs()
  })
})

/** When a model was published and how long a search took differ from run to run. */
function withoutTimes(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z|[\d.]+ ?m?s\b|receipt \S+/g, '')
}
