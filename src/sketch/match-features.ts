import type { Feature } from '../dataset/feature.ts'
import { EMPTY_SIGNATURE_VALUE } from './min-hash.ts'
import { binKind } from './feature-bins.ts'

/** What two features may be matched by. */
export type MatchRule = 'both' | 'name' | 'distribution'

/** A feature with one or several signatures of its values. */
export interface MatchableFeature extends Feature {
  readonly signatures: readonly Uint32Array[]
  /** Of the key that categories and tokens were hashed with: only equal keys compare. */
  readonly keyId?: string
}

export interface MatchOptions {
  /** Default `both`: equal names first, the rest by distribution. */
  readonly match?: MatchRule
  /** Features are equivalent when their estimated Jaccard is above this (Def. 3); default 0.5. */
  readonly t2?: number
}

/** The partner of one feature. */
export interface FeatureMatch {
  readonly partner: number
  readonly by: 'name' | 'distribution'
  /** Estimated Jaccard of the two value sets, in [0, 1]. */
  readonly jaccard: number
}

/**
 * Matches features one to one (Zhou et al. 2020, Def. 3).
 *
 * Features of equal name and compatible type match by `name` whatever their values; of the rest the pairs whose
 * estimated Jaccard is above t2 match by `distribution`, the most similar pair first, ties by order.
 *
 * @returns one entry per feature of `features`: its match among `others`, or undefined
 */
export function matchFeatures(
  features: readonly MatchableFeature[],
  others: readonly MatchableFeature[],
  { match = 'both', t2 = 0.5 }: MatchOptions = {},
): (FeatureMatch | undefined)[] {
  const matches = new Array<FeatureMatch | undefined>(features.length).fill(undefined)
  const taken = new Set<number>()
  const join = (feature: number, found: FeatureMatch) => {
    matches[feature] = found
    taken.add(found.partner)
  }
  if (match !== 'distribution') {
    const byName = new Map(others.map((other, i) => [nameKey(other), i]))
    features.forEach((feature, i) => {
      const partner = byName.get(nameKey(feature))
      if (partner === undefined || taken.has(partner)) return
      join(i, { partner, by: 'name', jaccard: similarity(feature, others[partner]) })
    })
  }
  if (match !== 'name') {
    for (const { feature, partner, jaccard } of pairsAbove(t2, features, others, { matches, taken })) {
      if (!matches[feature] && !taken.has(partner)) join(feature, { partner, by: 'distribution', jaccard })
    }
  }
  return matches
}

function pairsAbove(
  t2: number,
  features: readonly MatchableFeature[],
  others: readonly MatchableFeature[],
  { matches, taken }: { readonly matches: readonly unknown[]; readonly taken: ReadonlySet<number> },
): { feature: number; partner: number; jaccard: number }[] {
  const pairs: { feature: number; partner: number; jaccard: number }[] = []
  const free = others.map((_, i) => i).filter(i => !taken.has(i))
  features.forEach((feature, i) => {
    if (matches[i]) return
    for (const partner of free) {
      const jaccard = compatible(feature, others[partner]) ? similarity(feature, others[partner]) : 0
      if (jaccard > t2) pairs.push({ feature: i, partner, jaccard })
    }
  })
  return pairs.sort((a, b) => b.jaccard - a.jaccard || a.feature - b.feature || a.partner - b.partner)
}

function compatible(a: MatchableFeature, b: MatchableFeature): boolean {
  return kindAndKey(a) === kindAndKey(b)
}

/** Equal for features whose values are counted in comparable bins. */
function kindAndKey({ type, keyId = '' }: MatchableFeature): string {
  return binKind(type) === 'numeric' ? 'numeric' : `nominal ${keyId}`
}

function nameKey(feature: MatchableFeature): string {
  return JSON.stringify([kindAndKey(feature), feature.name])
}

/** Mean estimated Jaccard over the pairs of signatures of two features. */
function similarity(a: MatchableFeature, b: MatchableFeature): number {
  let total = 0
  for (const signature of a.signatures) for (const other of b.signatures) total += agreement(signature, other)
  return total / Math.max(1, a.signatures.length * b.signatures.length)
}

function agreement(a: Uint32Array, b: Uint32Array): number {
  let equal = 0
  for (let k = 0; k < a.length; k++) if (a[k] === b[k] && a[k] !== EMPTY_SIGNATURE_VALUE) equal++
  return equal / a.length
}
