import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The built command line: `npm test` builds it first. */
export const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

export interface CliRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the command line as a process of its own, with variables beside those of this one. */
export function startCli(args: readonly string[], cwd?: string, variables: NodeJS.ProcessEnv = {}): ChildProcess {
  const env = { ...process.env, NO_COLOR: '1', MODELHUB_HUB: undefined, ...variables }
  return spawn(process.execPath, [CLI, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** What a process printed, once it has ended. */
export function ended(child: ChildProcess): Promise<CliRun> {
  let [stdout, stderr] = ['', '']
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', code => resolve({ code, stdout, stderr }))
  })
}

/** Runs the command line to its end. */
export const runCli = (args: readonly string[], cwd?: string): Promise<CliRun> => ended(startCli(args, cwd))

/** Runs the command line where no file may grow over a size, as on a disk that is full. */
export function runLimited(args: readonly string[], kib: number): Promise<CliRun> {
  const script = `trap '' XFSZ; ulimit -f ${2 * kib}; exec "$0" "$@"`
  const env = { ...process.env, NO_COLOR: '1' }
  return ended(
    spawn('/bin/sh', ['-c', script, process.execPath, CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
  )
}
