import { join } from 'node:path'
import type { Sketch } from '../src/sketch/sketch.ts'
import { defaultSketch, keepTable, paperSketch, type KeptTable } from './kept-table.ts'
import type { SketchPair, Workload } from './workload.ts'
import { rowNumbers, zooEntries } from './zoo-files.ts'

/** Rows of an image dataset to sketch, by name; of the pixels, which take long, those of another part may do. */
type Parts = ReadonlyMap<string, { readonly rows: readonly number[]; readonly pixelsOf?: string }>

/** Both sketches of parts of an image dataset: of the descriptor, and of the raw pixels as the 2020 paper has it. */
async function sketchParts(path: string, partsOf: (table: KeptTable) => Parts, reference?: Sketch) {
  const described = await keepTable(path)
  const parts = partsOf(described)
  const defaults = new Map<string, Sketch>()
  for (const [name, { rows }] of parts) {
    reference ??= await defaultSketch(described, rows)
    defaults.set(name, await defaultSketch(described, rows, reference))
  }
  const pixels = await keepTable(path, { view: 'pixels' })
  const pairs = new Map<string, SketchPair>()
  const papers = new Map<string, Sketch>()
  for (const [name, { rows, pixelsOf }] of parts) {
    if (pixelsOf === undefined) papers.set(name, await paperSketch(pixels, rows))
  }
  for (const [name, { pixelsOf = name }] of parts) {
    pairs.set(name, { default: defaults.get(name)!, paper: papers.get(pixelsOf)! })
  }
  return { pairs, reference }
}

/** Differently skewed samples of one dataset, judged on all rows of the other samples and on those a model never saw. */
export async function skewWorkloads(shared: string): Promise<Workload[]> {
  const zoo = join(shared, 'zoo/cifar-skew')
  const seen = zooEntries(zoo, { serving: 'serving_accuracy', source: 'source_accuracy' })
  const groups = (table: KeptTable) => {
    if (table.rows !== 50_000) throw new Error(`cifar10: expected 50,000 images, got ${table.rows}`)
    const inOrder = rowsByClass(table)
    const rows = (name: string) => rowNumbers(join(zoo, 'groups', `${name}.npy`)).map(row => inOrder[row])
    return new Map(
      seen.flatMap(({ id }) => {
        const held = new Set(rows(`${id}.heldout`))
        return [
          [`${id} trained on`, { rows: rows(id).filter(row => !held.has(row)) }],
          [id, { rows: rows(id) }],
        ] as const
      }),
    )
  }
  const { pairs, reference } = await sketchParts(join(shared, 'data/cifar10/train.tar.gz'), groups)
  const all = (table: KeptTable) => new Map([['cifar10-test', { rows: Array.from(table.labels.keys()) }]])
  const test = await sketchParts(join(shared, 'data/cifar10/test.tar.gz'), all, reference)
  const workload = (entries: typeof seen, targets: readonly string[]): Omit<Workload, 'name' | 'about'> => ({
    models: entries.map(entry => ({ ...entry, sketches: pairs.get(`${entry.id} trained on`)! })),
    targets: targets.map(id => ({ id, sketches: pairs.get(id) ?? test.pairs.get(id)! })),
    isOwn: (model, target) => model === target,
  })
  const ids = seen.map(({ id }) => id)
  const unseen = zooEntries(zoo, { serving: 'serving_accuracy_unseen', source: 'source_accuracy' })
  return [
    {
      name: 'cifar-skew',
      about: 'images; accuracy on all rows of the other groups, some of which a model was trained on',
      ...workload(seen, ids),
    },
    {
      name: 'cifar-skew, unseen',
      about: 'the same; accuracy on the rows that a model was not trained on, and on the test split',
      ...workload(
        unseen.map((entry, i) => {
          const testAccuracy = seen[i].serving.get('cifar10-test')!
          return { ...entry, serving: new Map([...entry.serving, ['cifar10-test', testAccuracy]]) }
        }),
        [...ids, 'cifar10-test'],
      ),
    },
  ]
}

/** Rows in the order of the class folders, whatever the archive's. */
export function rowsByClass({ labels }: KeptTable): number[] {
  return Array.from(labels.keys()).sort((a, b) => compare(labels[a]!, labels[b]!) || a - b)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const DATASETS = [
  { letter: 'M', name: 'MNIST', path: 'mnist/train-images-idx3-ubyte.gz' },
  { letter: 'F', name: 'Fashion', path: 'fashion-mnist/train-images-idx3-ubyte.gz' },
  { letter: 'C', name: 'CIFAR10', path: 'cifar10/train.tar.gz' },
] as const
const CLASSES = [
  { code: '10', suffix: '', file: '-all', first: 0, last: 9 },
  { code: '04', suffix: '-0-4', file: '-0-4', first: 0, last: 4 },
  { code: '59', suffix: '-5-9', file: '-5-9', first: 5, last: 9 },
] as const

/** Models of three image datasets and their halves, judged after their last layer was fitted to the target. */
export async function transferWorkload(shared: string): Promise<Workload> {
  const zoo = join(shared, 'zoo/neuralrank')
  const pairs = new Map<string, SketchPair>()
  const ownTarget = new Map<string, string>()
  let reference: Sketch | undefined
  for (const { letter, name, path } of DATASETS) {
    const parts = (table: KeptTable) => {
      const inOrder = letter === 'C' ? rowsByClass(table) : Array.from(table.labels.keys())
      const classOf = classNumbers(table)
      return new Map(
        CLASSES.flatMap(({ code, suffix, file, first, last }) => {
          const target = name + suffix
          const sample = rowNumbers(join(zoo, 'rows', `${name}${file}.npy`)).map(row => inOrder[row])
          const trainedOn = inOrder.filter(row => classOf[row] >= first && classOf[row] <= last)
          return [
            [letter + code, { rows: trainedOn, pixelsOf: target }],
            [target, { rows: sample }],
          ] as const
        }),
      )
    }
    const sketched = await sketchParts(join(shared, 'data', path), parts, reference)
    reference = sketched.reference
    for (const [part, pair] of sketched.pairs) pairs.set(part, pair)
    for (const { code, suffix } of CLASSES) ownTarget.set(letter + code, name + suffix)
  }
  const entries = zooEntries(zoo, { serving: 'transfer_accuracy', source: 'source_accuracy' })
  return {
    name: 'neuralrank',
    about:
      'images; accuracy of the nine plain models after a new last layer was fitted to the target (variants of one ' +
      'training set have one sketch); no candidate: the model of the target itself; pooled pixels of 10,000 rows',
    models: entries.filter(({ id }) => pairs.has(id)).map(entry => ({ ...entry, sketches: pairs.get(entry.id)! })),
    targets: [...ownTarget.values()].map(id => ({ id, sketches: pairs.get(id)! })),
    isOwn: (model, target) => ownTarget.get(model) === target,
  }
}

/** Classes numbered by name, which is the order of both digits and class folders. */
function classNumbers({ labels }: KeptTable): number[] {
  const names = [...new Set(labels as readonly string[])].sort(compare)
  const numbers = new Map(names.map((name, i) => [name, i]))
  return labels.map(label => numbers.get(label!)!)
}
