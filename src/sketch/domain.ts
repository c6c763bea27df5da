import type { Feature } from '../dataset/feature.ts'
import type { FeatureBins } from './feature-bins.ts'
import { matchFeatures, type MatchableFeature } from './match-features.ts'
import { referenceBins, REFERENCE_BINS, REFERENCE_TOKENS } from './reference-bins.ts'
import type { Sketch } from './sketch.ts'

/** Models whose pooled sketches give a domain its reference edges. */
export const FOUNDERS = 8

/** A feature of a domain: what the features of its models are mapped to. */
export interface Slot extends Feature {
  /** Signatures of the founders that have the slot, in order of publication: 1 to 8. */
  readonly signatures: readonly Uint32Array[]
  /** The bins that every dataset of the domain is compared in. */
  readonly reference: FeatureBins
}

/** A group of models whose features overlap. */
export interface Domain {
  readonly slots: readonly Slot[]
}

/** A model that has some of a domain's slots. */
export interface DomainMember {
  readonly sketch: Sketch
  /** Slot of each feature of the sketch. */
  readonly slotOf: Int32Array
}

/** Share of a sketch's features that must match a domain's slots for it to belong there. */
const MEMBERSHIP_OVERLAP = 0.5

/**
 * The domain whose slots match most of a sketch's features, when more than half do; ties by order.
 *
 * @returns its index, or −1
 */
export function findDomain(domains: readonly Domain[], sketch: Sketch): number {
  let best = -1
  let bestOverlap = MEMBERSHIP_OVERLAP
  domains.forEach((domain, i) => {
    const matched = slotsOf(domain, sketch).filter(slot => slot >= 0).length / sketch.features.length
    if (matched > bestOverlap) [best, bestOverlap] = [i, matched]
  })
  return best
}

/** Slot of each feature of a sketch, −1 where the domain has none. */
export function slotsOf(domain: Domain, sketch: Sketch): Int32Array {
  const matches = matchFeatures(matchableFeatures(sketch), domain.slots)
  return Int32Array.from(matches, found => found?.partner ?? -1)
}

/** The features of a sketch, ready for matching. */
export function matchableFeatures(sketch: Sketch): MatchableFeature[] {
  return sketch.features.map(({ name, type, signature }) => ({ name, type, signatures: [signature] }))
}

/** Slots for the features of a newcomer: known ones are found, the others become new ones at the end. */
export function slotsOfNewcomer(domain: Domain, sketch: Sketch): Int32Array {
  let next = domain.slots.length
  return slotsOf(domain, sketch).map(slot => (slot >= 0 ? slot : next++))
}

/**
 * A domain from its members: each slot takes name, type, signatures and reference bins from its first 8 holders.
 *
 * @param members in order of publication; later holders than the 8th of every slot change nothing
 */
export function makeDomain(members: readonly DomainMember[]): Domain {
  const slots = Math.max(0, ...members.map(({ slotOf }) => Math.max(...slotOf) + 1))
  return { slots: Array.from({ length: slots }, (_, slot) => makeSlot(members, slot)) }
}

function makeSlot(members: readonly DomainMember[], slot: number): Slot {
  const holders = members.filter(({ slotOf }) => slotOf.includes(slot)).slice(0, FOUNDERS)
  const founders = holders.map(({ sketch, slotOf }) => {
    const f = slotOf.indexOf(slot)
    return { feature: sketch.features[f], counts: sketch.partitions[0].counts[f] }
  })
  const { name, type } = founders[0].feature
  return {
    name,
    type,
    signatures: founders.map(({ feature }) => feature.signature),
    reference: referenceBins(
      founders.map(({ feature, counts }) => ({ bins: feature.bins, counts })),
      type === 'text' ? REFERENCE_TOKENS : REFERENCE_BINS,
    ),
  }
}
