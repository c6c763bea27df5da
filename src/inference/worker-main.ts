import { ModelHubError } from '../common/index.ts'
import { runBatches } from './run-batches.ts'
import { startGuard } from './start-guard.ts'
import type { WorkerMessage, WorkerRequest } from './worker-message.ts'

// The entry of a worker process: opens the model that a message names, runs it when the next comes, and waits for another
// model, until the process that started it ends it or is gone.

let guard: Promise<void> | undefined

process.once('disconnect', () => process.exit())
awaitRequest()

function awaitRequest(): void {
  process.once('message', (request: WorkerRequest) => {
    void answer(request).then(message => {
      awaitRequest()
      process.send!(message)
    })
  })
}

async function answer(request: WorkerRequest): Promise<WorkerMessage> {
  try {
    await (guard ??= startGuard(request.memoryBytes))
    const onRows = (rows: number) => process.send!({ kind: 'progress', rows } satisfies WorkerMessage)
    const result = await runBatches(request, { untilTurn, onRows })
    return { kind: 'result', result }
  } catch (error) {
    const code = error instanceof ModelHubError ? error.code : 'INTERNAL'
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'failure', code, reason: reason.replace(/^model: /, '') }
  }
}

/** Says that the model is open, and waits to be told to begin. */
function untilTurn(): Promise<void> {
  return new Promise(resolve => {
    process.once('message', () => resolve())
    process.send!({ kind: 'ready' } satisfies WorkerMessage)
  })
}
