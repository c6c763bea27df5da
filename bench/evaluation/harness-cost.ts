import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { markdownTable } from '../markdown-table.ts'
import type { ScoreMatrix } from '../matrix/score-matrix.ts'
import { cpuSeconds, RESULTS, type Bar } from '../record-result.ts'

/** What one part of the harness took when it was made last. */
interface Part {
  readonly part: string
  /** On the clock, of all its processes. */
  readonly durationSeconds?: number
  /** Processor time; undefined where it was not recorded. */
  readonly cpuSeconds?: number
}

const CORES = 2
const MOST_MINUTES = 40

/** What every part of the harness took: the score matrices, the decision's benchmark, and this one so far. */
export function harnessParts(matrices: readonly ScoreMatrix[], startedAt: number): Part[] {
  const made = matrices.map(({ name, durationSeconds, cpuSeconds: used }) => {
    return { part: `matrix of ${name}`, durationSeconds, cpuSeconds: used }
  })
  const own = { part: 'npm run bench', durationSeconds: secondsSince(startedAt), cpuSeconds: cpuSeconds() }
  return [...made, own, { part: 'npm run bench:decision', ...lastRun('decision') }]
}

/**
 * A matrix a process, as many processes as there are cores; the other two parts are one process each, one after the
 * other. Undefined where the processor time of a part is not known.
 */
export function harnessBar(parts: readonly Part[]): Bar | undefined {
  const known = parts.map(part => part.cpuSeconds)
  if (known.some(used => used === undefined)) return undefined
  const sum = (some: readonly Part[]) => some.reduce((total, part) => total + part.cpuSeconds!, 0)
  const isMatrix = ({ part }: Part) => part.startsWith('matrix')
  const [side, alone] = [parts.filter(isMatrix), parts.filter(part => !isMatrix(part))]
  return {
    name: `minutes of the whole harness on ${CORES} quiet cores, by the processor time of its parts`,
    value: (sum(side) / CORES + sum(alone)) / 60,
    bar: MOST_MINUTES,
    must: 'atMost',
  }
}

/** The parts as a table, with their sum. */
export function harnessTable(parts: readonly Part[]): string {
  const cell = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(0))
  const total = (of: (part: Part) => number | undefined) => parts.reduce((sum, part) => sum + (of(part) ?? 0), 0)
  return markdownTable(
    ['part', 'processor, s', 'clock, s'],
    [
      ...parts.map(part => [part.part, cell(part.cpuSeconds), cell(part.durationSeconds)]),
      ['all', cell(total(part => part.cpuSeconds)), cell(total(part => part.durationSeconds))],
    ],
  )
}

/** Of a benchmark whose result is kept. */
function lastRun(name: string): Omit<Part, 'part'> {
  const path = join(RESULTS, `${name}.json`)
  if (!existsSync(path)) return {}
  const { durationSeconds, cpuSeconds: used } = JSON.parse(readFileSync(path, 'utf8')) as Omit<Part, 'part'>
  return { durationSeconds, cpuSeconds: used }
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000
}
