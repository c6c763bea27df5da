/**
 * The experiments of the neuralRank paper, on its zoo trained anew: Tables 2 to 6, Figure 2, and how well each score ranks
 * the models by the accuracy that they have once their last layer is retrained for the target.
 *
 *   npm run bench:neuralrank
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ortEngine } from '../src/inference/index.ts'
import { neuralrankReport, type Experiments } from './neuralrank-report.ts'
import { LAYERS, prepareDigits, runZooModel, type Digits, type ZooAnswers, type ZooModel } from './neuralrank-runs.ts'
import { scoresOn, silhouettesOf, targetOf, type Silhouettes } from './neuralrank-scores.ts'
import { recordResult } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'

/** Rows of each dataset: the whole test split, which the truth is measured on. */
const ROWS = 10_000
/** Of these, stratified, Table 2: the first layers are of up to 25,088 numbers a row. */
const LAYER_ROWS = 3_000
/** The other scores are of so many rows of a target, evenly spread: some take seconds a model. */
const SCORED_ROWS = 1_000
const DIMENSIONS = [1, 2, 3, 5, 10, 20, 50, 100, 200] as const
const PARTS = [
  [0, 4],
  [5, 9],
  [0, 9],
] as const

const startedAt = performance.now()
const shared = sharedFolder()
const scratch = mkdtempSync(join(tmpdir(), 'bench-neuralrank-'))
const engine = ortEngine()
const work = { engine }

try {
  const models = zooModels()
  const found = experiments(models)
  for (const [name, place] of [
    ['MNIST', 'data/mnist/t10k-images-idx3-ubyte.gz'],
    ['Fashion', 'data/fashion-mnist/t10k-images-idx3-ubyte.gz'],
    ['CIFAR10', 'data/cifar10/test.tar.gz'],
  ] as const) {
    const digits = await prepareDigits(name, join(shared, place), { folder: join(scratch, name), rows: ROWS })
    process.stderr.write(`${name}: ${digits.prepared.rows} rows\n`)
    await onDataset(digits, models, found)
    rmSync(join(scratch, name), { recursive: true })
    if (name === 'MNIST') await byLayer(join(shared, place), models, found)
  }
  const { bars, markdown } = neuralrankReport(found)
  recordResult({
    name: 'neuralrank',
    question: 'What of the neuralRank paper reproduces on its zoo trained anew?',
    command: 'npm run bench:neuralrank',
    ...{ startedAt, bars, markdown, figures: plain(found) },
  })
} finally {
  await engine.close()
  rmSync(scratch, { recursive: true })
}

/** Table 2: every layer of the nine models. */
async function byLayer(place: string, models: readonly ZooModel[], into: Experiments): Promise<void> {
  const digits = await prepareDigits('MNIST', place, { folder: join(scratch, 'layers'), rows: LAYER_ROWS })
  const target = targetOf(digits, PARTS[0])
  into.byLayer.set('L0', [(await silhouettesOf(digits.pixels, target, work)).mean])
  for (const model of models.filter(({ id }) => !id.includes('-'))) {
    const answers = await runZooModel(model, digits, { folder: join(scratch, model.id), layers: LAYERS })
    const scores: number[] = []
    for (const layer of answers.layers.values()) scores.push((await silhouettesOf(layer, target, work)).mean)
    into.byLayer.set(model.id, scores)
    process.stderr.write(`layers of ${model.id}\n`)
  }
}

/** All models on all targets of one dataset. */
async function onDataset(digits: Digits, models: readonly ZooModel[], into: Experiments): Promise<void> {
  const zoo: ZooAnswers[] = []
  const first = targetOf(digits, PARTS[0])
  for (const model of models) {
    const place = { folder: join(scratch, `${digits.name}-${model.id}`), layers: ['dense'] }
    zoo.push({ ...(await runZooModel(model, digits, place)), layers: new Map() })
    process.stderr.write(`${digits.name} ${model.id}\n`)
  }
  const prefix = digits.name
  for (const part of PARTS) {
    const target = targetOf(digits, part)
    const silhouettes: Silhouettes[] = []
    for (const { embeddings } of zoo) silhouettes.push(await silhouettesOf(embeddings!, target, work))
    const labelOf = (row: number) => `${prefix} ${digits.classOf[row]}`
    const others = await scoresOn(zoo, target, { work, rows: SCORED_ROWS, labelOf })
    into.targets.set(target.id, { silhouettes, others })
    process.stderr.write(`${target.id}: scored\n`)
  }
  if (digits.name === 'Fashion') {
    for (const id of ['F04', 'F10', 'C10', 'C04', 'C59']) {
      const { embeddings } = zoo.find(({ model }) => model.id === id)!
      const scores: number[] = []
      for (const d of DIMENSIONS) scores.push((await silhouettesOf(embeddings!, first, work, d)).mean)
      into.byDimensions.set(id, scores)
    }
  }
}

function experiments(models: readonly ZooModel[]): Experiments {
  const lines = readFileSync(join(shared, 'zoo/neuralrank/truth.csv'), 'utf8').trim().split('\n')
  const truth = new Map(lines.map(line => [line.slice(0, line.lastIndexOf(',')), Number(line.split(',').at(-1))]))
  const tables = JSON.parse(readFileSync(join(shared, 'papers/tables.json'), 'utf8')) as Pick<Experiments, 'neuralrank'>
  return {
    ...{
      models,
      dimensions: DIMENSIONS,
      layerRows: LAYER_ROWS,
      scoredRows: SCORED_ROWS,
      neuralrank: tables.neuralrank,
    },
    truthOf: (model, target) => truth.get(`${model},${target},transfer_accuracy`)!,
    ...{ byLayer: new Map(), byDimensions: new Map(), targets: new Map() },
  }
}

function zooModels(): ZooModel[] {
  interface Entry {
    readonly id: string
    readonly file: string
    readonly labels: readonly number[]
    readonly source_accuracy: number
    readonly parameters: number
    readonly training: { readonly dataset: string }
  }
  const folder = join(shared, 'zoo/neuralrank')
  const entries = JSON.parse(readFileSync(join(folder, 'zoo.json'), 'utf8')) as Entry[]
  return entries.map(({ id, file, labels, source_accuracy: sourceAccuracy, parameters, training }) => ({
    ...{ id, sourceAccuracy, parameters },
    file: join(folder, file),
    labels: labels.map(label => `${training.dataset} ${label}`),
  }))
}

function plain({ models, byLayer, byDimensions, targets, truthOf }: Experiments): object {
  return {
    models: models.map(({ id }) => id),
    byLayer: Object.fromEntries(byLayer),
    byDimensions: Object.fromEntries(byDimensions),
    targets: Object.fromEntries(
      [...targets].map(([id, { silhouettes, others }]) => [
        id,
        { truth: models.map(model => truthOf(model.id, id)), silhouettes, others: Object.fromEntries(others) },
      ]),
    ),
  }
}
