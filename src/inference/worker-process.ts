import { spawn, type ChildProcess } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunLimits } from './model-run.ts'
import type { WorkerMessage, WorkerRequest } from './worker-message.ts'

const STDERR_KEPT = 4096
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1
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
  readonly seconds: number
}

/** What watches over a worker process. */
export interface WorkerWatch {
  readonly limits: RunLimits
  readonly signal?: AbortSignal
  readonly onRows?: (rows: number) => void
}

/** Runs a model in a process of its own, to the end that it makes itself or that time or the signal make it. */
export function inWorker(request: WorkerRequest, { limits, signal, onRows }: WorkerWatch): Promise<WorkerEnd> {
  const started = performance.now()
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
  const timer = setTimeout(() => stop('time'), Math.min(limits.seconds * 1000, LONGEST_TIMEOUT_MS))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)))
  child.on('message', (message: WorkerMessage) => {
    if (message.kind === 'progress') onRows?.(message.rows)
    else last = message
  })
  child.send(request, () => undefined)
  return new Promise<WorkerEnd>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode, killedBy) => {
      const seconds = (performance.now() - started) / 1000
      resolve({ last, stopped, exitCode, signal: killedBy, stderr, seconds })
    })
  }).finally(() => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  })
}

function startWorker(memoryBytes: number): ChildProcess {
  const entry = fileURLToPath(new URL(`./worker-main${extname(import.meta.url)}`, import.meta.url))
  const node = [process.execPath, ...loaders(process.execArgv), entry]
  const [command, ...args] =
    process.platform === 'win32' ? node : ['/bin/sh', '-c', BOUNDED, String(Math.ceil(memoryBytes / 1024)), ...node]
  return spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], windowsHide: true })
}

/** Arguments of Node that load modules its own way, as when it runs from source. */
function loaders(execArgv: readonly string[]): readonly string[] {
  return execArgv.flatMap((arg, i) => (/^--(import|require|loader)$/.test(arg) ? [arg, execArgv[i + 1]] : []))
}
