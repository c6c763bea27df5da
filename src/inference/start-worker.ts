import { spawn, type ChildProcess } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Bounds what the process may allocate, so that a request it cannot keep fails at once; then becomes Node. */
const BOUNDED = 'ulimit -d "$0" 2>/dev/null; exec "$@"'

/** A worker process and what it may use. */
export interface Worker {
  readonly child: ChildProcess
  readonly memoryBytes: number
}

/** Starts a process that runs models. */
export function startWorker(memoryBytes: number): Worker {
  const extension = extname(import.meta.url)
  const entry = fileURLToPath(new URL(`./worker-main${extension}`, import.meta.url))
  const node = [process.execPath, ...(extension === '.ts' ? loaders(process.execArgv) : []), entry]
  const [command, ...args] =
    process.platform === 'win32' ? node : ['/bin/sh', '-c', BOUNDED, String(Math.ceil(memoryBytes / 1024)), ...node]
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], windowsHide: true })
  child.stderr!.setEncoding('utf8')
  return { child, memoryBytes }
}

/** Arguments of Node by which it runs from source; what is built needs none, and they would cost it half a second. */
function loaders(execArgv: readonly string[]): readonly string[] {
  return execArgv.flatMap((arg, i) => (/^--(import|require|loader)$/.test(arg) ? [arg, execArgv[i + 1]] : []))
}
