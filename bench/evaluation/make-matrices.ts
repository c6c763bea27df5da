import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../matrix.ts', import.meta.url))

/** Makes score matrices anew: a process each, as many at a time as there are cores, the longest first. */
export async function makeMatrices(names: readonly string[]): Promise<void> {
  const waiting = [...names].reverse()
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await makeMatrix(name)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}

function makeMatrix(name: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, name], { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => {
      if (code === 0) resolve()
      else reject(new Error(`${name}: its score matrix was not made (exit code ${code})`))
    })
  })
}
