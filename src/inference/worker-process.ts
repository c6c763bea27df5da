import type { ChildProcess } from 'node:child_process'
import type { RunLimits } from './model-run.ts'
import { startWorker } from './start-worker.ts'
import { TimeLimit } from './time-limit.ts'
import type { LastWord, WorkerMessage, WorkerRequest } from './worker-message.ts'
import type { WorkerPool } from './worker-pool.ts'

const STDERR_KEPT = 4096

/** What a worker process said of a run, and how it ended. */
interface Answer {
  /** Its last word; absent when it said none. */
  readonly last?: LastWord
  /** Both null of a process that goes on. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** The end of what it printed to its standard error. */
  readonly stderr: string
}

/** How a run in a worker process ended. */
export interface WorkerEnd extends Answer {
  /** Why the process was ended from here. */
  readonly stopped?: 'time' | 'cancelled'
  /** Whether the process had run other models before. */
  readonly isUsed: boolean
  /** Wall clock from start to end, less what it waited for its turn. */
  readonly seconds: number
}

/** Calls what is to be done when its turn comes, and passes the turn on when that has ended: `pLimit` gives one. */
export type Turn = <Result>(work: () => Promise<Result>) => Promise<Result>

/** What watches over a run in a worker process. */
export interface WorkerWatch {
  readonly limits: RunLimits
  readonly signal?: AbortSignal
  readonly onRows?: (rows: number) => void
  /** The model is opened before its turn and run in it; the time limit stands still meanwhile. At once when absent. */
  readonly turn?: Turn
  /** Gives the process, and takes it again when the model has given its result; without it the process ends then. */
  readonly pool?: WorkerPool
}

/** Runs a model in a worker process, to the end that it makes itself or that time or the signal make it. */
export async function inWorker(
  request: WorkerRequest,
  { limits, signal, onRows, turn = work => work(), pool }: WorkerWatch,
): Promise<WorkerEnd> {
  const used = pool?.take(limits.memoryBytes)
  const worker = used ?? startWorker(limits.memoryBytes)
  const { child } = worker
  let stopped: WorkerEnd['stopped']
  const stop = (why: WorkerEnd['stopped']) => {
    stopped ??= why
    child.kill('SIGKILL')
  }
  const cancel = () => stop('cancelled')
  signal?.addEventListener('abort', cancel, { once: true })
  const time = new TimeLimit(limits.seconds, () => stop('time'))
  const begin = () => {
    if (child.connected) time.resume()
    tell(child, 'begin')
    return answer
  }
  const onReady = () => {
    time.pause()
    turn(begin).catch(() => undefined)
  }
  const answer = answerOf(child, { onReady, onRows, goesOn: () => pool !== undefined && stopped === undefined })
  tell(child, request)
  try {
    const end = await answer
    if (end.exitCode === null && end.signal === null) pool?.keep(worker)
    return { ...end, stopped, isUsed: used !== undefined, seconds: time.seconds }
  } finally {
    time.pause()
    signal?.removeEventListener('abort', cancel)
  }
}

interface Listener {
  readonly onReady: () => void
  readonly onRows?: (rows: number) => void
  /** Whether the process stays when it has given a result. */
  readonly goesOn: () => boolean
}

/** Listens to a process until it has ended, or has given a result and goes on. */
function answerOf(child: ChildProcess, { onReady, onRows, goesOn }: Listener): Promise<Answer> {
  let last: LastWord | undefined
  let stderr = ''
  return new Promise((resolve, reject) => {
    const onData = (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT))
    const onMessage = (message: WorkerMessage) => {
      if (message.kind === 'progress') return onRows?.(message.rows)
      if (message.kind === 'ready') return onReady()
      last = message
      if (last.kind === 'result' && goesOn()) onEnd(null, null)
      else child.kill()
    }
    const onEnd = (exitCode: number | null, signal: NodeJS.Signals | null) => {
      child.off('message', onMessage).off('error', reject).off('close', onEnd)
      child.stderr!.off('data', onData)
      resolve({ last, exitCode, signal, stderr })
    }
    child.on('message', onMessage).on('error', reject).on('close', onEnd)
    child.stderr!.on('data', onData)
  })
}

/** Sends a message; to a process that has ended it is lost. */
function tell(child: ChildProcess, message: WorkerRequest | 'begin'): void {
  if (child.connected) child.send(message, () => undefined)
}
