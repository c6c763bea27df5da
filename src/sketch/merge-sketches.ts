import { ModelHubError } from '../common/modelhub-error.ts'
import { MAX_CELLS } from './clustered-cells.ts'
import { coarsenBins } from './coarse-bins.ts'
import { MAX_RANDOM_PARTITIONS } from './default-sketch.ts'
import { binCount, type FeatureBins } from './feature-bins.ts'
import { withKeyId } from './key-id.ts'
import { largestRemainder } from './largest-remainder.ts'
import { mergePartitions } from './merge-partitions.ts'
import { mergeSignatures } from './merge-signatures.ts'
import { withMinimumCell } from './minimum-cell.ts'
import { rebin, type BinnedCounts } from './rebin.ts'
import { pooledBins } from './reference-bins.ts'
import { maxCategoriesFor, partitionBins, WHOLE_TOKENS } from './sample-bins.ts'
import { partitionsOf, type Partition, type ReferenceMean, type Sketch, type SketchFeature } from './sketch.ts'

/** One feature of the merged dataset. */
interface MergedFeature {
  readonly feature: SketchFeature
  /** In the whole of the merged dataset. */
  readonly counts: Uint32Array
  /** Number of the feature in each of the sketches. */
  readonly places: readonly number[]
}

/**
 * The sketch of datasets put together, from their sketches alone.
 *
 * Bins are equi-depth again over all counts; counts are rebinned (piecewise linear) and rounded to whole numbers that
 * keep every total. Clustered and random partitions of all are kept, up to 32 and 16 of them: above, the smallest joins
 * its nearest. Signatures are drawn place by place (see `mergeSignatures`). The mean features for MMD are kept where all
 * sketches have them in the coordinates of the same reference.
 *
 * @param sketches at least two, of the `default` profile, with the same seed and the same features in any order
 * @throws USAGE for fewer than two, or another seed or key
 * @throws SKETCH_PROFILE for another profile: signatures of `paper` sketches count occurrences, not shares
 * @throws COLUMN_MISSING when a feature is not in all of them, COLUMN_TYPE when it is of several types
 */
export function mergeSketches(sketches: readonly Sketch[]): Sketch {
  requireMergeable(sketches)
  const [{ profile, seed }] = sketches
  const rows = sum(sketches.map(sketch => sketch.rows))
  const merged = sketches[0].features.map((_, f) => mergeFeature(sketches, f, rows))
  const parts = (kind: 'clustered' | 'random', most: number) =>
    mergePartitions(
      sketches.flatMap((sketch, s) => partitionsOf(sketch, kind).map(part => rebinned(part, s, { sketches, merged }))),
      { most },
    )
  const sketch: Sketch = {
    profile,
    seed,
    rows,
    features: merged.map(({ feature }) => feature),
    partitions: [
      { kind: 'whole', rows, counts: merged.map(({ counts }) => counts) },
      ...parts('clustered', MAX_CELLS),
      ...parts('random', MAX_RANDOM_PARTITIONS),
    ],
    referenceMean: mergeMeans(sketches),
  }
  const minCell = Math.min(...sketches.map(side => side.minCell ?? 1))
  return withKeyId(minCell > 1 ? withMinimumCell(sketch, minCell) : sketch, sketches[0].keyId)
}

function mergeFeature(sketches: readonly Sketch[], f: number, rows: number): MergedFeature {
  const { name, type } = sketches[0].features[f]
  const places = sketches.map(({ features }) => features.findIndex(feature => feature.name === name))
  const sides = sketches.map(({ features, partitions }, s) => ({
    bins: features[places[s]].bins,
    counts: partitions[0].counts[places[s]],
  }))
  const bins = pooledBins(sides, type === 'text' ? WHOLE_TOKENS : maxCategoriesFor(rows))
  const counts = wholeCounts(sides, bins)
  const signature = mergeSignatures(
    sketches.map(({ features }, s) => features[places[s]].signature),
    sides.map(side => sum(side.counts)),
    sketches[0].seed,
  )
  const coarseBins = coarsenBins(bins, counts, partitionBins({ name, type })).bins
  return { feature: { name, type, bins, coarseBins, signature }, counts, places }
}

/** Counts of all sides in other bins, as whole numbers of the same total. */
function wholeCounts(sides: readonly BinnedCounts[], bins: FeatureBins): Uint32Array {
  const amounts = new Float64Array(binCount(bins))
  for (const side of sides) {
    const total = sum(side.counts)
    rebin(side, bins).forEach((share, bin) => (amounts[bin] += share * total))
  }
  return largestRemainder(amounts, sum(sides.map(side => sum(side.counts))))
}

function rebinned(
  { kind, rows, counts }: Partition,
  sketch: number,
  { sketches, merged }: { readonly sketches: readonly Sketch[]; readonly merged: readonly MergedFeature[] },
): Partition {
  const carried = merged.map(({ feature, places }) => {
    const place = places[sketch]
    const own = { bins: sketches[sketch].features[place].coarseBins, counts: counts[place] }
    return wholeCounts([own], feature.coarseBins)
  })
  return { kind, rows, counts: carried }
}

function mergeMeans(sketches: readonly Sketch[]): ReferenceMean | undefined {
  const [first] = sketches
  const reference = first.referenceMean?.reference
  if (reference === undefined || sketches.some(({ referenceMean }) => referenceMean?.reference !== reference)) return
  const rows = sum(sketches.map(sketch => sketch.rows))
  const mean = first.referenceMean!.mean.map((_, i) =>
    sum(sketches.map(sketch => (sketch.referenceMean!.mean[i] * sketch.rows) / rows)),
  )
  return { reference, mean }
}

function requireMergeable(sketches: readonly Sketch[]): void {
  const [first, ...others] = sketches
  if (others.length === 0) throw new ModelHubError('USAGE', `sketches: expected at least 2, got ${sketches.length}`)
  for (const [i, { profile, seed, features, keyId }] of sketches.entries()) {
    const name = `sketch ${i + 1}`
    if (profile !== 'default') {
      throw new ModelHubError('SKETCH_PROFILE', `${name}: only sketches of profile 'default' merge, got '${profile}'`)
    }
    if (keyId !== first.keyId) {
      const [expected, got] = [first.keyId, keyId].map(id => id ?? 'none')
      throw new ModelHubError('USAGE', `${name}: expected key id ${expected} as in the first, got ${got}`)
    }
    if (seed !== first.seed) {
      throw new ModelHubError('USAGE', `${name}: expected seed ${first.seed} as in the first, got ${seed}`)
    }
    requireSameFeatures(first.features, features, name)
  }
}

function requireSameFeatures(
  expected: readonly SketchFeature[],
  given: readonly SketchFeature[],
  sketch: string,
): void {
  const typeOf = new Map(given.map(({ name, type }) => [name, type]))
  for (const { name, type } of expected) {
    const found = typeOf.get(name)
    if (found === undefined) {
      throw new ModelHubError('COLUMN_MISSING', `${sketch}: expected the features of the first, got no ${name}`)
    }
    if (found !== type) throw new ModelHubError('COLUMN_TYPE', `${sketch}: ${name}: expected ${type}, got ${found}`)
    typeOf.delete(name)
  }
  const [more] = typeOf.keys()
  if (more !== undefined) {
    throw new ModelHubError('COLUMN_MISSING', `${sketch}: expected the features of the first, got ${more} as well`)
  }
}

function sum(numbers: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < numbers.length; i++) total += numbers[i]
  return total
}
