// Makes the model folders of what the recipe has trained: card, model and the sketch of the shifted training digits.
//
//   node demo/digits/make-zoo.mjs OUT
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sketchData } from '../../dist/index.js'
import { renderCard } from '../../dist/model/index.js'
import { MODELS } from './plan.mjs'

const [out] = process.argv.slice(2)
const zoo = fileURLToPath(new URL('.', import.meta.url))
const stated = JSON.parse(await readFile(join(out, 'stated.json'), 'utf8'))

function frontMatter(name, { about, classes }) {
  const task = { type: 'image-classification' }
  const dataset = { type: 'mnist', name: `MNIST, training digits not trained on: ${about}` }
  return {
    license: 'apache-2.0',
    pipeline_tag: task.type,
    tags: ['digits', name],
    datasets: ['mnist'],
    'model-index': [{ name, results: [{ task, dataset, metrics: [{ type: 'accuracy', value: stated[name] }] }] }],
    modelhub: {
      name: `digits/${name}`,
      input: {
        kind: 'image',
        tensors: [{ name: 'image', shape: ['N', 1, 28, 28], type: 'float32' }],
        normalisation: { kind: 'scale', factor: 1 / 255 },
      },
      output: { name: 'logits', kind: 'logits' },
      labels: classes.map(String),
      view: { name: 'descriptor' },
      embedding: 'embedding',
    },
  }
}

const body = (name, { about, classes }) => `# ${name}

Recognises a handwritten digit (${classes[0]} to ${classes.at(-1)}), grey, 28 × 28 pixels. Trained on 12,000 digits of MNIST (LeCun, Cortes
and Burges 1998): ${about}. Two convolutions of 5 × 5 with 16 and 32 channels, each with a maximum over 2 × 2, a layer
of 64, the scores. Weights of 16 bits.
`

for (const [name, plan] of Object.entries(MODELS)) {
  const folder = join(zoo, 'models', name)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'README.md'), renderCard(frontMatter(name, plan), body(name, plan)))
  await copyFile(join(out, 'models', `${name}.onnx`), join(folder, 'model.onnx'))
  const { bytes } = await sketchData([join(out, 'train', `${name}-images-idx3-ubyte`)])
  await writeFile(join(folder, 'train.sketch.parquet'), bytes)
  console.log(`${name}: ${bytes.length} bytes of sketch`)
}
await copyFile(join(out, 'truth.csv'), join(zoo, 'truth.csv'))
const list = Object.keys(MODELS).map(name => `  - dir: models/${name}\n`)
await writeFile(join(zoo, 'zoo.yaml'), `models:\n${list.join('')}`)
