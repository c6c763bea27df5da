import { createHash } from 'node:crypto'
import { lstat, mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Makes a folder for what a run writes meanwhile, in the folder for temporary files: the caller removes it at the end.
 * What runs left behind that were killed before they could do so is removed first.
 *
 * @param purpose a word that goes into its name
 */
export async function scratchFolder(purpose: string): Promise<string> {
  const machine = await machineKey()
  await removeAbandoned(machine)
  return mkdtemp(join(tmpdir(), `modelhub-${purpose}-${machine}-${process.pid}-`))
}

/**
 * Removes the folders of processes that are gone. Those of other users and of other machines or containers, whose
 * processes cannot be seen from here, stay; so does one whose number another process has by now.
 */
async function removeAbandoned(machine: string): Promise<void> {
  const ours = new RegExp(`^modelhub-[a-z]+-${machine}-(\\d+)-`)
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const owner = ours.exec(name)?.[1]
    if (owner === undefined || isRunning(Number(owner))) continue
    const path = join(tmpdir(), name)
    const found = await lstat(path).catch(() => undefined)
    if (!found?.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) continue
    // Somebody else may be removing it at this moment.
    await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM says that there is such a process, of somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Tells apart machines and containers that share a folder for temporary files: process numbers mean something in one alone. */
async function machineKey(): Promise<string> {
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '')
  return createHash('sha256').update(`${hostname()}\n${namespace}`).digest('hex').slice(0, 8)
}
