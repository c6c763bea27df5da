// Runs two models on a labelled table without any hub: makes the table ready as a model's card asks, runs one model on
// it, then ranks both by what they say of the rows.
//
//   node examples/rank-models.mjs
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ortEngine, runModel } from 'modelhub/inference'
import { prepareInputs } from 'modelhub/inputs'
import { parseModelCard, parseOnnxGraph } from 'modelhub/model'
import { rankModels } from 'modelhub/rank'

const sensors = fileURLToPath(new URL('../demo/sensors/', import.meta.url))
const scratch = await mkdtemp(join(tmpdir(), 'modelhub-example-'))

async function candidate(id) {
  const folder = join(sensors, id)
  const onnxPath = join(folder, 'model.onnx')
  const card = parseModelCard(await readFile(join(folder, 'README.md'), 'utf8'))
  const bytes = await readFile(onnxPath)
  const graph = parseOnnxGraph(bytes)
  return {
    ...{ name: card.frontMatter.modelhub.name, version: 1, folder, onnxPath, card, sha256: id },
    ...{ embedding: graph.lastDense ?? null, sizeBytes: bytes.length, license: null, sourceAccuracy: null },
  }
}

const engine = ortEngine()
try {
  const models = await Promise.all(['dsads_torso_s1', 'dsads_left_arm_s1'].map(candidate))
  const [{ card, onnxPath }] = models
  const { input, labels } = card.frontMatter.modelhub

  // Sixty rows of the columns that both models read, every one with a label of theirs. They are made up, so neither model
  // does better than chance.
  const columns = input.columns ?? []
  const rows = Array.from({ length: 60 }, (_, row) => [
    ...columns.map((_, column) => Math.sin(row * (column + 1))),
    labels[row % labels.length],
  ])
  const table = join(scratch, 'target.csv')
  await writeFile(table, [[...columns, 'activity'], ...rows].map(row => row.join(',')).join('\n'))

  const inputs = await prepareInputs(table, input, { folder: join(scratch, 'inputs'), label: 'activity' })
  console.log(`${inputs.rows} rows for ${inputs.tensors.map(({ name, shape }) => `${name} (${shape})`).join(', ')}`)
  const run = await runModel({ model: onnxPath, inputs, layers: 'last', folder: join(scratch, 'outputs') })
  if (run.kind === 'failure') throw new Error(run.reason)
  for (const [tensor, { shape }] of run.outputs) console.log(`${tensor}: ${shape.join(' × ')}`)

  const options = { scratch: join(scratch, 'rank'), label: 'activity', by: ['neuralrank'], work: { engine } }
  const { by, ranked, failed } = await rankModels(models, [table], options)
  for (const { candidate, scores } of ranked) {
    console.log(
      `${candidate.name}: ${by[0]} ${scores.get(by[0]).toFixed(4)}, accuracy ${scores.get('accuracy').toFixed(2)}`,
    )
  }
  console.log(`${failed.length} could not be run`)
} finally {
  await engine.close()
  await rm(scratch, { recursive: true, force: true })
}
