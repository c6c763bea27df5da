import { join } from 'node:path'
import { keepTable, type KeptTable } from '../kept-table.ts'
import { rowsByClass, skewWorkloads } from '../image-workloads.ts'
import { rowNumbers } from '../zoo-files.ts'
import { denseRows } from './dense-rows.ts'
import { manifestModels } from './manifest.ts'
import { spreadRows, type RunnableWorkload, type RunRows } from './runnable-workload.ts'

const SIDE = 32

/** Both workloads, once a process: their sketches are the same and take minutes. */
let sketched: ReturnType<typeof skewWorkloads> | undefined

/** Skewed CIFAR-10: on rows of the other groups, or only on rows that nobody was trained on. */
export async function skewRuns(shared: string, scope: 'all' | 'unseen'): Promise<RunnableWorkload> {
  const zoo = join(shared, 'zoo/cifar-skew')
  const workloads = await (sketched ??= skewWorkloads(shared))
  const train = await keepTable(join(shared, 'data/cifar10/train.tar.gz'), { view: 'pixels' })
  const test = await keepTable(join(shared, 'data/cifar10/test.tar.gz'), { view: 'pixels' })
  const inOrder = rowsByClass(train)
  const group = (name: string) => rowNumbers(join(zoo, 'groups', `${name}.npy`)).map(row => inOrder[row])
  return {
    workload: workloads[scope === 'all' ? 0 : 1],
    truth: 'accuracy',
    runnable: manifestModels(zoo),
    rowsOf: target =>
      target === 'cifar10-test'
        ? colourRows(test, spreadRows(Array.from(test.labels.keys())))
        : colourRows(train, spreadRows(group(target))),
    heldOutOf: model => colourRows(train, group(`${model}.heldout`)),
  }
}

/** Images as (3, 32, 32) in [0, 1]. */
async function colourRows(table: KeptTable, rows: readonly number[]): Promise<RunRows> {
  const pixels = await denseRows(table, rows)
  const values = new Float32Array(pixels.length)
  const area = SIDE * SIDE
  for (let i = 0; i < pixels.length; i++) {
    const at = i % (area * 3)
    values[i - at + (at % 3) * area + Math.floor(at / 3)] = pixels[i]
  }
  return {
    rows: rows.length,
    inputs: { image: { rowShape: [3, SIDE, SIDE], values } },
    labels: rows.map(row => table.labels[row]!),
  }
}
