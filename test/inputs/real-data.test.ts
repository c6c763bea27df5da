import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { InferenceSession as Session } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { onnxRuntime } from '../../src/inference/onnx-runtime.ts'
import { prepareInputs, type PrepareOptions, type PreparedDataset } from '../../src/inputs/index.ts'
import type { InputSignature } from '../../src/model/index.ts'
import { NpyWriter, openNpy } from '../../src/tensors/index.ts'
import { isImageName } from '../../src/readers/media-entry.ts'
import { tarEntries } from '../../src/readers/tar-entries.ts'
import { golden } from '../golden-file.ts'
import { madeFiles } from '../readers/made-files.ts'
import { hasShared, sharedPath } from '../shared.ts'

const files = madeFiles()
const needsShared = it.skipIf(!hasShared)
const BATCH = 500

interface ZooEntry {
  readonly id: string
  readonly file: string
  readonly labels: readonly string[]
}

const zooEntry = (zoo: string, id: string) =>
  (JSON.parse(readFileSync(sharedPath('zoo', zoo, 'zoo.json'), 'utf8')) as ZooEntry[]).find(entry => entry.id === id)!

/** A line of a zoo's truth.csv. */
function truth(zoo: string, model: string, target: string, metric: string): number {
  const lines = readFileSync(sharedPath('zoo', zoo, 'truth.csv'), 'utf8').split('\n')
  return Number(
    lines
      .find(line => line.startsWith(`${model},${target},${metric},`))!
      .split(',')
      .at(-1),
  )
}

/** Outputs `logits` of a model on all prepared rows, row by row. */
async function logitsOf(model: string, prepared: PreparedDataset): Promise<number[][]> {
  const { InferenceSession, Tensor } = await onnxRuntime()
  const session: Session = await InferenceSession.create(model)
  const npys = await Promise.all(prepared.tensors.map(({ file }) => openNpy(join(prepared.folder, file))))
  const logits: number[][] = []
  for (let from = 0; from < prepared.rows; from += BATCH) {
    const to = Math.min(prepared.rows, from + BATCH)
    const feeds: Record<string, InstanceType<typeof Tensor>> = {}
    for (const [i, { name, shape }] of prepared.tensors.entries()) {
      feeds[name] = new Tensor((await npys[i].rows(from, to)) as Float32Array, [to - from, ...shape.slice(1)])
    }
    const { data, dims } = (await session.run(feeds, ['logits'])).logits
    for (let row = 0; row < to - from; row++) {
      logits.push([...(data as Float32Array).subarray(row * dims[1], (row + 1) * dims[1])])
    }
  }
  await Promise.all(npys.map(npy => npy.close()))
  await session.release()
  return logits
}

const predicted = (logits: readonly number[]) => logits.indexOf(Math.max(...logits))

/** Share of the rows whose label the model knows that it labels so. */
function accuracyOf(
  logits: readonly (readonly number[])[],
  labels: PreparedDataset['labels'],
  names: readonly string[],
) {
  const known = logits.flatMap((row, i) => (names.includes(labels![i]!) ? [[names[predicted(row)], labels![i]]] : []))
  return known.filter(([is, should]) => is === should).length / known.length
}

const all = (name: string): Pick<PrepareOptions, 'folder' | 'sample'> => ({ folder: files.path(name), sample: 'all' })

describe('zoo/har', () => {
  /** A table's rows of the shared activities, as its README keeps them, with the shared labels. */
  async function keptRows(table: string): Promise<string> {
    const { label_map: map } = JSON.parse(readFileSync(sharedPath('zoo', 'har', 'splits.json'), 'utf8')) as {
      label_map: Record<string, string>
    }
    const cases = Object.entries(map).map(([native, shared]) => `WHEN '${native}' THEN '${shared}'`)
    const from = `read_parquet('${sharedPath('data', 'har', `${table}.parquet`)}')`
    const shared = `CASE label ${cases.join(' ')} END`
    return files.copy(
      `${table}.parquet`,
      `SELECT * REPLACE (${shared} AS label) FROM ${from} WHERE ${shared} IS NOT NULL`,
      '(FORMAT parquet)',
    )
  }

  needsShared.each([
    ['dsads_left_arm_s1', 'dsads_left_arm_s2'],
    ['dsads_torso_s3', 'dsads_right_leg_s8'],
    ['umafall_ankle_s02', 'dsads_left_arm_s4'],
  ])('needs ../shared: %s serves %s as well as truth.csv says', async (model, target) => {
    const { openTable } = await import('../../src/readers/index.ts')
    const path = await keptRows(target)
    const table = await openTable(path, { label: 'label' })
    const columns = table.features.filter(({ type }) => type === 'numeric').map(({ name }) => name)
    table.close()
    const features = columns.filter(name => name !== 'segment')
    const signature: InputSignature = {
      kind: 'table',
      tensors: [{ name: 'features', shape: ['N', 81], type: 'float32' }],
      columns: features,
      normalisation: { kind: 'min-max-of-batch' },
    }
    const prepared = await prepareInputs(path, signature, { ...all(`${model}-${target}`), label: 'label' })
    const { file, labels } = zooEntry('har', model)
    const logits = await logitsOf(sharedPath('zoo', 'har', file), prepared)
    const accuracy = accuracyOf(logits, prepared.labels, labels)
    expect(accuracy.toFixed(5)).toBe(truth('har', model, target, 'serving_accuracy').toFixed(5))
  })
})

