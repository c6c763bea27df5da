/**
 * Makes demo/sensors from a folder of HAR tables and models: for each model a folder with its card, its ONNX file and
 * the sketch of its training rows; and the measured accuracies.
 *
 *   tsx scripts/make-sensor-zoo.ts SHARED demo/sensors [prefix]
 */
import { DuckDBInstance } from '@duckdb/node-api'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sketchData } from '../src/hub/index.ts'
import { renderCard } from '../src/model/index.ts'

interface ZooModel {
  id: string
  file: string
  data_set: string
  body_part: string
  subject: string
  architecture: string
  training: { rows: number }
  labels: string[]
  source_accuracy: number
}

const [shared, target, prefix = 'dsads'] = process.argv.slice(2)
const zoo = JSON.parse(readFileSync(join(shared, 'zoo/har/zoo.json'), 'utf8')) as ZooModel[]
const { label_map: labelMap } = JSON.parse(readFileSync(join(shared, 'zoo/har/splits.json'), 'utf8')) as {
  label_map: Record<string, string>
}
const models = zoo.filter(({ data_set }) => data_set.startsWith(prefix))
const scratch = mkdtempSync(join(tmpdir(), 'sensor-zoo-'))
const connection = await (await DuckDBInstance.create()).connect()
const kept = Object.keys(labelMap)
  .map(label => `'${label}'`)
  .join(', ')
const features: string[] = []

for (const { id, file, data_set, body_part, subject, architecture, training, labels, source_accuracy } of models) {
  const table = join(shared, 'data/har', `${id}.parquet`)
  const rows = join(scratch, `${id}.parquet`)
  await connection.run(`copy (select * exclude (segment, label) from '${table}' where label in (${kept})) to '${rows}'`)
  if (features.length === 0) {
    const described = await connection.runAndReadAll(`describe select * from '${rows}'`)
    features.push(...described.getRows().map(([name]) => String(name)))
  }
  const folder = join(target, id)
  mkdirSync(folder, { recursive: true })
  copyFileSync(join(shared, 'zoo/har', file), join(folder, 'model.onnx'))
  const card = renderCard(
    {
      license: 'cc-by-4.0',
      pipeline_tag: 'tabular-classification',
      tags: ['activity-recognition', data_set, body_part],
      datasets: [data_set],
      'model-index': [
        {
          name: id,
          results: [
            {
              task: { type: 'tabular-classification' },
              dataset: { type: data_set, name: `${data_set}, ${body_part}, subject ${subject}, held-out segments` },
              metrics: [{ type: 'accuracy', value: source_accuracy }],
            },
          ],
        },
      ],
      modelhub: {
        name: `${data_set}/${body_part}_${subject}`,
        input: {
          kind: 'table',
          tensors: [{ name: 'features', shape: ['N', features.length], type: 'float32' }],
          columns: features,
          normalisation: { kind: 'min-max-of-batch' },
        },
        output: { name: 'logits', kind: 'logits' },
        labels,
        embedding: 'dense',
      },
    },
    `# ${id}\n\nActivity recognition from a sensor on one ${body_part.replace('_', ' ')}: ${architecture}, trained on ${training.rows} windows of one person.\n`,
  )
  writeFileSync(join(folder, 'README.md'), card)
  const { bytes } = await sketchData([rows])
  writeFileSync(join(folder, 'train.sketch.parquet'), bytes)
  process.stderr.write(`${id}: ${bytes.length} bytes of sketch\n`)
}
rmSync(scratch, { recursive: true })

const ids = new Set(models.map(({ id }) => id))
const truth = readFileSync(join(shared, 'zoo/har/truth.csv'), 'utf8').trim().split('\n')
const wanted = truth.slice(1).filter(line => {
  const [model, to, metric] = line.split(',')
  return metric === 'serving_accuracy' && ids.has(model) && ids.has(to)
})
writeFileSync(join(target, 'truth.csv'), [truth[0], ...wanted, ''].join('\n'))
writeFileSync(join(target, 'zoo.yaml'), `models:\n${models.map(({ id }) => `  - dir: ${id}\n`).join('')}`)
