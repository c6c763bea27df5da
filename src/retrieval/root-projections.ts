import { ModelHubError } from '../common/modelhub-error.ts'
import type { PartitionBlock } from '../divergence/partition-block.ts'
import { addProducts, cellPlaces, type PStableHashes } from './p-stable-hashes.ts'

/** Of two datasets that are compared, which one: what either lacks must not look alike. */
export type Side = 'source' | 'target'

/** What the source lacks, and what the target lacks. */
const EXTRA_DIMENSIONS = 2

/**
 * A partition as a point of Euclidean space, and its place among the cells of each hash.
 *
 *   x = (√(p_f / |S|))_{f∈S},   ‖x‖ = 1,   ‖x − y‖² = 2 H²
 *
 * For features that the partition lacks, √(lacking / |S|) goes into a dimension of its side alone: they lie as far from
 * everything on the other side as disjoint histograms do.
 *
 * @param hashes of `rootDimensions(block)` dimensions
 * @returns shape (L K); all b / r when there is no feature
 */
export function rootPlaces(
  hashes: PStableHashes,
  block: PartitionBlock,
  { partition, features, side }: { readonly partition: number; readonly features: Uint32Array; readonly side: Side },
): Float64Array {
  const sums = new Float64Array(hashes.shifts.length)
  let lacking = 0
  for (const f of features) if (!addFeature(hashes, block, { sums, partition, feature: f })) lacking++
  return placesOf(hashes, sums, { lacking, features: features.length, side })
}

/** The products of every feature of a block, kept so that any set of shared features only sums them. */
export interface FeatureProjections {
  readonly partitions: number
  /** a_f·√p_f, shape (partitions × features × L K). */
  readonly products: Float32Array
  /** Whether a feature is there, shape (partitions × features). */
  readonly present: Uint8Array
}

/** Projects each feature of each partition by itself: 4 L K bytes a feature, which no later overlap changes. */
export function featureProjections(hashes: PStableHashes, block: PartitionBlock): FeatureProjections {
  const [features, count] = [block.offsets.length - 1, hashes.shifts.length]
  const products = new Float32Array(block.partitions * features * count)
  const present = new Uint8Array(block.partitions * features)
  const sums = new Float64Array(count)
  for (let partition = 0; partition < block.partitions; partition++) {
    for (let feature = 0; feature < features; feature++) {
      const row = partition * features + feature
      present[row] = Number(addFeature(hashes, block, { sums: sums.fill(0), partition, feature }))
      products.set(sums, row * count)
    }
  }
  return { partitions: block.partitions, products, present }
}

/**
 * The place of a partition over shared features, from its kept products: what `rootPlaces` gives, but for the rounding
 * of the products to 32 bits.
 */
export function summedPlaces(
  hashes: PStableHashes,
  { products, present, partitions }: FeatureProjections,
  { partition, features, side }: { readonly partition: number; readonly features: Uint32Array; readonly side: Side },
): Float64Array {
  const sums = new Float64Array(hashes.shifts.length)
  const rowsBefore = partition * (present.length / partitions)
  let lacking = 0
  for (const f of features) {
    const at = (rowsBefore + f) * sums.length
    if (present[rowsBefore + f] === 0) lacking++
    else for (let h = 0; h < sums.length; h++) sums[h] += products[at + h]
  }
  return placesOf(hashes, sums, { lacking, features: features.length, side })
}

/** Adds a_f·√p_f; false when the partition lacks the feature. */
function addFeature(
  hashes: PStableHashes,
  { offsets, values }: PartitionBlock,
  { sums, partition, feature }: { sums: Float64Array; partition: number; feature: number },
): boolean {
  const start = partition * offsets[offsets.length - 1]
  const roots = values.subarray(start + offsets[feature], start + offsets[feature + 1]).map(Math.sqrt)
  addProducts(hashes, sums, { point: roots, from: 0, to: roots.length, offset: offsets[feature] })
  return roots.some(root => root > 0)
}

function placesOf(
  hashes: PStableHashes,
  sums: Float64Array,
  { lacking, features, side }: { lacking: number; features: number; side: Side },
): Float64Array {
  if (features === 0) return cellPlaces(hashes, sums)
  const offset = hashes.dimensions - EXTRA_DIMENSIONS + (side === 'source' ? 0 : 1)
  addProducts(hashes, sums, { point: [Math.sqrt(lacking)], from: 0, to: 1, offset })
  return cellPlaces(hashes, sums, 1 / Math.sqrt(features))
}

/** Dimensions of the hashes that a block's partitions need: one for each column, and what either side lacks. */
export function rootDimensions({ offsets }: Pick<PartitionBlock, 'offsets'>): number {
  return offsets[offsets.length - 1] + EXTRA_DIMENSIONS
}

/** @throws SHAPE when the hashes are not of the block's dimensions */
export function requireDimensions(hashes: PStableHashes, block: Pick<PartitionBlock, 'offsets'>): void {
  const dimensions = rootDimensions(block)
  if (hashes.dimensions === dimensions) return
  throw new ModelHubError('SHAPE', `hashes: expected ${dimensions} dimensions, got ${hashes.dimensions}`)
}
