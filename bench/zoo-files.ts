import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What the manifest and truth.csv of a zoo say of a model. */
export interface ZooEntry {
  readonly id: string
  readonly sizeBytes: number
  readonly sourceAccuracy: number
  readonly serving: ReadonlyMap<string, number>
}

/**
 * The models of a zoo in the order of its manifest.
 *
 * @param zoo folder of the zoo
 * @param metrics names in truth.csv: of what is measured on the targets, and of the source accuracy
 */
export function zooEntries(zoo: string, metrics: { readonly serving: string; readonly source: string }): ZooEntry[] {
  const lines = readFileSync(join(zoo, 'truth.csv'), 'utf8').trim().split('\n').slice(1)
  const cells = lines.map(line => line.split(','))
  const manifest = JSON.parse(readFileSync(join(zoo, 'zoo.json'), 'utf8')) as { id: string; file: string }[]
  return manifest.map(({ id, file }) => {
    const values = (wanted: string) => cells.filter(([model, , metric]) => model === id && metric === wanted)
    const [source] = values(metrics.source)
    if (!source) throw new Error(`${zoo}/truth.csv: no ${metrics.source} of ${id}`)
    return {
      id,
      sizeBytes: statSync(join(zoo, file)).size,
      sourceAccuracy: Number(source[3]),
      serving: new Map(values(metrics.serving).map(([, target, , value]) => [target, Number(value)])),
    }
  })
}

/** Row numbers of a file of NumPy's format 1.0: one dimension, int32. */
export function rowNumbers(path: string): number[] {
  const file = readFileSync(path)
  const at = 10 + file.readUInt16LE(8)
  if (!file.toString('latin1', 10, at).includes("'<i4'")) throw new Error(`${path}: expected int32`)
  return Array.from({ length: (file.length - at) / 4 }, (_, i) => file.readInt32LE(at + 4 * i))
}

/** Row numbers of a zoo's embeddings file, by split. */
export function splitRows(path: string): { readonly train: number[]; readonly test: number[] } {
  const lines = readFileSync(path, 'utf8').trim().split('\n').slice(1)
  const rows = (split: string) =>
    lines.filter(line => line.endsWith(`,${split}`)).map(line => Number(line.slice(0, line.indexOf(','))))
  return { train: rows('train'), test: rows('test') }
}
