import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { KeptTable } from '../kept-table.ts'
import { keepTable } from '../kept-table.ts'
import { rowsByClass, skewWorkloads, transferWorkload } from '../image-workloads.ts'
import { rowNumbers } from '../zoo-files.ts'
import { denseRows } from './dense-rows.ts'
import { manifestModels } from './manifest.ts'
import { spreadRows, type RunnableWorkload, type RunRows } from './runnable-workload.ts'

const SIDE = 32
const GREY_SIDE = 28

/** Skewed CIFAR-10: on rows of the other groups, or only on rows that nobody was trained on. */
export async function skewRuns(shared: string, scope: 'all' | 'unseen'): Promise<RunnableWorkload> {
  const zoo = join(shared, 'zoo/cifar-skew')
  const workloads = await skewWorkloads(shared)
  const train = await keepTable(join(shared, 'data/cifar10/train.tar.gz'), { view: 'pixels' })
  const test = await keepTable(join(shared, 'data/cifar10/test.tar.gz'), { view: 'pixels' })
  const group = (name: string) => rowNumbers(join(zoo, 'groups', `${name}.npy`)).map(row => rowsByClass(train)[row])
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

const LETTERS: Readonly<Record<string, string>> = { MNIST: 'M', Fashion: 'F', CIFAR10: 'C' }

/** The nine plain networks of neuralRank on sampled training rows of the targets. Classes bear their data set's letter. */
export async function transferRuns(shared: string): Promise<RunnableWorkload> {
  const zoo = join(shared, 'zoo/neuralrank')
  const workload = await transferWorkload(shared)
  const ids = new Set(workload.models.map(({ id }) => id))
  const colours = await keepTable(join(shared, 'data/cifar10/train.tar.gz'), { view: 'pixels' })
  const inOrder = rowsByClass(colours)
  return {
    workload,
    truth: 'accuracy of a new last layer',
    runnable: manifestModels(zoo)
      .filter(({ id }) => ids.has(id))
      .map(model => ({ ...model, labels: model.labels.map(label => model.id[0] + label) })),
    rowsOf: async target => {
      const [name, ...part] = target.split('-')
      const file = part.length === 0 ? `${name}-all` : target
      const rows = spreadRows(rowNumbers(join(zoo, 'rows', `${file}.npy`)))
      if (name !== 'CIFAR10')
        return digitRows(join(shared, 'data', name === 'MNIST' ? 'mnist' : 'fashion-mnist'), rows, LETTERS[name])
      const chosen = rows.map(row => inOrder[row])
      const values = greyImages(await denseRows(colours, chosen))
      return greyRows(
        values,
        rows.map(row => `C${Math.floor(row / 5000)}`),
      )
    },
    heldOutOf: () => Promise.resolve(undefined), // their classes are others than the targets'
  }
}

function greyRows(values: Float32Array, labels: readonly string[]): RunRows {
  return { rows: labels.length, inputs: { image: { rowShape: [1, GREY_SIDE, GREY_SIDE], values } }, labels }
}

function digitRows(folder: string, rows: readonly number[], letter: string): RunRows {
  const images = gunzipSync(readFileSync(join(folder, 'train-images-idx3-ubyte.gz'))).subarray(16)
  const labels = gunzipSync(readFileSync(join(folder, 'train-labels-idx1-ubyte.gz'))).subarray(8)
  const area = GREY_SIDE * GREY_SIDE
  const values = Float32Array.from(
    { length: rows.length * area },
    (_, i) => images[rows[Math.floor(i / area)] * area + (i % area)] / 255,
  )
  return greyRows(
    values,
    rows.map(row => letter + String(labels[row])),
  )
}

/** Colour images, (rows, 32, 32, 3), in grey and 28 × 28 as zoo/neuralrank/README.md has it. */
function greyImages(pixels: Float32Array): Float32Array {
  const area = SIDE * SIDE
  const grey = Float32Array.from(
    { length: pixels.length / 3 },
    (_, i) => 0.299 * pixels[3 * i] + 0.587 * pixels[3 * i + 1] + 0.114 * pixels[3 * i + 2],
  )
  const places = Array.from({ length: GREY_SIDE }, (_, i) => {
    const at = Math.min(SIDE - 1, Math.max(0, ((i + 0.5) * SIDE) / GREY_SIDE - 0.5))
    const low = Math.min(SIDE - 2, Math.floor(at))
    return { low, share: at - low }
  })
  const images = grey.length / area
  const values = new Float32Array(images * GREY_SIDE * GREY_SIDE)
  for (let image = 0; image < images; image++) {
    const value = (row: number, column: number) => grey[image * area + row * SIDE + column]
    places.forEach((y, row) => {
      places.forEach((x, column) => {
        const across = (r: number) => value(r, x.low) * (1 - x.share) + value(r, x.low + 1) * x.share
        values[(image * GREY_SIDE + row) * GREY_SIDE + column] =
          across(y.low) * (1 - y.share) + across(y.low + 1) * y.share
      })
    })
  }
  return values
}
