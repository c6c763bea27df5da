import { readdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../../src/common/random.ts'
import type { Sketch } from '../../src/sketch/sketch.ts'
import { keepTable, sketchPair } from '../kept-table.ts'
import { writeKeptRows } from '../sensor-zoo.ts'
import type { SketchPair } from '../workload.ts'
import { MOST_ROWS, spreadRows, type RunnableWorkload, type RunRows, type ZooModel } from './runnable-workload.ts'
import { keptSensorRows, scaled, sensorSplits, type ScaledRows, type SensorRows } from './sensor-rows.ts'
import { trainPerceptron } from './train-perceptron.ts'

/** A body part of a data set: the merged tables of all its persons, and the model trained on them here. */
interface BodyPart {
  readonly id: string
  readonly rows: ScaledRows
  readonly classes: readonly string[]
  readonly model: ZooModel
  readonly sketches: SketchPair
}

const BYTES_PER_WEIGHT = 4

/** The 2020 paper's form of activity recognition: nine body parts of two data sets, a model each. */
export async function bodyPartRuns(shared: string): Promise<RunnableWorkload> {
  const parts = await bodyParts(shared)
  const of = new Map(parts.map(part => [part.id, part]))
  const serving = new Map<string, Map<string, number>>()
  for (const { id, model, classes } of parts) {
    const row = new Map<string, number>()
    for (const target of parts) {
      row.set(target.id, await accuracy(model, classes, target.id === id ? target.rows.heldOut : target.rows.all))
    }
    serving.set(id, row)
  }
  const about =
    'merged tables of a body part, a model each, trained here; accuracy on the other parts, classes that a model does ' +
    'not know counted wrong; the persons of a data set are the same in all its parts'
  return {
    workload: {
      ...{ name: 'har-parts', about },
      models: parts.map(({ id, sketches, classes }) => ({
        ...{ id, sketches, sourceAccuracy: serving.get(id)!.get(id)!, serving: serving.get(id)! },
        sizeBytes: BYTES_PER_WEIGHT * ((81 + 1) * 128 + (128 + 1) * classes.length),
      })),
      targets: parts.map(({ id, sketches }) => ({ id, sketches })),
      isOwn: (model, target) => model === target,
    },
    truth: 'accuracy × coverage of classes',
    runnable: parts.map(({ id, classes, rows, model }) => ({
      ...{ id, labels: classes, trainingRows: rows.trained.rows },
      open: () => Promise.resolve(model),
    })),
    rowsOf: target => Promise.resolve(sampleOf(of.get(target)!.rows.all)),
    heldOutOf: model => Promise.resolve(of.get(model)!.rows.heldOut),
    kinship: (model, target) => ({ sameData: model.split('_')[0] === target.split('_')[0] }),
  }
}

async function bodyParts(shared: string): Promise<BodyPart[]> {
  const ids = readdirSync(join(shared, 'data/har')).map(file => file.replace('.parquet', ''))
  const names = [...new Set(ids.map(id => id.slice(0, id.lastIndexOf('_'))))].sort()
  const splits = sensorSplits(shared)
  const folder = mkdtempSync(join(tmpdir(), 'bench-body-parts-'))
  const parts: BodyPart[] = []
  let reference: Sketch | undefined
  try {
    for (const name of names) {
      const tables = new Map<string, SensorRows>()
      for (const id of ids.filter(one => one.startsWith(`${name}_`)).sort()) {
        const rows = await keptSensorRows(shared, id, splits)
        if (rows.labels.length > 0) tables.set(id, rows)
      }
      const rows = scaled([...tables.values()])
      const classes = [...new Set(rows.trained.labels)].sort()
      await writeKeptRows(shared, [...tables.keys()], { folder })
      const table = await keepTable([...tables.keys()].map(id => join(folder, `${id}.parquet`)))
      const all = Array.from({ length: table.rows }, (_, row) => row)
      reference ??= (await sketchPair(table, all)).default
      const sketches = await sketchPair(table, all, reference)
      const model = trainPerceptron(rows.trained, classes, seededRandom(parts.length))
      parts.push({ id: name, rows, classes, model, sketches })
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return parts
}

async function accuracy(model: ZooModel, classes: readonly string[], rows: RunRows): Promise<number> {
  const { logits } = await model.answer(rows)
  const right = rows.labels.filter((label, row) => {
    const scores = logits.values.subarray(row * logits.classes, (row + 1) * logits.classes)
    return classes[scores.indexOf(Math.max(...scores))] === label
  })
  return right.length / rows.rows
}

/** At most 2,000 rows, evenly spread. */
function sampleOf({ rows, inputs, labels }: RunRows): RunRows {
  const chosen = spreadRows(
    Array.from({ length: rows }, (_, row) => row),
    MOST_ROWS,
  )
  const { rowShape, values } = inputs.features
  const [width] = rowShape
  const kept = new Float32Array(chosen.length * width)
  chosen.forEach((row, i) => kept.set(values.subarray(row * width, (row + 1) * width), i * width))
  return {
    rows: chosen.length,
    inputs: { features: { rowShape, values: kept } },
    labels: chosen.map(row => labels[row]),
  }
}
