import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { runModel, type ModelRun } from '../../src/inference/index.ts'
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
