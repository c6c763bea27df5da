import { fork } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Scanned, ScanRange } from './fit-scan.ts'

const MODELS_A_RANGE = 500

/** Every model of a simulated hub beside some targets. */
export interface FitTruth {
  /** By target, shape (models) each. */
  readonly fits: readonly Float64Array[]
  /** Of the whole datasets, nats, likewise. */
  readonly js: readonly Float64Array[]
}

/**
 * Compares every model with every target by fit, with a process for each core; each model is made once. What has been
 * compared is kept in a folder, where a run that was ended finds it again.
 */
export async function fitTruth(models: number, targets: readonly number[], kept: string): Promise<FitTruth> {
  const folder = join(kept, `${models}-${targets.length}`)
  mkdirSync(folder, { recursive: true })
  const fileOf = ({ from }: ScanRange) => join(folder, `${from}.f64`)
  const ranges = Array.from({ length: Math.ceil(models / MODELS_A_RANGE) }, (_, i): ScanRange => {
    return { models, targets, from: i * MODELS_A_RANGE, to: Math.min(models, (i + 1) * MODELS_A_RANGE) }
  })
  const missing = ranges.filter(range => !existsSync(fileOf(range)))
  const done = (range: ScanRange, scanned: Scanned) => {
    writeFileSync(fileOf(range), new Uint8Array(scanned.buffer))
    if (missing.length % 10 === 0) process.stderr.write(`${models}: ${missing.length} ranges left\n`)
  }
  await Promise.all(Array.from({ length: availableParallelism() }, () => scanRanges(missing, done)))
  const [fits, js] = [0, 0].map(() => targets.map(() => new Float64Array(models)))
  for (const range of ranges) {
    const scanned = new Float64Array(new Uint8Array(readFileSync(fileOf(range))).buffer)
    const count = range.to - range.from
    targets.forEach((_, t) => {
      fits[t].set(scanned.subarray(2 * t * count, (2 * t + 1) * count), range.from)
      js[t].set(scanned.subarray((2 * t + 1) * count, (2 * t + 2) * count), range.from)
    })
  }
  return { fits, js }
}

/** Has one process scan range after range, until none is left. */
function scanRanges(left: ScanRange[], done: (range: ScanRange, scanned: Scanned) => void) {
  if (left.length === 0) return Promise.resolve()
  return new Promise<void>((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('fit-scan.ts', import.meta.url)), { serialization: 'advanced' })
    let range: ScanRange | undefined
    child.on('message', (message: Scanned | 'ready') => {
      if (range && message !== 'ready') done(range, message)
      range = left.shift()
      if (range) child.send(range)
      else child.disconnect()
    })
    child.on('exit', code => (code === 0 && !range ? resolve() : reject(new Error(`a scan ended with code ${code}`))))
  })
}
