import { readdirSync, readFileSync } from 'node:fs'

/** Whether this system shows processes as files, as Linux does. */
export const hasProc = process.platform === 'linux'

/** Ids of the processes that a process has started and that are still there. */
export function childrenOf(pid: number): readonly number[] {
  const parentOf = (id: number) => Number(/^PPid:\t(\d+)/m.exec(readText(`/proc/${id}/status`))?.[1])
  const ids = readdirSync('/proc').map(Number)
  return ids.filter(id => Number.isInteger(id) && parentOf(id) === pid)
}

/** What a process was started as. */
export const commandOf = (pid: number): string => readText(`/proc/${pid}/cmdline`)

/** Whether a process is there and no corpse. */
export function isRunning(pid: number): boolean {
  return /^State:\t[^ZX]/m.test(readText(`/proc/${pid}/status`))
}

/** Most memory that any child of this process held while some work was done, in bytes. */
export async function peakOfChildren<T>(
  work: () => Promise<T>,
): Promise<{ readonly peakBytes: number; readonly result: T }> {
  let peakBytes = 0
  const timer = setInterval(() => {
    for (const id of childrenOf(process.pid)) {
      const kilobytes = Number(/^VmHWM:\s+(\d+)/m.exec(readText(`/proc/${id}/status`))?.[1] ?? 0)
      peakBytes = Math.max(peakBytes, kilobytes * 1024)
    }
  }, 10)
  try {
    return { result: await work(), peakBytes }
  } finally {
    clearInterval(timer)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