describe('zoo/entity-matching', () => {
  const columns = JSON.parse(
    hasShared
      ? readFileSync(sharedPath('zoo', 'entity-matching', 'zoo.json'), 'utf8')
      : '[{"input":{"columns":["a"]}}]',
  ) as { input: { columns: string[] } }[]

  needsShared.each([
    ['abt_buy', 'beer'],
    ['amazon_google', 'walmart_amazon'],
  ])('needs ../shared: the matcher of %s serves %s as well as truth.csv says', async (model, target) => {
    const signature: InputSignature = {
      kind: 'table',
      tensors: [{ name: 'features', shape: ['N', 20], type: 'float32' }],
      columns: columns[0].input.columns,
    }
    const features = sharedPath('zoo', 'entity-matching', 'features', `${target}.parquet`)
    const path = await files.copy(
      `${target}.parquet`,
      `SELECT * EXCLUDE split FROM read_parquet('${features}') WHERE split = 'test'`,
    )
    const prepared = await prepareInputs(path, signature, { ...all(`em-${target}`), label: 'label' })
    const logits = await logitsOf(
      sharedPath('zoo', 'entity-matching', zooEntry('entity-matching', model).file),
      prepared,
    )
    const accuracy = accuracyOf(logits, prepared.labels, ['0', '1'])
    expect(accuracy.toFixed(5)).toBe(truth('entity-matching', model, target, 'serving_accuracy').toFixed(5))
  })
})

