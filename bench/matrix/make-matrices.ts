import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { joinParts } from './kept-matrix.ts'

const SCRIPT = fileURLToPath(new URL('make-part.ts', import.meta.url))

/** Workloads that take so long that they are made in parts. */
const PARTS: Readonly<Record<string, number>> = { har: 2 }

/** Workloads that share their sketches, which take longer than all else: made by one process. */
const TOGETHER = [['cifar-skew', 'cifar-skew-unseen']]

/** Makes score matrices anew, a process each or more: as many at a time as there are cores, the last named first. */
export async function makeMatrices(names: readonly string[]): Promise<void> {
  const partsOf = (name: string) => PARTS[name] ?? 1
  const waiting = familiesOf(names)
    .reverse()
    .flatMap(family =>
      Array.from({ length: partsOf(family[0]) }, (_, part) => [family, part, partsOf(family[0])] as const),
    )
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await inProcess(next)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  for (const name of names) joinParts(name, partsOf(name))
}

/** The names, those of one process together. */
function familiesOf(names: readonly string[]): string[][] {
  const familyOf = (name: string) => TOGETHER.find(family => family.includes(name)) ?? [name]
  const families = names.map(name => familyOf(name).filter(member => names.includes(member)))
  return families.filter((family, i) => family[0] === names[i])
}

function inProcess([names, part, parts]: readonly [readonly string[], number, number]): Promise<void> {
  const command = ['--import', 'tsx', SCRIPT, String(part), String(parts), ...names]
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', code => {
      if (code === 0) resolve()
      else reject(new Error(`${names.join(', ')}: part ${part} of its score matrix was not made (exit code ${code})`))
    })
  })
}
