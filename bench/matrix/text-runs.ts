import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openNpy } from '../../src/tensors/open-npy.ts'
import { keepTable } from '../kept-table.ts'
import { entityWorkloads, textWorkloads } from '../text-workloads.ts'
import { denseRows } from './dense-rows.ts'
import { manifestModels } from './manifest.ts'
import { spreadRows, type RunnableWorkload, type RunRows } from './runnable-workload.ts'

/** Stored embeddings are whole numbers: value = stored / 400. */
const EMBEDDING_SCALE = 400

/** Sources of text, and pairs of sentences: heads over stored embeddings, run on the test rows. */
export async function embeddingRuns(
  shared: string,
  name: 'text-sentiment' | 'sentence-pairs',
): Promise<RunnableWorkload> {
  const zoo = join(shared, 'zoo', name)
  const runnable = manifestModels(zoo)
  const { labels } = runnable[0]
  const rowsOf = (set: string) => embeddingRows(join(zoo, 'embeddings', set), labels)
  return {
    workload: (await textWorkloads(shared, name))[0],
    truth: 'accuracy',
    runnable,
    rowsOf,
    heldOutOf: rowsOf, // a head was trained on none of the test rows
  }
}

async function embeddingRows(path: string, names: readonly string[]): Promise<RunRows> {
  const lines = readFileSync(`${path}.csv`, 'utf8').trim().split('\n').slice(1)
  const cells = lines.map(line => line.split(','))
  const chosen = Array.from(cells.keys()).filter(i => cells[i][2] === 'test')
  const file = await openNpy(`${path}.npy`)
  const stored = (await file.rows(0, cells.length)) as Int8Array
  await file.close()
  const width = 384
  const parts = stored.length / cells.length / width
  const input = (part: number) => ({
    rowShape: [width],
    values: Float32Array.from(
      { length: chosen.length * width },
      (_, i) => stored[(chosen[Math.floor(i / width)] * parts + part) * width + (i % width)] / EMBEDDING_SCALE,
    ),
  })
  return {
    rows: chosen.length,
    inputs: parts === 1 ? { u: input(0) } : { u: input(0), v: input(1) },
    labels: chosen.map(i => names[Number(cells[i][1])]),
  }
}

/** Entity matching: matchers over features that do not depend on the schema; run on test rows, calibrated on valid ones. */
export async function entityRuns(shared: string, view: 'records' | 'attributes'): Promise<RunnableWorkload> {
  const zoo = join(shared, 'zoo/entity-matching')
  const runnable = manifestModels(zoo)
  const [workload] = await entityWorkloads(shared, view)
  const { labels } = runnable[0]
  return {
    workload,
    truth: 'F1 of the class match',
    runnable,
    rowsOf: task => matchRows(join(zoo, 'features', `${task}.parquet`), 'test', labels),
    heldOutOf: task => matchRows(join(zoo, 'features', `${task}.parquet`), 'valid', labels),
  }
}

async function matchRows(path: string, split: string, names: readonly string[]): Promise<RunRows> {
  const { labels: splits } = await keepTable(path, { label: 'split' })
  const table = await keepTable(path, { label: 'label', exclude: ['split'] })
  const chosen = spreadRows(Array.from(splits.keys()).filter(row => splits[row] === split))
  return {
    rows: chosen.length,
    inputs: { features: { rowShape: [table.features.length], values: await denseRows(table, chosen) } },
    labels: chosen.map(row => names[Number(table.labels[row])]),
  }
}
