import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where results are kept. */
export const RESULTS = fileURLToPath(new URL('results', import.meta.url))

/** A bar a result is held to. */
export interface Bar {
  readonly name: string
  readonly value: number
  readonly bar: number
  readonly must: 'atLeast' | 'atMost'
}

/** What a benchmark found. */
export interface BenchResult {
  readonly name: string
  readonly question: string
  readonly command: string
  /** `performance.now()` at the start. */
  readonly startedAt: number
  readonly bars: readonly Bar[]
  /** Markdown, printed and kept beside the JSON. */
  readonly markdown: string
  readonly figures: unknown
}

/** Prints a result, what is missed first, and keeps it as JSON and Markdown with the machine and the commit. */
export function recordResult({ name, question, command, startedAt, bars, markdown, figures }: BenchResult): void {
  const judged = bars.map(bar => ({ ...bar, met: bar.must === 'atMost' ? bar.value <= bar.bar : bar.value >= bar.bar }))
  const about = {
    name,
    question,
    command,
    date: new Date().toISOString(),
    durationSeconds: Math.round((performance.now() - startedAt) / 100) / 10,
    /** Of this process. */
    cpuSeconds: cpuSeconds(),
    commit: commit(),
    machine: {
      cpu: cpus()[0].model,
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      /** Processes ready to run, mean of the last minute: above the cores, times are those of a busy machine. */
      loadAverage: loadavg()[0],
      platform: `${process.platform} ${process.arch}`,
    },
  }
  const text = [
    `# ${question}`,
    [...judged]
      .sort((a, b) => Number(a.met) - Number(b.met))
      .map(barLine)
      .join('\n'),
    markdown,
    `${about.date.slice(0, 10)}, commit ${about.commit}, ${about.machine.cpu}, ${about.machine.cores} cores, ` +
      `${about.machine.memoryGiB} GiB, Node.js ${about.machine.node}, load ${about.machine.loadAverage.toFixed(1)}; \`${command}\`, ${about.durationSeconds} s.`,
  ]
    .filter(part => part !== '')
    .join('\n\n')
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify({ ...about, bars: judged, figures }, rounded, 2)}\n`)
  writeFileSync(join(RESULTS, `${name}.md`), `${text}\n`)
  process.stdout.write(`${text}\n`)
}

/** Processor time of this process so far, of all its threads. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return Math.round((user + system) / 1e5) / 10
}

function barLine({ name, value, bar, must, met }: Bar & { readonly met: boolean }): string {
  return `- ${met ? 'met' : '**MISSED**'}: ${name} ${shortNumber(value)}, bar ${must === 'atMost' ? '≤' : '≥'} ${bar}`
}

/** A number with four decimals at most. */
export function shortNumber(value: number): string {
  return Number.isNaN(value) ? '–' : String(Number(value.toFixed(4)))
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(6)) : value
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const changed = git('status', '--porcelain', '--', 'src', 'bench/*.ts') !== ''
  return git('rev-parse', '--short', 'HEAD') + (changed ? ' with changes' : '')
}
