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
  const matches = matchFeatures(matchableFeatures(sketch), matchableSlots(domain))
  return Int32Array.from(matches, found => found?.partner ?? -1)
}

/** The slots of a domain, ready for matching. */
export function matchableSlots({ slots }: Domain): MatchableFeature[] {
  return slots.map(({ name, type, signatures, reference }) => {
    return { name, type, signatures, keyId: reference.kind === 'nominal' ? reference.keyId : undefined }
  })
}

/** The features of a sketch, ready for matching. */
export function matchableFeatures(sketch: Sketch): MatchableFeature[] {
  return sketch.features.map(({ name, type, signature }) => ({
    name,
    type,
    signatures: [signature],
    keyId: sketch.keyId,
  }))
}

/** Slots for the features of a newcomer: known ones are found, the others become new ones at the end. */
export function slotsOfNewcomer(domain: Domain, sketch: Sketch): Int32Array {
  let next = domain.slots.length
  return slotsOf(domain, sketch).map(slot => (slot >= 0 ? slot : next++))
}

/** The slots whose reference a newcomer changes: new ones, and those with fewer than 8 founders. */
export function slotsToFound(domain: Domain, slotOf: Int32Array): Int32Array {
  return slotOf.filter(slot => (domain.slots[slot]?.signatures.length ?? 0) < FOUNDERS).sort()
}

/**
 * A domain with some slots made anew from its members: each takes name, type, signatures and reference bins from its
 * first 8 holders, which are its founders.
 *
 * @param slots ordinals of the slots to make; new ones follow those the domain has
 * @param members in order of publication, at least all that hold one of the slots
 */
export function foundSlots(domain: Domain, slots: Int32Array, members: readonly DomainMember[]): Domain {
  const grown = [...domain.slots]
  for (const slot of slots) grown[slot] = makeSlot(members, slot)
  return { slots: grown }
}

/** A domain without slots. */
export const EMPTY_DOMAIN: Domain = { slots: [] }

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
