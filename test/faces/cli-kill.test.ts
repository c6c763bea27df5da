import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { rankResultSchema } from '../../src/hub/index.ts'
import { scratchFolder } from '../../src/hub/scratch-folder.ts'
import { openNpy } from '../../src/tensors/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { badZooData, goodFolders, ZOO_CARD } from '../hub/bad-zoo.ts'
import { makeModelFolder } from '../hub/made-models.ts'
import { newHub } from '../hub/open-hub.ts'
import { ENDLESS } from '../inference/classifier.ts'
import { childrenOf, commandOf, hasProc, isRunning } from '../inference/worker-children.ts'
import { modelBytes } from '../onnx-models.ts'
import { CLI, runCli } from './run-cli.ts'

/** A hub of two good models and one, the last by name, that never ends; and what ranks them all. */
async function hubWithAnEndlessModel() {
  const within = temporaryFolder()
  const { sketch, target } = await badZooData(within)
  const { hub, folder } = await newHub()
  const endless = { name: 'z/endless', onnx: modelBytes(ENDLESS), sketch, modelhub: ZOO_CARD }
  const folders = [...goodFolders(within, sketch).slice(0, 2), makeModelFolder(within, endless)]
  for (const model of folders) await hub.publish({ folder: model })
  const cache = join(within, 'cache')
  return { cache, args: ['rank', target, '--label', 'y', '--all', '--json', '--hub', folder, '--cache', cache] }
}

/** Files of the cache; none before it is there. */
function tensorsOf(cache: string): string[] {
  try {
    const names = readdirSync(cache, { recursive: true, encoding: 'utf8' })
    return names.filter(name => /^[0-9a-f]{2}\/.*\.npy$/.test(name)).map(name => join(cache, name))
  } catch {
    return []
  }
}

/** Starts a ranking in a process group of its own, and gives its workers once some of its work is done. */
async function startRanking(args: readonly string[], isFarEnough: (workers: readonly number[]) => boolean) {
  const parent = spawn(process.execPath, [CLI, ...args, '--time-limit', '10m'], { detached: true, stdio: 'ignore' })
  for (;;) {
    const workers = childrenOf(parent.pid!).filter(child => commandOf(child).includes('worker-main'))
    if (isFarEnough(workers)) return { pid: parent.pid!, workers }
    if (parent.exitCode !== null) throw new Error(`the ranking ended with ${parent.exitCode}`)
    await delay(5)
  }
}

describe.skipIf(!hasProc)('needs /proc: kill -9 of a ranking', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it.each([
    ['of its process alone', (pid: number) => pid],
    ['of its whole process group', (pid: number) => -pid],
  ])(
    '%s leaves no worker and no damaged cache, and the next one goes on from there',
    { timeout: 180_000 },
    async (_, whom) => {
      const { args, cache } = await hubWithAnEndlessModel()
      // Scores and layer of both good models are kept: the worker that runs is that of the endless one.
      const far = (workers: readonly number[]) => tensorsOf(cache).length === 4 && workers.length === 1
      const { pid, workers } = await startRanking(args, far)
      process.kill(whom(pid), 'SIGKILL')
      await vi.waitUntil(() => ![pid, ...workers].some(isRunning), { timeout: 20_000, interval: 20 })
      for (const path of tensorsOf(cache)) {
        const npy = await openNpy(path)
        expect(npy.shape[0]).toBe(300)
        await npy.close()
      }
      const { stdout } = await runCli([...args, '--time-limit', '3s'])
      const { results, failures } = rankResultSchema.parse(JSON.parse(stdout))
      expect(results.map(({ fromCache }) => fromCache)).toEqual([true, true])
      expect(failures).toMatchObject([{ model: 'z/endless', code: 'MODEL_LIMIT' }])
    },
  )

  it(
    'leaves a temporary folder that the next one removes, with no folder of a process that lives',
    { timeout: 180_000 },
    async () => {
      const temporary = temporaryFolder()
      vi.stubEnv('TMPDIR', temporary)
      const { args } = await hubWithAnEndlessModel()
      const mine = await scratchFolder('rank')
      const others = join(temporary, 'modelhub-rank-00000000-1-abcdef')
      mkdirSync(others)
      const folders = () => readdirSync(temporary).filter(name => name.startsWith('modelhub-rank-'))
      const { pid, workers } = await startRanking(args, found => found.length > 0)
      process.kill(pid, 'SIGKILL')
      await vi.waitUntil(() => ![pid, ...workers].some(isRunning), { timeout: 20_000, interval: 20 })
      expect(folders()).toHaveLength(3)
      expect(folders().filter(name => name.includes(`-${pid}-`))).toHaveLength(1)
      const { code } = await runCli([...args, '--time-limit', '3s'])
      expect(code).toBe(0)
      expect(folders().sort()).toEqual([basename(others), basename(mine)].sort())
    },
  )

  it('while its first worker starts leaves nothing behind that a later one takes', { timeout: 180_000 }, async () => {
    const { args, cache } = await hubWithAnEndlessModel()
    const { pid, workers } = await startRanking(args, found => found.length > 0)
    process.kill(pid, 'SIGKILL')
    await vi.waitUntil(() => ![pid, ...workers].some(isRunning), { timeout: 20_000, interval: 20 })
    const ranked = async (...more: string[]) => {
      const { stdout } = await runCli([...args, '--time-limit', '3s', ...more])
      return rankResultSchema.parse(JSON.parse(stdout)).results.map(({ model, scores }) => ({ model, scores }))
    }
    const resumed = await ranked()
    expect(resumed).toHaveLength(2)
    expect(tensorsOf(cache)).toHaveLength(4)
    expect(await ranked('--no-cache')).toEqual(resumed)
  })
})
