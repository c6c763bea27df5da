import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { plainBilinear } from '../../src/readers/plain-bilinear.ts'
import { rowsByClass } from '../image-workloads.ts'
import { keepTable } from '../kept-table.ts'
import { denseRows } from './dense-rows.ts'

/** Images as the networks of zoo/neuralrank take them: grey, 28 × 28, in [0, 1]. */
export interface GreyImages {
  /** The data set's letter and the number of the class, shape (images). */
  readonly labels: readonly string[]
  /** Shape (rows, 28, 28). */
  valuesOf(rows: readonly number[]): Promise<Float32Array>
}

const SIDE = 28
const COLOUR_SIDE = 32
const FOLDERS: Readonly<Record<string, string>> = { M: 'mnist', F: 'fashion-mnist', C: 'cifar10' }

/** Both splits of MNIST (M), Fashion-MNIST (F) or CIFAR-10 (C). */
export async function openGreyImages(shared: string, letter: string) {
  const folder = join(shared, 'data', FOLDERS[letter])
  return letter === 'C'
    ? {
        train: await colourImages(join(folder, 'train.tar.gz')),
        test: await colourImages(join(folder, 'test.tar.gz')),
      }
    : { train: digitImages(join(folder, 'train'), letter), test: digitImages(join(folder, 't10k'), letter) }
}

function digitImages(prefix: string, letter: string): GreyImages {
  const images = gunzipSync(readFileSync(`${prefix}-images-idx3-ubyte.gz`)).subarray(16)
  const classes = gunzipSync(readFileSync(`${prefix}-labels-idx1-ubyte.gz`)).subarray(8)
  const area = SIDE * SIDE
  const value = (row: number, i: number) => images[row * area + i] / 255
  return {
    labels: Array.from(classes, label => letter + String(label)),
    valuesOf: rows =>
      Promise.resolve(
        Float32Array.from({ length: rows.length * area }, (_, i) => value(rows[Math.floor(i / area)], i % area)),
      ),
  }
}

/** CIFAR-10 in the order of class folders and files, made grey and small as zoo/neuralrank/README.md has it. */
async function colourImages(path: string): Promise<GreyImages> {
  const table = await keepTable(path, { view: 'pixels' })
  const inOrder = rowsByClass(table)
  const perClass = inOrder.length / 10
  const resize = plainBilinear({ width: COLOUR_SIDE, height: COLOUR_SIDE }, { width: SIDE, height: SIDE }, 3)
  return {
    labels: inOrder.map((_, row) => `C${Math.floor(row / perClass)}`),
    async valuesOf(rows) {
      const pixels = await denseRows(
        table,
        rows.map(row => inOrder[row]),
      )
      const area = COLOUR_SIDE * COLOUR_SIDE * 3
      const values = new Float32Array(rows.length * SIDE * SIDE)
      rows.forEach((_, i) => {
        const bytes = Uint8Array.from(pixels.subarray(i * area, (i + 1) * area), value => Math.round(255 * value))
        values.set(greyOf(resize(bytes)), i * SIDE * SIDE)
      })
      return values
    },
  }
}

/** Luminance in [0, 1] of RGB in [0, 255]; not rounded. */
function greyOf(rgb: ArrayLike<number>): Float32Array {
  const grey = (i: number) => 0.299 * rgb[3 * i] + 0.587 * rgb[3 * i + 1] + 0.114 * rgb[3 * i + 2]
  return Float32Array.from({ length: rgb.length / 3 }, (_, i) => grey(i) / 255)
}
