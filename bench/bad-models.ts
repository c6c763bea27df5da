/**
 * Do ten bad models in a hub of ten good ones change the ranking of the good ones, and how much memory do they take?
 *
 *   npm run bench:bad-models
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hub, rankResultSchema, type RankResult } from '../src/hub/index.ts'
import { badZooData, goodFolders, placeBadModels } from '../test/hub/bad-zoo.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'

const CLI = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
const LIMIT_BYTES = 2 ** 30
const MEGABYTE = 1e6

const startedAt = performance.now()
const scratch = mkdtempSync(join(tmpdir(), 'bench-bad-models-'))
try {
  const { sketch, target } = await badZooData(scratch)
  const good = goodFolders(scratch, sketch)
  await fillHub('good')
  const placed = await fillHub('mixed', hub => placeBadModels(hub, join(scratch, 'bad'), sketch))
  const alone = await rank('good')
  const mixed = await rank('mixed')
  const failures = new Map(mixed.result.failures.map(failure => [failure.model, failure]))
  const same = mixed.result.results.filter((one, i) => said(one) === said(alone.result.results[i])).length
  const rows = placed!.map(({ name, what, refused }) => {
    const { code = '–', reason = 'none' } = failures.get(name) ?? {}
    return [what, refused ? `refused (${refused})` : 'taken', code, reason]
  })
  recordResult({
    name: 'bad-models',
    question: 'Do ten bad models in a hub of ten good ones change the ranking of the good ones?',
    command: 'npm run bench:bad-models',
    startedAt,
    bars: [
      {
        name: 'good models with the place, scores and layer that they have without the bad ones',
        value: same,
        bar: 10,
        must: 'atLeast',
      },
      { name: 'bad models with a reason', value: failures.size, bar: 10, must: 'atLeast' },
      {
        name: 'most memory of one model’s process, MB',
        value: mixed.worker / MEGABYTE,
        bar: LIMIT_BYTES / MEGABYTE,
        must: 'atMost',
      },
    ],
    markdown: [
      `\`modelhub rank --all\` over real ONNX files, each model allowed 1 GiB and 20 s. What publish refuses was put into the hub past its checks, as somebody could who writes to the hub himself.`,
      markdownTable(['bad model', 'at publish', 'code', 'reason in the ranking'], rows),
      `Most memory of the command itself ${megabytes(mixed.command)}, of a model's process ${megabytes(mixed.worker)}, of all together at one time ${megabytes(mixed.together)}; without the bad models ${megabytes(alone.command)}, ${megabytes(alone.worker)}, ${megabytes(alone.together)}.`,
    ].join('\n\n'),
    figures: { placed, failures: mixed.result.failures, memory: { alone: memoryOf(alone), mixed: memoryOf(mixed) } },
  })

  async function fillHub<T>(name: string, more?: (hub: Hub) => Promise<T>): Promise<T | undefined> {
    const hub = await Hub.open(join(scratch, name), { create: true })
    for (const folder of good) await hub.publish({ folder })
    const given = await more?.(hub)
    await hub.close()
    return given
  }

  function rank(name: string) {
    const limits = ['--memory-limit', String(LIMIT_BYTES / 2 ** 30), '--time-limit', '20s', '--no-cache']
    return watched(['rank', target, '--label', 'y', '--all', '--json', '--hub', join(scratch, name), ...limits])
  }
} finally {
  rmSync(scratch, { recursive: true })
}

/** All that a ranking says of a model but how long it took. */
function said(row: RankResult['results'][number] | undefined): string {
  return JSON.stringify({ ...row, millisecondsPerRow: null })
}

interface Watched {
  readonly result: RankResult
  /** Most bytes of the command's process. */
  readonly command: number
  /** Most bytes of one of the processes that it started. */
  readonly worker: number
  /** Most bytes of all of them at one time. */
  readonly together: number
}

/** Runs the command line, looking at the memory of its processes every 10 ms. */
async function watched(args: readonly string[]): Promise<Watched> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const peak = { command: 0, worker: 0, together: 0 }
  const timer = setInterval(() => {
    const own = statusOf(child.pid!)
    const workers = childrenOf(child.pid!).map(statusOf)
    peak.command = Math.max(peak.command, own.most)
    peak.worker = Math.max(peak.worker, ...workers.map(({ most }) => most))
    peak.together = Math.max(peak.together, own.now + workers.reduce((sum, { now }) => sum + now, 0))
  }, 10)
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (more: string) => (text += more))
  await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  clearInterval(timer)
  return { ...peak, result: rankResultSchema.parse(JSON.parse(text)) }
}

function memoryOf({ command, worker, together }: Watched) {
  return { command, worker, together }
}

function childrenOf(pid: number): number[] {
  const ids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return ids.filter(id => numberIn(id, 'PPid') === pid)
}

function statusOf(pid: number): { readonly now: number; readonly most: number } {
  return { now: 1024 * numberIn(pid, 'VmRSS'), most: 1024 * numberIn(pid, 'VmHWM') }
}

/** A field of a process's status; 0 once it is gone. */
function numberIn(pid: number, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / MEGABYTE)} MB`
}
