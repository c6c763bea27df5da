import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runModel, WorkerPool, type ModelOutputs, type ModelRun } from '../../src/inference/index.ts'
import type { Turn } from '../../src/inference/worker-process.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { modelBytes, type GraphParts } from '../onnx-models.ts'
import { CLASSIFIER, ENDLESS, ROWS } from './classifier.ts'
import { workersFromSource } from './from-source.ts'
import { numbersOf, prepared } from './prepared.ts'

const MEMORY = 2 ** 30

async function runOf(parts: GraphParts, seconds = 60): Promise<ModelRun> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'model.onnx'), modelBytes(parts))
  const inputs = await prepared(folder, { x: { values: ROWS.x, rowShape: [2] } })
  const limits = { seconds, memoryBytes: MEMORY }
  return { model: join(folder, 'model.onnx'), inputs, layers: 'last', labels: 3, folder: join(folder, 'out'), limits }
}

/** The process that waits in a pool, which it goes back to. */
function waitingIn(pool: WorkerPool) {
  const worker = pool.take(MEMORY)!
  pool.keep(worker)
  return worker.child
}

async function expectGood(outcome: Promise<unknown>): Promise<void> {
  const { outputs } = (await outcome) as ModelOutputs
  expect(await numbersOf(outputs.get('logits')!.path)).toEqual(ROWS.logits)
  expect(await numbersOf(outputs.get('dense')!.path)).toEqual(ROWS.dense)
}

describe('a pool of worker processes', () => {
  let pool: WorkerPool
  beforeAll(workersFromSource)
  beforeEach(async () => {
    pool = new WorkerPool(10)
    await expectGood(runModel(await runOf(CLASSIFIER), { pool }))
  })
  afterEach(() => pool.close())

  it('runs one model after the other in one process', async () => {
    const first = waitingIn(pool)
    await expectGood(runModel(await runOf(CLASSIFIER), { pool }))
    expect(waitingIn(pool).pid).toBe(first.pid)
  })

  it('gives a process for its own memory limit only', () => {
    expect(pool.take(2 * MEMORY)).toBeUndefined()
  })

  it('does not count a crash against the model that runs after others: it is run again in its own process', async () => {
    const { pid } = waitingIn(pool)
    let turns = 0
    const turn: Turn = work => {
      if (turns++ === 0) process.kill(pid!, 'SIGKILL')
      return work()
    }
    await expectGood(runModel(await runOf(CLASSIFIER), { pool, turn }))
    expect(turns).toBe(2)
    expect(pool.take(MEMORY)).toBeUndefined()
  })

  it('does not take a process that has ended while it waited', async () => {
    const child = waitingIn(pool)
    const ended = new Promise(resolve => child.once('close', resolve))
    child.kill('SIGKILL')
    await ended
    expect(pool.take(MEMORY)).toBeUndefined()
  })

  it('gives the reason that the model has by itself, and keeps no process that a model failed in', async () => {
    const wrong = { ...(await runOf(CLASSIFIER)), labels: 5 }
    const { pid } = waitingIn(pool)
    const outcome = await runModel(wrong, { pool })
    expect(outcome).toEqual(await runModel(wrong))
    expect(outcome).toMatchObject({ kind: 'failure', code: 'MODEL_MISMATCH' })
    expect(pool.take(MEMORY)).toBeUndefined()
    expect(() => process.kill(pid!, 0)).toThrow('ESRCH')
  })

  it('lets time run out once', async () => {
    let turns = 0
    const turn: Turn = work => {
      turns++
      return work()
    }
    const outcome = await runModel({ ...(await runOf(ENDLESS, 2)), layers: [] }, { pool, turn })
    expect(outcome).toMatchObject({ code: 'MODEL_LIMIT', reason: 'it ran longer than the 2 s it is allowed' })
    expect(turns).toBe(1)
  })

  it('lets none wait when no run is to come', async () => {
    const last = new WorkerPool(1)
    await expectGood(runModel(await runOf(CLASSIFIER), { pool: last }))
    expect(last.take(MEMORY)).toBeUndefined()
  })

  it('ends what waits when it is closed', async () => {
    const { pid } = waitingIn(pool)
    await pool.close()
    expect(() => process.kill(pid!, 0)).toThrow('ESRCH')
    expect(pool.take(MEMORY)).toBeUndefined()
  })
})
