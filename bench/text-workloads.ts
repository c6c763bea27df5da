import { join } from 'node:path'
import { keepTable, sketchPair } from './kept-table.ts'
import type { Workload, WorkloadModel, WorkloadTarget } from './workload.ts'
import { splitRows, zooEntries } from './zoo-files.ts'

/** A zoo of heads over sentence embeddings: the rows it was trained on and measured on are listed with the embeddings. */
interface EmbeddingZoo {
  readonly name: string
  readonly about: string
  /** Folder of the data. */
  readonly data: string
  readonly textColumns: readonly string[]
}

const EMBEDDING_ZOOS: readonly EmbeddingZoo[] = [
  {
    name: 'text-sentiment',
    about: 'texts; accuracy on the test rows of the other sources of text',
    data: 'text',
    textColumns: ['text'],
  },
  {
    name: 'sentence-pairs',
    about: 'both sentences, a feature each; accuracy on the test rows of the other sets; a standard error is .02',
    data: 'pairs',
    textColumns: ['sentence1', 'sentence2'],
  },
]

/** Sources of text, and pairs of sentences; or the one named. */
export async function textWorkloads(shared: string, only?: string): Promise<Workload[]> {
  const found: Workload[] = []
  for (const zoo of EMBEDDING_ZOOS)
    if (only === undefined || zoo.name === only) found.push(await embeddingWorkload(shared, zoo))
  return found
}

async function embeddingWorkload(shared: string, { name, about, data, textColumns }: EmbeddingZoo): Promise<Workload> {
  const zoo = join(shared, 'zoo', name)
  const models: WorkloadModel[] = []
  const targets: WorkloadTarget[] = []
  for (const entry of zooEntries(zoo, { serving: 'serving_accuracy', source: 'source_accuracy' })) {
    const types = Object.fromEntries(textColumns.map(column => [column, 'text' as const]))
    const table = await keepTable(join(shared, 'data', data, `${entry.id}.parquet`), { types }, textColumns)
    const { train, test } = splitRows(join(zoo, 'embeddings', `${entry.id}.csv`))
    models.push({ ...entry, sketches: await sketchPair(table, train) })
    targets.push({ id: entry.id, sketches: await sketchPair(table, test) })
  }
  return { name, about, models, targets, isOwn: (model, target) => model === target }
}

/** Entity matching, sketched in two ways, or in one: the bag of words of both records, and attribute by attribute. */
export async function entityWorkloads(shared: string, only?: 'records' | 'attributes'): Promise<Workload[]> {
  const found: Workload[] = []
  if (only !== 'attributes') {
    found.push(await entityWorkload(shared, 'records', 'the bag of words of both records (`--view records`)'))
  }
  if (only !== 'records') found.push(await entityWorkload(shared, undefined, 'attribute by attribute'))
  return found
}

async function entityWorkload(shared: string, view: string | undefined, what: string): Promise<Workload> {
  const twin = (id: string) => id.replace(/^dirty_/, '')
  const models: WorkloadModel[] = []
  const targets: WorkloadTarget[] = []
  for (const entry of zooEntries(join(shared, 'zoo/entity-matching'), { serving: 'serving_f1', source: 'source_f1' })) {
    const path = join(shared, 'data/em', `${entry.id}.parquet`)
    const splits = (await keepTable(path, { view: 'records', label: 'split' })).labels
    const table = await keepTable(path, { view, label: 'label', exclude: ['split'] })
    const rows = (split: string) => Array.from(splits.keys()).filter(row => splits[row] === split)
    models.push({ ...entry, sketches: await sketchPair(table, rows('train')) })
    targets.push({ id: entry.id, sketches: await sketchPair(table, rows('test')) })
  }
  return {
    name: `entity-matching, ${view ?? 'attributes'}`,
    about: `${what}; F1 on the test split of the other tasks; no candidate: the twin that holds the same pairs`,
    models,
    targets,
    isOwn: (model, target) => twin(model) === twin(target),
  }
}
