import { ModelHubError } from '../common/index.ts'
import { runBatches } from './run-batches.ts'
import { startGuard } from './start-guard.ts'
import type { WorkerMessage, WorkerRequest } from './worker-message.ts'

// The entry of a worker process: runs one model, as the first message says, and ends.

process.once('disconnect', () => process.exit())
process.once('message', (request: WorkerRequest) => {
  void answer(request).then(message => process.send!(message, () => process.exit()))
})

async function answer(request: WorkerRequest): Promise<WorkerMessage> {
  try {
    await startGuard(request.memoryBytes)
    const result = await runBatches(request, rows => {
      process.send!({ kind: 'progress', rows } satisfies WorkerMessage)
    })
    return { kind: 'result', result }
  } catch (error) {
    const code = error instanceof ModelHubError ? error.code : 'INTERNAL'
    const reason = error instanceof Error ? error.message : String(error)
    return { kind: 'failure', code, reason: reason.replace(/^model: /, '') }
  }
}
