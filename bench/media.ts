/**
 * How well are models of images, texts and pairs ranked? Every data set of a zoo is a target for the models of the
 * others; default sketches, but `--view records` where entities are matched.
 *
 *   tsx bench/media.ts
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Column, ColumnSource } from '../src/dataset/index.ts'
import { openDataset } from '../src/readers/index.ts'
import { makeSketch } from '../src/sketch/make-sketch.ts'
import type { Sketch } from '../src/sketch/sketch.ts'
import { zooQualities, type ZooModel } from './memory-zoo.ts'
import { qualityTable } from './quality-table.ts'
import type { RankingQuality } from './ranking-quality.ts'
import { recordResult } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'

const startedAt = performance.now()
const shared = sharedFolder()
const tables: [string, Map<string, RankingQuality>][] = [
  ['text-sentiment', await textZoo('text-sentiment', 'text', 'text')],
  ['sentence-pairs', await textZoo('sentence-pairs', 'pairs')],
  ['entity-matching, records', await entityZoo('records')],
  ['entity-matching, attributes', await entityZoo(undefined)],
  ['cifar-skew', await imageZoo()],
]
recordResult({
  name: 'media',
  question: 'How well are models of images, texts and pairs ranked?',
  command: 'tsx bench/media.ts',
  startedAt,
  bars: [
    {
      name: 'cifar-skew: mean regret of fit',
      value: new Map(tables).get('cifar-skew')!.get('fit')!.meanRegret,
      bar: 0.02,
      must: 'atMost',
    },
  ],
  markdown: tables.map(([name, qualities]) => `${name}:\n\n${qualityTable(qualities)}`).join('\n\n'),
  figures: Object.fromEntries(tables.map(([name, qualities]) => [name, Object.fromEntries(qualities)])),
})

interface Rows {
  readonly features: ColumnSource['features']
  readonly columns: readonly Column[]
}

async function readRows(path: string, options: Parameters<typeof openDataset>[1]): Promise<Rows> {
  const table = await openDataset(path, options)
  const columns: (number | string | null)[][] = table.features.map(() => [])
  for await (const chunk of table.chunks()) {
    chunk.columns.forEach((column, f) => {
      for (const value of column) columns[f].push(value)
    })
  }
  table.close()
  const numeric = (f: number) => table.features[f].type === 'numeric'
  return {
    features: table.features,
    columns: columns.map((c, f) => (numeric(f) ? Float32Array.from(c as number[]) : c) as Column),
  }
}

function sketchRows({ features, columns }: Rows, rows: readonly number[]): Promise<Sketch> {
  const taken = columns.map(column =>
    column instanceof Float32Array
      ? Float32Array.from(rows, row => column[row])
      : rows.map(row => column[row] as string),
  )
  return makeSketch({
    features,
    rows: rows.length,
    chunks: async function* () {
      yield { file: 0, firstRow: 0, rows: rows.length, columns: taken }
    },
  })
}

function truthOf(zoo: string, metric: string, source: string) {
  const lines = readFileSync(join(shared, 'zoo', zoo, 'truth.csv'), 'utf8')
    .trim()
    .split('\n')
  const cells = lines.slice(1).map(line => line.split(','))
  return (id: string) => ({
    sourceAccuracy: Number(cells.find(([model, , name]) => model === id && name === source)![3]),
    serving: new Map(
      cells
        .filter(([model, , name]) => model === id && name === metric)
        .map(([, target, , value]) => [target, Number(value)]),
    ),
  })
}

function idsOf(zoo: string): string[] {
  return (JSON.parse(readFileSync(join(shared, 'zoo', zoo, 'zoo.json'), 'utf8')) as { id: string }[]).map(
    ({ id }) => id,
  )
}

function sameId(a: string, b: string): boolean {
  return a === b
}

async function textZoo(zoo: string, folder: string, only?: string): Promise<Map<string, RankingQuality>> {
  const truth = truthOf(zoo, 'serving_accuracy', 'source_accuracy')
  const models: ZooModel[] = []
  for (const id of idsOf(zoo)) {
    const columns = only
      ? { types: { [only]: 'text' as const } }
      : { types: { sentence1: 'text' as const, sentence2: 'text' as const } }
    const all = await readRows(join(shared, 'data', folder, `${id}.parquet`), {
      ...columns,
      label: 'label',
      exclude: ['split'],
    })
    const lines = readFileSync(join(shared, 'zoo', zoo, 'embeddings', `${id}.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    const rows = (test: boolean) =>
      lines.filter(line => line.endsWith(',test') === test).map(line => Number(line.split(',')[0]))
    models.push({
      id,
      source: await sketchRows(all, rows(false)),
      target: await sketchRows(all, rows(true)),
      ...truth(id),
    })
  }
  return zooQualities(models, sameId)
}

async function entityZoo(view: string | undefined): Promise<Map<string, RankingQuality>> {
  const truth = truthOf('entity-matching', 'serving_f1', 'source_f1')
  const twin = (id: string) => id.replace(/^dirty_/, '')
  const models: ZooModel[] = []
  for (const id of idsOf('entity-matching')) {
    const path = join(shared, 'data/em', `${id}.parquet`)
    const all = await readRows(path, { view, label: 'label', exclude: ['split'] })
    const splits = (await readRows(path, { types: { split: 'categorical' } })) as Rows
    const split = splits.columns[splits.features.findIndex(({ name }) => name === 'split')]
    const rows = (name: string) => Array.from(split.keys()).filter(row => split[row] === name)
    models.push({
      id,
      source: await sketchRows(all, rows('train')),
      target: await sketchRows(all, rows('test')),
      ...truth(id),
    })
  }
  return zooQualities(models, (a, b) => twin(a) === twin(b))
}

async function imageZoo(): Promise<Map<string, RankingQuality>> {
  const truth = truthOf('cifar-skew', 'serving_accuracy', 'source_accuracy')
  const all = await readRows(join(shared, 'data/cifar10/train.tar.gz'), {})
  const models: ZooModel[] = []
  for (const id of idsOf('cifar-skew')) {
    const npy = (name: string) => int32Of(readFileSync(join(shared, 'zoo/cifar-skew/groups', `${name}.npy`)))
    const held = new Set(npy(`${id}.heldout`))
    const group = npy(id)
    const source = await sketchRows(
      all,
      group.filter(row => !held.has(row)),
    )
    models.push({ id, source, target: await sketchRows(all, group), ...truth(id) })
  }
  return zooQualities(models, sameId)
}

/** The numbers of a one-dimensional int32 array in NumPy's format 1.0. */
function int32Of(file: Buffer): number[] {
  const at = 10 + file.readUInt16LE(8)
  return Array.from({ length: (file.length - at) / 4 }, (_, i) => file.readInt32LE(at + 4 * i))
}
