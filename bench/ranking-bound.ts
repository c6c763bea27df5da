import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { BareInference } from './bare-inference.ts'
import { machineShare } from '../src/rank/machine-share.ts'
import { markdownTable } from './markdown-table.ts'
import type { RankingPieces } from './ranking-pieces.ts'

/** What the models cost by themselves, and so what a ranking of them could reach at best. */
export interface RankingBound {
  /** Nine models one after the other on all cores, as the peer runs them. */
  readonly allThreads: BareInference
  /** The models dealt out to as many processes of one thread as there are cores: wall clock and processor time. */
  readonly oneThreadEach: BareInference
}

/** What a ranking took. */
export interface RankingCost {
  readonly seconds: number
  /** Processor time of this process and of the workers. */
  readonly ownSeconds: number
  readonly workerSeconds: number
  /** Parts of it, each measured by itself. */
  readonly preparing: number
  readonly pieces: RankingPieces
}

/** Runs the models bare, in both ways. */
export async function rankingBound(images: string, models: readonly string[]): Promise<RankingBound> {
  const cores = cpus().length
  const allThreads = await bare(cores, images, models)
  const shares = Array.from({ length: cores }, (_, lane) => models.filter((_, i) => i % cores === lane))
  const lanes = await Promise.all(shares.filter(share => share.length > 0).map(share => bare(1, images, share)))
  return {
    allThreads,
    oneThreadEach: {
      seconds: Math.max(...lanes.map(({ seconds }) => seconds)),
      processorSeconds: lanes.reduce((sum, lane) => sum + lane.processorSeconds, 0),
    },
  }
}

async function bare(threads: number, images: string, models: readonly string[]): Promise<BareInference> {
  const program = fileURLToPath(new URL('bare-inference.ts', import.meta.url))
  const args = [...process.execArgv, program, String(threads), images, ...models]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as BareInference
}

/** Processor time so far of this process, and of the processes that it started and that have ended; Linux alone tells. */
export function processorTimes(): { readonly own: number; readonly ended: number } {
  const { user, system } = process.cpuUsage()
  const own = (user + system) / 1e6
  if (process.platform !== 'linux') return { own, ended: NaN }
  const stat = readFileSync('/proc/self/stat', 'utf8')
  // Fields 16 and 17 of proc(5), in hundredths of a second; the name, which may hold blanks, ends with a bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { own, ended: (Number(fields[13]) + Number(fields[14])) / 100 }
}

/** What the bars leave for everything that is not inference, and what a ranking needs for it. */
export function boundReport(
  bound: RankingBound,
  { seconds, ownSeconds, workerSeconds, preparing, pieces }: RankingCost,
  { peer, models }: { readonly peer: number; readonly models: number },
): string {
  const cores = cpus().length
  const { atOnce, ahead } = machineShare(models)
  const processes = Math.min(models, atOnce + ahead)
  const s = (time: number) => `${time.toPrecision(3)} s`
  const inference = bound.oneThreadEach.processorSeconds
  const rest = ownSeconds + workerSeconds - inference
  const allowed = Math.max(0, cores * peer - inference)
  const rows = [
    ['peer, one model after the other on all cores', s(peer), ''],
    ['bare loop, the same way', s(bound.allThreads.seconds), s(bound.allThreads.processorSeconds)],
    [`bare loop, ${cores} processes of one thread`, s(bound.oneThreadEach.seconds), s(inference)],
    ['the whole ranking', s(seconds), s(ownSeconds + workerSeconds)],
    ['of that, workers less bare inference', '', s(workerSeconds - inference)],
    ['of that, this process', '', s(ownSeconds)],
    [`by itself: ${processes} workers start, open a model and run one image`, '', s(processes * pieces.start)],
    [`by itself: the same of ${models}, one for each model`, '', s(models * pieces.start)],
    [`by itself: ${models} layers are written and read back`, '', s(models * pieces.layer)],
    ['by itself: the images are prepared, once for all models', '', s(preparing)],
  ]
  return [
    '## What could be reached',
    markdownTable(['', 'wall clock', 'processor time'], rows),
    `With all ${cores} cores busy from start to end the ranking would take ${s((inference + rest) / cores)}. To rank as ` +
      `fast as the peer infers would leave ${s(allowed)} of processor time to everything that is not inference; it takes ${s(rest)}. The bare loop ` +
      'computes logits alone; the ranking takes the last dense layer too, writes it, and reads it back to score it. What ' +
      'is no start, no file and no preparing is mostly scoring, and memory that is touched for the first time.',
  ].join('\n\n')
}
