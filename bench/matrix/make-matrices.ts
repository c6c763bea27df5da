import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { joinParts } from './kept-matrix.ts'

const SCRIPT = fileURLToPath(new URL('make-part.ts', import.meta.url))

/** Workloads that take so long that they are made in parts. */
const PARTS: Readonly<Record<string, number>> = { har: 2 }

/** Makes score matrices anew, a process each or more: as many at a time as there are cores, the last named first. */
export async function makeMatrices(names: readonly string[]): Promise<void> {
  const partsOf = (name: string) => PARTS[name] ?? 1
  const waiting = [...names]
    .reverse()
    .flatMap(name => Array.from({ length: partsOf(name) }, (_, part) => [name, part, partsOf(name)] as const))
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await inProcess(next)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  for (const name of names) joinParts(name, partsOf(name))
}

function inProcess([name, part, parts]: readonly [string, number, number]): Promise<void> {
  const command = ['--import', 'tsx', SCRIPT, name, String(part), String(parts)]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => {
      if (code === 0) resolve()
      else reject(new Error(`${name}: part ${part} of its score matrix was not made (exit code ${code})`))
    })
  })
}
