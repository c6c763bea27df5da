import { describe, expect, it } from 'vitest'
import { Hub } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { ended, runCli, startCli } from '../faces/run-cli.ts'
import { expectWhole, folderOf, modelsOf, TARGET } from './sensor-hub.ts'

describe('processes on one hub', () => {
  it('publish at once while others search, and every search sees a whole state', async () => {
    const folder = temporaryFolder()
    const parts = { torso: [1, 2, 3, 4, 5], left_arm: [1, 2, 3, 4, 5], right_leg: [1, 2, 3] }
    const all = Object.entries(parts).flatMap(([part, subjects]) => modelsOf(part, subjects))
    expect((await runCli(['publish', folderOf('dsads/left_leg_s1'), '--hub', folder])).code).toBe(0)
    let publishing = true
    const publishers = Promise.all(
      Object.entries(parts).map(([part, subjects]) =>
        runCli(['publish', ...modelsOf(part, subjects).map(folderOf), '--hub', folder]),
      ),
    ).finally(() => (publishing = false))
    const sizes: number[] = []
    while (publishing) {
      const { code, stdout, stderr } = await runCli(['search', TARGET, '--top', '100', '--json', '--hub', folder])
      expect([code, stderr]).toEqual([0, ''])
      sizes.push(JSON.parse(stdout).results.length)
    }
    for (const { code, stderr } of await publishers) expect([code, stderr]).toEqual([0, ''])
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(sizes.length).toBeGreaterThan(0)
    expect(await expectWhole(folder)).toEqual([...all, 'dsads/left_leg_s1'].sort())
  })

  it('one that is killed while it publishes leaves the state before or after, and the next one goes on', async () => {
    const folder = temporaryFolder()
    const names = modelsOf('torso', [1, 2, 3, 4, 5, 6, 7, 8])
    expect((await runCli(['publish', folderOf(names[0]), '--hub', folder])).code).toBe(0)
    for (const delay of [40, 130, 220, 310]) {
      const opened = await Hub.open(folder)
      const before = (await opened.list()).length
      // A process of its own starts at its own pace: it is killed so long after it has published its first new model.
      const started = publishing(folder, names)
      while ((await opened.list()).length === before && !started.over()) await pause(5)
      await pause(delay)
      await started.kill()
      await opened.close()
      const there = await expectWhole(folder)
      expect(there).toEqual(names.slice(0, there.length))
      expect(there.length).toBeGreaterThanOrEqual(Math.min(before + 1, names.length))
    }
    expect((await runCli(['publish', ...names.map(folderOf), '--hub', folder])).code).toBe(0)
    expect(await expectWhole(folder)).toEqual(names)
  })
})

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

function publishing(folder: string, names: readonly string[]) {
  const child = startCli(['publish', ...names.map(folderOf), '--hub', folder])
  const run = ended(child)
  return {
    over: () => child.exitCode !== null,
    async kill() {
      child.kill('SIGKILL')
      await run
    },
  }
}
