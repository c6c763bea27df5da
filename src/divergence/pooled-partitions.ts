import { ModelHubError } from '../common/modelhub-error.ts'
import { minMaxScale } from './min-max-scale.ts'
import { pooledHistogram, type PooledHistogramOptions } from './pooled-histogram.ts'

/** A dataset as a matrix. */
export interface PooledTable {
  readonly features: number
  /** Shape (rows × features), row-major; NaN stands for missing. */
  readonly values: Float64Array
}

export interface PooledPartitionOptions extends PooledHistogramOptions {
  /** A permutation of the rows: which come first; shape (rows). */
  readonly order: Uint32Array
  /** Rows in each partition, m; the residue, if any, is the last one. */
  readonly partitionRows: number
  /** Scaled by the whole table's range, as the paper's text says, or by each partition's own, as its code does. */
  readonly scale: 'table' | 'partition'
}

/**
 * The paper's partitions in the pooled space: rows in shuffled order, cut into runs of m, each flattened and counted.
 *
 * The range of the min–max scaling is one for all features. The 2020 paper's public code scales every partition by its
 * own range (`scale: 'partition'`); it also returns an infinite divergence as 0, the best value, which nothing here
 * does.                                                                              Zhou et al. (2020), §3.1, §3.3
 *
 * @returns ⌈rows / m⌉ histograms, each of shape (bins)
 * @throws SHAPE when values is not (rows × features) with rows as many as the order has
 * @throws OUT_OF_RANGE when features, partitionRows or bins is no integer ≥ 1, or the order names a row that is not there
 */
export function pooledPartitions(table: PooledTable, options: PooledPartitionOptions): Float64Array[] {
  const { order, partitionRows, scale } = options
  requireCount(table.features, 'features')
  requireCount(partitionRows, 'partitionRows')
  requireOrder(table, order)
  const scaled = scale === 'table' ? { ...table, values: minMaxScale(table.values) } : table
  const histograms: Float64Array[] = []
  for (let first = 0; first < order.length; first += partitionRows) {
    const values = flattened(scaled, order.subarray(first, first + partitionRows))
    histograms.push(pooledHistogram(scale === 'table' ? values : minMaxScale(values), options))
  }
  return histograms
}

function flattened({ values, features }: PooledTable, rows: Uint32Array): Float64Array {
  const flat = new Float64Array(rows.length * features)
  rows.forEach((row, i) => flat.set(values.subarray(row * features, (row + 1) * features), i * features))
  return flat
}

function requireCount(count: number, name: string): void {
  if (Number.isInteger(count) && count >= 1) return
  throw new ModelHubError('OUT_OF_RANGE', `${name}: expected an integer >= 1, got ${count}`)
}

function requireOrder({ values, features }: PooledTable, order: Uint32Array): void {
  if (values.length !== order.length * features) {
    const expected = `(${order.length} × ${features})`
    throw new ModelHubError('SHAPE', `values: expected shape ${expected}, got ${values.length} numbers`)
  }
  const outside = order.find(row => row >= order.length)
  if (outside === undefined) return
  throw new ModelHubError('OUT_OF_RANGE', `order: expected rows below ${order.length}, got ${outside}`)
}
