import { seededRandom } from '../../src/common/random.ts'
import type { Column, ColumnChunk, ColumnSource, Feature } from '../../src/dataset/index.ts'
import { gaussian } from '../../src/math/gaussian.ts'

/** A source over columns in memory, cut into chunks of the given lengths, the last one repeated. */
export function sourceOf(
  features: readonly Feature[],
  columns: readonly Column[],
  cuts: readonly number[] = [2048],
): ColumnSource {
  const rows = columns[0].length
  return {
    features,
    async *chunks() {
      for (let at = 0, i = 0; at < rows; i++) {
        const end = Math.min(rows, at + cuts[Math.min(i, cuts.length - 1)])
        yield { file: 0, firstRow: at, rows: end - at, columns: columns.map(column => column.slice(at, end)) }
        at = end
      }
    },
  }
}

/** A source whose chunks are made when they are asked for. */
export function sourceOfChunks(features: readonly Feature[], chunks: () => Iterable<ColumnChunk>): ColumnSource {
  return {
    features,
    async *chunks() {
      yield* chunks()
    },
  }
}

/** Numeric features f0, f1, … */
export function numericFeatures(count: number): Feature[] {
  return Array.from({ length: count }, (_, f) => ({ name: `f${f}`, type: 'numeric' }))
}

/** Columns of standard normal numbers, each feature in another unit. */
export function normalColumns(rows: number, features: number, seed: number): Float64Array[] {
  const normal = gaussian(seededRandom(seed))
  return Array.from({ length: features }, (_, f) => Float64Array.from({ length: rows }, () => 10 ** f * normal()))
}

/** Rows of a mixture of clusters with equal weights; the clusters are the same for every seed of the rows. */
export function mixtureColumns(
  rows: number,
  seed: number,
  { clusters, features, shift = 0 }: { clusters: number; features: number; shift?: number },
): Float64Array[] {
  const place = gaussian(seededRandom(1))
  const centres = Array.from({ length: clusters }, () => Array.from({ length: features }, () => 3 * place()))
  const [pick, normal] = [seededRandom(seed), gaussian(seededRandom(seed + 1_000_000))]
  const columns = Array.from({ length: features }, () => new Float64Array(rows))
  for (let row = 0; row < rows; row++) {
    const centre = centres[Math.floor(pick() * clusters)]
    columns.forEach((column, f) => (column[row] = centre[f] + normal() + shift))
  }
  return columns
}

/** A small dataset with a feature of every type, an atom and missing values. */
export function everyType(rows: number, seed = 5): { features: Feature[]; columns: Column[] } {
  const random = seededRandom(seed)
  const normal = gaussian(random)
  const words = ['red kite', 'the blue kite', 'green sea and sky', 'a sky', 'red sea red sun']
  return {
    features: [
      { name: 'speed', type: 'numeric' },
      { name: 'load', type: 'numeric' },
      { name: 'state', type: 'categorical' },
      { name: 'remark', type: 'text' },
    ],
    columns: [
      Float64Array.from({ length: rows }, () => (random() < 0.1 ? NaN : normal())),
      Float64Array.from({ length: rows }, () => (random() < 0.4 ? 0 : Math.round(100 * random()) / 8)),
      Array.from({ length: rows }, () => (random() < 0.05 ? null : 'abcde'[Math.floor(5 * random() ** 2)])),
      Array.from({ length: rows }, () => (random() < 0.05 ? null : words[Math.floor(5 * random())])),
    ],
  }
}
