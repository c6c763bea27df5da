import { ModelHubError } from '../common/index.ts'
import { runBatches } from './run-batches.ts'
import { startGuard } from './start-guard.ts'
import type { WorkerMessage, WorkerRequest } from './worker-message.ts'

// The entry of a worker process: opens the model that the first message names, runs it when the second comes, and ends.

process.once('disconnect', () => process.exit())
process.once('message', (request: WorkerRequest) => {
  void answer(request).then(message => process.send!(message, () => process.exit()))
})

async function answer(request: WorkerRequest): Promise<WorkerMessage> {
  try {
    await startGuard(request.memoryBytes)
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
