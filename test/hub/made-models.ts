import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../src/common/random.ts'
import { parseModelCard, renderCard, type FrontMatter } from '../../src/model/index.ts'
import { makeSketch } from '../../src/sketch/make-sketch.ts'
import type { Sketch } from '../../src/sketch/sketch.ts'
import type { SketchOptions } from '../../src/sketch/sketch-options.ts'
import { writeSketch } from '../../src/sketch/write-sketch.ts'
import type { LoadedSketch } from '../../src/hub/index.ts'
import { SENSORS } from './sensor-hub-folders.ts'
import { columnSource } from '../columns.ts'
import golden from '../golden/onnx-graphs.json' with { type: 'json' }
import { frontMatter } from '../model/cards.ts'

export { SENSORS }

/** The bytes of a golden ONNX model: 5 inputs and 3 labels, unless its name says otherwise. */
export const onnxBytes = (name = 'gemm') => Buffer.from(golden.cases.find(one => one.name === name)!.model, 'base64')

/** A table of `rows` rows: each column is spread evenly over one unit from its own start. */
export function uniformColumns(
  starts: Readonly<Record<string, number>>,
  { rows = 400, seed = 1 } = {},
): Record<string, Float64Array> {
  const random = seededRandom(seed)
  return Object.fromEntries(
    Object.entries(starts).map(([name, start]) => [name, Float64Array.from({ length: rows }, () => start + random())]),
  )
}

/** The same as CSV. */
export function csvOf(columns: Readonly<Record<string, ArrayLike<number | string>>>): string {
  const names = Object.keys(columns)
  const rows = Array.from({ length: columns[names[0]].length }, (_, i) => names.map(name => columns[name][i]).join())
  return [names.join(), ...rows, ''].join('\n')
}

export const sketchColumns = (columns: Readonly<Record<string, Float64Array>>, options: SketchOptions = {}) =>
  makeSketch(columnSource(columns), options)

/** A sketch as a search takes it. */
export const asTarget = (sketch: Sketch): LoadedSketch => ({
  source: 'made in a test',
  sketch,
  bytes: writeSketch(sketch),
  sha256: '0'.repeat(64),
  warnings: [],
})

export interface MadeModel {
  readonly name: string
  /** None: no sketch file. */
  readonly sketch?: Sketch
  readonly onnx?: Uint8Array
  readonly card?: Partial<FrontMatter>
  readonly modelhub?: Partial<FrontMatter['modelhub']>
}

/** Writes a model's folder below `within`, and gives its path. */
export function makeModelFolder(within: string, { name, sketch, onnx, card, modelhub }: MadeModel): string {
  const folder = join(within, name.replace('/', '_'))
  mkdirSync(folder, { recursive: true })
  const front = { ...frontMatter, ...card, modelhub: { ...frontMatter.modelhub, name, ...modelhub } }
  writeFileSync(join(folder, 'README.md'), renderCard(front, `# ${name}\n`))
  writeFileSync(join(folder, 'model.onnx'), onnx ?? onnxBytes())
  if (sketch) writeFileSync(join(folder, 'train.sketch.parquet'), writeSketch(sketch))
  return folder
}

/** A copy of a sensor model's folder that may be changed. */
export function copySensor(within: string, id: string): string {
  const folder = join(within, id)
  cpSync(join(SENSORS, id), folder, { recursive: true })
  return folder
}

/** Changes the front matter of a folder's card. */
export function changeCard(folder: string, change: (front: FrontMatter) => FrontMatter): void {
  const path = join(folder, 'README.md')
  const { frontMatter: front, body } = parseModelCard(readFileSync(path, 'utf8'))
  writeFileSync(path, renderCard(change(front), body))
}
