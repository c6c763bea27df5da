import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { runModel, type ModelRun } from '../../src/inference/index.ts'
import type { Turn } from '../../src/inference/worker-process.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { modelBytes } from '../onnx-models.ts'
import { ENDLESS, ROWS } from './classifier.ts'
import { workersFromSource } from './from-source.ts'
import { prepared } from './prepared.ts'
import { childrenOf, commandOf, hasProc, isRunning } from './worker-children.ts'

beforeAll(workersFromSource)

async function endlessRun(): Promise<ModelRun> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'model.onnx'), modelBytes(ENDLESS))
  const inputs = await prepared(folder, { x: { values: ROWS.x, rowShape: [2] } })
  const limits = { seconds: 60, memoryBytes: 2 ** 30 }
  return { model: join(folder, 'model.onnx'), inputs, layers: [], folder: join(folder, 'out'), limits }
}

/** The worker that a process has started, once it is there; a loader may start other processes. */
async function workerOf(pid: number): Promise<number> {
  for (;;) {
    const worker = childrenOf(pid).find(child => commandOf(child).includes('worker-main'))
    if (worker !== undefined) return worker
    await delay(20)
  }
}

describe('a worker process', () => {
  it('opens its model before its turn, in which its time runs, and passes the turn on when it has ended', async () => {
    const told: string[] = []
    const turn: Turn = async work => {
      told.push('open')
      await delay(3000)
      told.push('begin')
      const result = await work()
      told.push('ended')
      return result
    }
    const run = { ...(await endlessRun()), limits: { seconds: 2, memoryBytes: 2 ** 30 } }
    const outcome = await runModel(run, { turn })
    expect(outcome).toMatchObject({ code: 'MODEL_LIMIT', reason: 'it ran longer than the 2 s it is allowed' })
    await vi.waitUntil(() => told.length === 3)
    expect(told).toEqual(['open', 'begin', 'ended'])
  })

  it('that is cancelled while it waits for its turn ends at once', async () => {
    const stop = new AbortController()
    const turn: Turn = async work => {
      stop.abort()
      await delay(100)
      return work()
    }
    await expect(runModel(await endlessRun(), { turn, signal: stop.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    })
  })

  it.skipIf(!hasProc)('needs /proc: that crashes is a reason', async () => {
    const outcome = runModel(await endlessRun())
    process.kill(await workerOf(process.pid), 'SIGSEGV')
    expect(await outcome).toEqual({
      kind: 'failure',
      code: 'MODEL_FAILED',
      reason: expect.stringContaining('its process crashed (SIGSEGV)') as string,
    })
  })

  it.skipIf(!hasProc)(
    'needs /proc: does not outlive the process that started it, even inside a loop without end',
    async () => {
      const run = await endlessRun()
      const program = `
      const { runModel } = await import(${JSON.stringify(new URL('../../src/inference/index.ts', import.meta.url).href)})
      await runModel(${JSON.stringify(run)})
    `
      const script = join(temporaryFolder(), 'parent.mjs')
      writeFileSync(script, program)
      const parent = spawn(process.execPath, ['--import', process.execArgv.at(-1)!, script], { stdio: 'ignore' })
      const worker = await workerOf(parent.pid!)
      await delay(1500)
      expect(isRunning(worker)).toBe(true)
      parent.kill('SIGKILL')
      await vi.waitUntil(() => !isRunning(worker), { timeout: 20_000, interval: 20 })
    },
  )
})
