import { join } from 'node:path'
import { transferWorkload } from '../image-workloads.ts'
import { rowNumbers } from '../zoo-files.ts'
import { openGreyImages, type GreyImages } from './grey-images.ts'
import { manifestModels } from './manifest.ts'
import { spreadRows, type RunnableWorkload, type RunRows } from './runnable-workload.ts'

/** Data sets by the letter that their models and classes bear. */
const NAMES: Readonly<Record<string, string>> = { M: 'MNIST', F: 'Fashion', C: 'CIFAR10' }

/**
 * The nine plain networks of neuralRank, run on rows of the targets' samples of training rows; calibrated on test rows of
 * their own classes.
 */
export async function transferRuns(shared: string): Promise<RunnableWorkload> {
  const zoo = join(shared, 'zoo/neuralrank')
  const workload = await transferWorkload(shared)
  const ids = new Set(workload.models.map(({ id }) => id))
  const models = manifestModels(zoo)
    .filter(({ id }) => ids.has(id))
    .map(model => ({ ...model, labels: model.labels.map(label => model.id[0] + label) }))
  const splits = new Map<string, { readonly train: GreyImages; readonly test: GreyImages }>()
  for (const [letter, name] of Object.entries(NAMES)) splits.set(name, await openGreyImages(shared, letter))
  return {
    workload,
    truth: 'accuracy of a new last layer',
    runnable: models,
    rowsOf: target => {
      const [name, ...part] = target.split('-')
      const file = part.length === 0 ? `${name}-all` : target
      return greyRows(splits.get(name)!.train, spreadRows(rowNumbers(join(zoo, 'rows', `${file}.npy`))))
    },
    heldOutOf: id => {
      const { test } = splits.get(NAMES[id[0]])!
      const { labels } = models.find(model => model.id === id)!
      return greyRows(test, spreadRows([...test.labels.keys()].filter(row => labels.includes(test.labels[row]))))
    },
  }
}

async function greyRows(images: GreyImages, rows: readonly number[]): Promise<RunRows> {
  const values = await images.valuesOf(rows)
  const labels = rows.map(row => images.labels[row])
  return { rows: rows.length, inputs: { image: { rowShape: [1, 28, 28], values } }, labels }
}
