import { jensenShannon } from '../divergence/jensen-shannon.ts'
import { populationStabilityIndex } from '../divergence/population-stability-index.ts'
import type { FeatureType } from '../dataset/feature.ts'
import { matchableFeatures } from './domain.ts'
import { binsInOrder, missingBin, type FeatureBins } from './feature-bins.ts'
import { matchFeatures, type FeatureMatch, type MatchOptions } from './match-features.ts'
import { rebin, type BinnedCounts } from './rebin.ts'
import { REFERENCE_BINS, REFERENCE_TOKENS, referenceBins } from './reference-bins.ts'
import type { Sketch } from './sketch.ts'

/** Bins of a numeric feature that PSI is taken over: the deciles that its customary limits are meant for. */
const PSI_BINS = 10

/** How one feature differs between two datasets. */
export interface FeatureDrift {
  /** Its name in the first sketch. */
  readonly feature: string
  /** Its name in the second. */
  readonly other: string
  readonly by: FeatureMatch['by']
  readonly type: FeatureType
  /** Jensen–Shannon divergence over 48 pooled bins (2,000 tokens of a text), nats, in [0, ln 2]. */
  readonly js: number
  /** Population stability index over the deciles of the pool (numeric), else over the same bins; nats. */
  readonly psi: number
  /** Shares per pooled bin in order of value, missing last; nominal bins most frequent first. */
  readonly histograms: { readonly first: readonly number[]; readonly second: readonly number[] }
}

/** How two datasets differ. */
export interface SketchDiff {
  readonly rows: { readonly first: number; readonly second: number }
  /** Mean JS of the matched features; ln 2 where none match. */
  readonly meanJs: number
  /** Worst first by JS, ties by name. */
  readonly features: readonly FeatureDrift[]
  /** Names of features without a partner. */
  readonly onlyInFirst: readonly string[]
  readonly onlyInSecond: readonly string[]
}

/**
 * Compares the whole datasets of two sketches feature by feature. Features are matched as in a search (Def. 3); both
 * sides are rebinned onto bins pooled from the two, each of which weighs the same, so that the order does not matter.
 */
export function diffSketches(first: Sketch, second: Sketch, options: MatchOptions = {}): SketchDiff {
  const matches = matchFeatures(matchableFeatures(first), matchableFeatures(second), options)
  const features = matches.flatMap((match, f) => (match ? [drift(first, second, f, match)] : []))
  const matched = new Set(matches.flatMap(match => match?.partner ?? []))
  return {
    rows: { first: first.rows, second: second.rows },
    meanJs: features.length > 0 ? features.reduce((sum, { js }) => sum + js, 0) / features.length : Math.LN2,
    features: features.sort((a, b) => b.js - a.js || (a.feature < b.feature ? -1 : 1)),
    onlyInFirst: first.features.filter((_, f) => !matches[f]).map(({ name }) => name),
    onlyInSecond: second.features.filter((_, f) => !matched.has(f)).map(({ name }) => name),
  }
}

function drift(first: Sketch, second: Sketch, f: number, { partner, by }: FeatureMatch): FeatureDrift {
  const { name, type } = first.features[f]
  const sides = [wholeOf(first, f), wholeOf(second, partner)]
  const pool = inFixedOrder(sides)
  const fine = referenceBins(pool, type === 'text' ? REFERENCE_TOKENS : REFERENCE_BINS)
  const [p, q] = sides.map(side => rebin(side, fine))
  const deciles = type === 'numeric' ? referenceBins(pool, PSI_BINS) : fine
  const [p10, q10] = sides.map(side => rebin(side, deciles))
  return {
    feature: name,
    other: second.features[partner].name,
    by,
    type,
    js: jensenShannon(p, q),
    psi: populationStabilityIndex(p10, q10),
    histograms: { first: inOrder(p, fine), second: inOrder(q, fine) },
  }
}

function wholeOf({ features, partitions }: Sketch, f: number): BinnedCounts {
  return { bins: features[f].bins, counts: partitions[0].counts[f] }
}

/** Sums of shares round alike whichever side comes first, so that a pooled edge never falls on another side of an own one. */
function inFixedOrder(sides: readonly BinnedCounts[]): readonly BinnedCounts[] {
  const key = ({ bins, counts }: BinnedCounts) =>
    [...Array.from(counts), '', ...(bins.kind === 'numeric' ? [...bins.edges, '', ...bins.atoms] : bins.hashes)].join()
  return sides
    .map(side => ({ side, key: key(side) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ side }) => side)
}

function inOrder(shares: Float64Array, bins: FeatureBins): number[] {
  if (bins.kind !== 'numeric') return Array.from(shares)
  return [...binsInOrder(bins), missingBin(bins)].map(bin => shares[bin])
}
