import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { MEMORY_EXCEEDED } from './worker-message.ts'

/** Kept as text, so that the thread starts alike from the built files and from source. */
const GUARD = `
const { writeSync } = require('node:fs')
const { memoryBytes, parent, notice } = require('node:worker_threads').workerData
setInterval(() => {
  const exceeded = process.memoryUsage.rss() > memoryBytes
  if (exceeded) writeSync(2, notice)
  if (exceeded || process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, 20)
`

/**
 * Starts a thread of this process that goes on while ONNX Runtime blocks the main one: it ends the process when it holds
 * too much memory, saying so on standard error, and when the process that started it is gone.
 */
export async function startGuard(memoryBytes: number): Promise<void> {
  const workerData = { memoryBytes, parent: process.ppid, notice: `${MEMORY_EXCEEDED}\n` }
  const guard = new Worker(GUARD, { eval: true, execArgv: [], workerData })
  await once(guard, 'online')
  guard.unref()
}
