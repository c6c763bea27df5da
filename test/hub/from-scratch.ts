import { DEFAULT_PARAMETERS, searchDomains, type Candidate, type SearchParameters } from '../../src/search/index.ts'
import { blockColumns, datasetBlocks } from '../../src/sketch/dataset-blocks.ts'
import { EMPTY_DOMAIN, foundSlots, type Domain, type DomainMember } from '../../src/sketch/domain.ts'
import { SIGNATURE_LENGTH } from '../../src/sketch/min-hash.ts'
import type { Sketch } from '../../src/sketch/sketch.ts'

/** A model as it was published. */
export interface Published {
  readonly name: string
  readonly sketch: Sketch
}

/**
 * One domain made in one go from the sketches of its members, in order of publication, whose features match by name
 * alone: each name is a slot, in order of first appearance.
 */
export function domainFromScratch(published: readonly Published[]): { domain: Domain; members: DomainMember[] } {
  const names = [...new Set(published.flatMap(({ sketch }) => sketch.features.map(({ name }) => name)))]
  const members = published.map(({ sketch }) => ({
    sketch,
    slotOf: Int32Array.from(sketch.features, ({ name }) => names.indexOf(name)),
  }))
  return { domain: foundSlots(EMPTY_DOMAIN, Int32Array.from(names.keys()), members), members }
}

/** What a search of a hub must give, computed from nothing but sketches. */
export function searchFromScratch(
  published: readonly Published[],
  target: Sketch,
  parameters: Partial<SearchParameters> = {},
): { model: string; score: number; overlap: number; adaptivity: number; coverage: number; js: number }[] {
  const { domain, members } = domainFromScratch(published)
  const candidates = members.map(({ sketch, slotOf }, i): Candidate => {
    const columns = blockColumns(domain, slotOf)
    const signatures = new Uint32Array(columns.slots.length * SIGNATURE_LENGTH)
    columns.slots.forEach((slot, column) => {
      signatures.set(sketch.features[slotOf.indexOf(slot)].signature, column * SIGNATURE_LENGTH)
    })
    return {
      ...{
        name: published[i].name,
        version: 1,
        sourceAccuracy: null,
        sizeBytes: 1,
        license: null,
        view: null,
        slotOf,
        columns,
      },
      stored: { blocks: datasetBlocks(sketch, slotOf, domain, columns), signatures },
    }
  })
  const { ranked } = searchDomains(target, [{ domain, candidates }], { ...DEFAULT_PARAMETERS, ...parameters })
  return ranked.map(({ candidate, score, evidence: { overlap, adaptivity, coverage, js } }) => ({
    ...{ model: candidate.name, score, overlap, adaptivity, coverage, js },
  }))
}