describe('ready tensors', () => {
  /** The test rows of a zoo's stored embeddings: one file for each embedding of a row, and their labels. */
  async function testRows(zoo: string, set: string, names: readonly string[]) {
    const lines = readFileSync(sharedPath('zoo', zoo, 'embeddings', `${set}.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    const stored = await openNpy(sharedPath('zoo', zoo, 'embeddings', `${set}.npy`))
    const writers = await Promise.all(
      names.map(name => NpyWriter.create(files.path(`${set}-${name}.npy`), 'int8', [384])),
    )
    const labels: string[] = []
    for (const [row, line] of lines.entries()) {
      const [, label, split] = line.split(',')
      if (split !== 'test') continue
      labels.push(label)
      const values = (await stored.rows(row, row + 1)) as Int8Array
      for (const [i, writer] of writers.entries()) await writer.append(values.slice(i * 384, (i + 1) * 384))
    }
    await stored.close()
    for (const writer of writers) await writer.close()
    files.write(`${set}-labels.csv`, ['label', ...labels, ''].join('\n'))
    return {
      places: names.map(name => `${name}=${files.path(`${set}-${name}.npy`)}`),
      labels: files.path(`${set}-labels.csv`),
    }
  }

  needsShared.each([
    ['sentence-pairs', 'qnli_dev', 'rte', ['u', 'v']],
    ['sentence-pairs', 'mrpc', 'mrpc', ['u', 'v']],
    ['text-sentiment', 'sst2', 'amazon_books', ['u']],
  ])('needs ../shared: %s, the model of %s serves %s as well as truth.csv says', async (zoo, model, target, names) => {
    const { places, labels } = await testRows(zoo, target, names)
    const signature: InputSignature = {
      kind: 'tensor',
      tensors: names.map(name => ({ name, shape: ['N', 384], type: 'float32' })),
      normalisation: { kind: 'scale', factor: 1 / 400 },
    }
    const prepared = await prepareInputs(places, signature, { ...all(`${model}-${target}`), labels, label: 'label' })
    const logits = await logitsOf(sharedPath('zoo', zoo, zooEntry(zoo, model).file), prepared)
    const metric = model === target ? 'source_accuracy' : 'serving_accuracy'
    expect(accuracyOf(logits, prepared.labels, ['0', '1']).toFixed(5)).toBe(
      truth(zoo, model, target, metric).toFixed(5),
    )
  })
})

describe('zoo/neuralrank', () => {
  const grey: InputSignature = {
    kind: 'image',
    tensors: [{ name: 'image', shape: ['N', 1, 28, 28], type: 'float32' }],
    normalisation: { kind: 'scale', factor: 1 / 255 },
    resize: 'bilinear',
  }
  interface Check {
    readonly cifar10: readonly (Readonly<Record<string, number>> & { readonly row: number })[]
    readonly logits: Readonly<Record<string, { readonly input: string; readonly logits: readonly number[] }>>
  }
  const check = () => JSON.parse(readFileSync(sharedPath('zoo', 'neuralrank', 'check.json'), 'utf8')) as Check

  needsShared('needs ../shared: CIFAR-10 images are as grey as check.json says', async () => {
    const wanted = new Map(check().cifar10.map(image => [image.row, image]))
    mkdirSync(files.path('grey'))
    let row = 0
    for await (const { bytes } of tarEntries(sharedPath('data', 'cifar10', 'test.tar.gz'), isImageName)) {
      if (wanted.has(row)) writeFileSync(files.path(`grey/${String(row).padStart(5, '0')}.jpg`), await bytes())
      row++
    }
    const prepared = await prepareInputs(files.path('grey'), grey, all('cifar-grey'))
    expect(prepared.tensors[0].shape).toEqual([3, 1, 28, 28])
    const npy = await openNpy(join(prepared.folder, '0.npy'))
    for (const [i, { input_mean, input_0_0, input_13_13, input_27_5 }] of [...wanted.values()].entries()) {
      const image = (await npy.rows(i, i + 1)) as Float32Array
      const mean = image.reduce((sum, value) => sum + value, 0) / image.length
      expect(mean).toBeCloseTo(input_mean, 5)
      expect(image[0]).toBeCloseTo(input_0_0, 5)
      expect(image[13 * 28 + 13]).toBeCloseTo(input_13_13, 5)
      expect(image[27 * 28 + 5]).toBeCloseTo(input_27_5, 5)
    }
    await npy.close()
  })

  needsShared('needs ../shared: logits of the first MNIST digit as check.json says', async () => {
    const digits = sharedPath('data', 'mnist', 't10k-images-idx3-ubyte.gz')
    const prepared = await prepareInputs(digits, grey, all('digits'))
    expect([prepared.rows, ...prepared.labels!.slice(0, 3)]).toEqual([10_000, '7', '2', '1'])
    for (const model of ['M10', 'F04', 'C59-lite']) {
      const [logits] = await logitsOf(sharedPath('zoo', 'neuralrank', `${model}.onnx`), { ...prepared, rows: 1 })
      expect(check().logits[model].input).toBe('MNIST test row 0')
      check().logits[model].logits.forEach((value, i) => expect(Math.abs(logits[i] - value)).toBeLessThan(0.01))
    }
  })
})

describe('zoo/cifar-skew', () => {
  needsShared(
    'needs ../shared: balanced gives a sample of the CIFAR-10 test split the classes Python gives it',
    async () => {
      const peer = golden<{ classes: string; accuracy: number; tolerance: number }>('cifar-predictions.json')
      expect(peer.accuracy).toBeCloseTo(truth('cifar-skew', 'balanced', 'cifar10-test', 'serving_accuracy'), 5)
      const signature: InputSignature = {
        kind: 'image',
        tensors: [{ name: 'image', shape: ['N', 3, 32, 32], type: 'float32' }],
        normalisation: { kind: 'scale', factor: 1 / 255 },
      }
      const prepared = await prepareInputs(sharedPath('data', 'cifar10', 'test.tar.gz'), signature, {
        folder: files.path('cifar'),
        sample: 1_000,
      })
      const { file, labels } = zooEntry('cifar-skew', 'balanced')
      for (const label of labels) expect(prepared.labels!.filter(name => name === label)).toHaveLength(100)
      const logits = await logitsOf(sharedPath('zoo', 'cifar-skew', file), prepared)
      const others = logits.filter((row, i) => String(predicted(row)) !== peer.classes[prepared.rowNumbers[i]])
      expect(others.length / logits.length).toBeLessThanOrEqual(peer.tolerance)
    },
  )
})
