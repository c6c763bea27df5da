import { spawn, type ChildProcess } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunLimits } from './model-run.ts'
import { TimeLimit } from './time-limit.ts'
import type { WorkerMessage, WorkerRequest } from './worker-message.ts'

const STDERR_KEPT = 4096
/** Bounds what the process may allocate, so that a request it cannot keep fails at once; then becomes Node. */
const BOUNDED = 'ulimit -d "$0" 2>/dev/null; exec "$@"'

/** How a worker process ended. */
export interface WorkerEnd {
  /** Its last word; absent when it said none. */
  readonly last?: Exclude<WorkerMessage, { kind: 'progress' }>
  /** Why it was ended from here. */
  readonly stopped?: 'time' | 'cancelled'
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** The end of what it printed to its standard error. */
  readonly stderr: string
  /** Wall clock from its start to its end, less what it waited for its turn. */
  readonly seconds: number
}

/** Calls what is to be done when its turn comes, and passes the turn on when that has ended: `pLimit` gives one. */
export type Turn = <Result>(work: () => Promise<Result>) => Promise<Result>

/** What watches over a worker process. */
export interface WorkerWatch {
  readonly limits: RunLimits
  readonly signal?: AbortSignal
  readonly onRows?: (rows: number) => void
  /** The model is opened before its turn and run in it; the time limit stands still meanwhile. At once when absent. */
  readonly turn?: Turn
}

/** Runs a model in a process of its own, to the end that it makes itself or that time or the signal make it. */
export async function inWorker(
  request: WorkerRequest,
  { limits, signal, onRows, turn = work => work() }: WorkerWatch,
): Promise<WorkerEnd> {
  const child = startWorker(limits.memoryBytes)
  let stopped: WorkerEnd['stopped']
  let last: WorkerEnd['last']
  let stderr = ''
  const stop = (why: WorkerEnd['stopped']) => {
    stopped ??= why
    child.kill('SIGKILL')
  }
  const cancel = () => stop('cancelled')
  signal?.addEventListener('abort', cancel, { once: true })
  const time = new TimeLimit(limits.seconds, () => stop('time'))
  const end = endOf(child)
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)))
  const begin = () => {
    if (child.connected) time.resume()
    tell(child, 'begin')
    return end
  }
  child.on('message', (message: WorkerMessage) => {
    if (message.kind === 'progress') onRows?.(message.rows)
    else if (message.kind !== 'ready') last = message
    else {
      time.pause()
      turn(begin).catch(() => undefined)
    }
  })
  tell(child, request)
  try {
    const [exitCode, killedBy] = await end
    return { last, stopped, exitCode, signal: killedBy, stderr, seconds: time.seconds }
  } finally {
    time.pause()
    signal?.removeEventListener('abort', cancel)
  }
}

function endOf(child: ChildProcess): Promise<[exitCode: number | null, signal: NodeJS.Signals | null]> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (...end) => resolve(end))
  })
}

/** Sends a message; to a process that has ended it is lost. */
function tell(child: ChildProcess, message: WorkerRequest | 'begin'): void {
  if (child.connected) child.send(message, () => undefined)
}

function startWorker(memoryBytes: number): ChildProcess {
  const extension = extname(import.meta.url)
  const entry = fileURLToPath(new URL(`./worker-main${extension}`, import.meta.url))
  const node = [process.execPath, ...(extension === '.ts' ? loaders(process.execArgv) : []), entry]
  const [command, ...args] =
    process.platform === 'win32' ? node : ['/bin/sh', '-c', BOUNDED, String(Math.ceil(memoryBytes / 1024)), ...node]
  return spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], windowsHide: true })
}

/** Arguments of Node by which it runs from source; what is built needs none, and they would cost it half a second. */
function loaders(execArgv: readonly string[]): readonly string[] {
  return execArgv.flatMap((arg, i) => (/^--(import|require|loader)$/.test(arg) ? [arg, execArgv[i + 1]] : []))
}
