import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../../src/common/random.ts'
import { bodyPartRuns } from './body-part-runs.ts'

import { finetuneMatrix, predictionsMatrix } from './peer-matrices.ts'
import type { TargetPredictions } from './predictions.ts'
import type { RunnableWorkload } from './runnable-workload.ts'
import { scoreMatrix, type MadeMatrix, type ScoreMatrix } from './score-matrix.ts'
import { sensorRuns } from './sensor-runs.ts'
import { skewRuns } from './skew-runs.ts'
import { embeddingRuns, entityRuns } from './text-runs.ts'
import { transferRuns } from './transfer-runs.ts'

/** Where score matrices are kept. */
const MATRICES = fileURLToPath(new URL('../../.cache/matrix', import.meta.url))

/** A part is written after this many targets. */
const KEPT_EVERY = 6

/** Every workload whose models are run, by name. */
export const RUNS: Readonly<Record<string, (shared: string) => Promise<RunnableWorkload>>> = {
  'entity-matching': shared => entityRuns(shared, 'records'),
  'text-sentiment': shared => embeddingRuns(shared, 'text-sentiment'),
  'sentence-pairs': shared => embeddingRuns(shared, 'sentence-pairs'),
  'har-parts': bodyPartRuns,
  'har-dsads': shared => sensorRuns(shared, 'dsads'),
  'entity-matching-attributes': shared => entityRuns(shared, 'attributes'),
  'cifar-skew': shared => skewRuns(shared, 'all'),
  'cifar-skew-unseen': shared => skewRuns(shared, 'unseen'),
  neuralrank: transferRuns,
  har: shared => sensorRuns(shared, 'all'),
}

/** Workloads of which others published all that is known. */
const TABLES: Readonly<Record<string, (shared: string) => Promise<MadeMatrix>>> = {
  'hub-finetune': finetuneMatrix,
  'zoo-predictions': predictionsMatrix,
}

/** Every workload. */
export const WORKLOADS: readonly string[] = [...Object.keys(TABLES), ...Object.keys(RUNS)]

/** What a part took: on the clock, and of all cores together. */
interface Took {
  readonly durationSeconds: number
  readonly cpuSeconds: number
}

/** Part `part` of `parts`, from 0, of a workload's targets. */
export interface Part {
  readonly part: number
  readonly parts: number
}

/** Makes one part of the score matrix of a workload anew and keeps it, with the predictions. */
export async function makePart(name: string, shared: string, { part, parts }: Part): Promise<void> {
  const startedAt = performance.now()
  const usedBefore = process.cpuUsage()
  const tell = (what: string) => {
    process.stderr.write(`${name}: ${what}, ${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`)
  }
  mkdirSync(MATRICES, { recursive: true })
  const keep = (made: MadeMatrix) => {
    const durationSeconds = Math.round((performance.now() - startedAt) / 1000)
    const { user, system } = process.cpuUsage(usedBefore)
    const cpuSeconds = Math.round((user + system) / 1e6)
    writeFileSync(partOf(name, part), JSON.stringify({ ...made, durationSeconds, cpuSeconds }, rounded))
  }
  if (name in TABLES) {
    keep(await TABLES[name](shared))
    return
  }
  const runs = await RUNS[name](shared)
  tell('sketched')
  const targets = inMixedOrder(runs.workload.targets).filter((_, t) => t % parts === part)
  let done = 0
  const progress = (target: string, soFar: MadeMatrix) => {
    tell(`${target} (${++done} of ${targets.length})`)
    if (done % KEPT_EVERY === 0) keep(soFar)
  }
  keep(await scoreMatrix({ runs, targets, progress }))
}

/** Mixed, so that a run that is cut short has seen some of everything. */
function inMixedOrder<T>(values: readonly T[]): T[] {
  const random = seededRandom(1)
  const places = values.map(value => ({ value, place: random() }))
  return places.sort((a, b) => a.place - b.place).map(({ value }) => value)
}

/** Joins the parts of a score matrix in the order of the parts, and removes them. */
export function joinParts(name: string, parts: number): void {
  const places = Array.from({ length: parts }, (_, part) => partOf(name, part))
  const made = places.map(place => JSON.parse(readFileSync(place, 'utf8')) as MadeMatrix & Took)
  const targets = made.flatMap(({ matrix }) => matrix.targets)
  const predictions = made.flatMap(one => one.predictions)
  writeFileSync(fileOf(`${name}.predictions`), JSON.stringify(predictions))
  const durationSeconds = made.reduce((sum, one) => sum + one.durationSeconds, 0)
  const cpuSeconds = made.reduce((sum, one) => sum + one.cpuSeconds, 0)
  writeFileSync(fileOf(name), JSON.stringify({ ...made[0].matrix, name, targets, durationSeconds, cpuSeconds }))
  for (const place of places) rmSync(place)
}

function partOf(name: string, part: number): string {
  return fileOf(`${name}.part-${part}`)
}

/** The score matrix that was kept last; undefined where there is none. */
export function keptMatrix(name: string): ScoreMatrix | undefined {
  return existsSync(fileOf(name)) ? (JSON.parse(readFileSync(fileOf(name), 'utf8')) as ScoreMatrix) : undefined
}

/** The predictions kept with it. */
export function keptPredictions(name: string): TargetPredictions[] {
  return JSON.parse(readFileSync(fileOf(`${name}.predictions`), 'utf8')) as TargetPredictions[]
}

function fileOf(name: string): string {
  return join(MATRICES, `${name}.json`)
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(7)) : value
}
