import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Scanned, ScanRange } from './fit-scan.ts'

const MODELS_A_RANGE = 500
const TOP = 10

/** Every model of a simulated hub beside some targets. */
export interface FitTruth {
  /** By target, shape (models) each; -1 for those that a bound excludes from the ten best. */
  readonly fits: readonly Float64Array[]
  /** Of the whole datasets, nats, likewise. */
  readonly js: readonly Float64Array[]
}

/**
 * Compares every model with every target by fit, with a process for each core, or excludes it by a bound that holds; each
 * model is made once. What has been compared is kept in a folder, where a run that was ended finds it again.
 */
export async function fitTruth(models: number, targets: readonly number[], kept: string): Promise<FitTruth> {
  const folder = join(kept, `${models}-${targets.length}`)
  mkdirSync(folder, { recursive: true })
  const fileOf = ({ from }: Range) => join(folder, `${from}.f64`)
  const ranges = Array.from({ length: Math.ceil(models / MODELS_A_RANGE) }, (_, i): Range => {
    return { from: i * MODELS_A_RANGE, to: Math.min(models, (i + 1) * MODELS_A_RANGE) }
  })
  const missing = ranges.filter(range => !existsSync(fileOf(range)))
  const best = new BestFits(targets.length)
  for (const range of ranges) if (!missing.includes(range)) best.see(readScan(fileOf(range)))
  const next = (): ScanRange | undefined => {
    const range = missing.shift()
    return range && { ...range, models, targets, least: best.least() }
  }
  const done = (range: ScanRange, scanned: Scanned) => {
    best.see(scanned)
    writeFileSync(fileOf(range), new Uint8Array(scanned.buffer))
    if (missing.length % 10 === 0) process.stderr.write(`${models}: ${missing.length} ranges left\n`)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, () => scanRanges(next, done)))
  const [fits, js] = [0, 0].map(() => targets.map(() => new Float64Array(models)))
  for (const range of ranges) {
    const scanned = readScan(fileOf(range))
    const count = range.to - range.from
    targets.forEach((_, t) => {
      fits[t].set(scanned.subarray(2 * t * count, (2 * t + 1) * count), range.from)
      js[t].set(scanned.subarray((2 * t + 1) * count, (2 * t + 2) * count), range.from)
    })
  }
  return { fits, js }
}

type Range = Pick<ScanRange, 'from' | 'to'>

function readScan(file: string): Scanned {
  return new Float64Array(new Uint8Array(readFileSync(file)).buffer)
}

/** The ten best fits of each target among the models seen. */
class BestFits {
  readonly #best: readonly number[][]

  constructor(targets: number) {
    this.#best = Array.from({ length: targets }, () => [])
  }

  see(scanned: Scanned): void {
    const count = scanned.length / 2 / this.#best.length
    this.#best.forEach((best, t) => {
      best.push(...scanned.subarray(2 * t * count, (2 * t + 1) * count))
      best.sort((a, b) => b - a).splice(TOP)
    })
  }

  /** The tenth best of each target. */
  least(): number[] {
    return this.#best.map(best => best[TOP - 1] ?? 0)
  }
}

/** Has one process scan range after range, until none is left. */
function scanRanges(next: () => ScanRange | undefined, done: (range: ScanRange, scanned: Scanned) => void) {
  const first = next()
  if (!first) return Promise.resolve()
  return new Promise<void>((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('fit-scan.ts', import.meta.url)), { serialization: 'advanced' })
    let [range, isReady]: [ScanRange | undefined, boolean] = [first, false]
    child.on('message', (message: Scanned | 'ready') => {
      if (range && message !== 'ready') done(range, message)
      if (isReady) range = next()
      isReady = true
      if (range) child.send(range)
      else child.disconnect()
    })
    child.on('exit', code => (code === 0 && !range ? resolve() : reject(new Error(`a scan ended with code ${code}`))))
  })
}
