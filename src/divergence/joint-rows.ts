import { fastXLogX } from '../math/fast-x-log-x.ts'
import type { PartitionBlock } from './partition-block.ts'
import { sharedRow } from './shared-rows.ts'

/** One partition over some features, with what the divergence needs of it alone. */
export interface JointRow {
  /** The features' histograms, side by side, shape (shared bins). */
  readonly values: Float64Array
  /** The row's own part of the sum: h(P) + ½ ln 2 for each feature it lacks. */
  readonly own: number
  /** How many features, |S|. */
  readonly features: number
}

/** The partitions of a block over the listed features, ready to be compared again and again. */
export function jointRows(block: PartitionBlock, features: Uint32Array): JointRow[] {
  return Array.from({ length: block.partitions }, (_, partition) => jointRow(block, features, partition))
}

/** The same of one partition. */
export function jointRow(block: PartitionBlock, features: Uint32Array, partition: number): JointRow {
  const { values, lacking } = sharedRow(block, features, partition)
  // A lacking feature leaves ½ ln 2 where one side has it and 0 where none has: ½ ln 2 for each lack makes both ln 2.
  let mass = 0
  for (let b = 0; b < values.length; b++) mass += values[b]
  const own = 0.5 * (fastXLogX().sum(values) + Math.LN2 * (mass + lacking))
  return { values, own, features: features.length }
}

/**
 * Jensen–Shannon divergence of two prepared rows over the same features, in nats: what `pairwiseJensenShannon` gives for
 * the pair, bit for bit. ln 2 where there are no features.
 */
export function jensenShannonOfRows(p: JointRow, q: JointRow): number {
  if (p.features === 0) return Math.LN2
  const sum = p.own + q.own - 0.5 * fastXLogX().sumOfPairs(p.values, q.values)
  return Math.min(Math.LN2, Math.max(0, sum / p.features))
}
