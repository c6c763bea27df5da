import { maskedShortlist } from '../retrieval/masked-search.ts'
import { MaskedBlock, type CodedDataset } from '../retrieval/masked-block.ts'
import { blockColumns, datasetBlocks, type BlockColumns } from '../sketch/dataset-blocks.ts'
import type { Domain } from '../sketch/domain.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate } from './candidate.ts'
import { mapTarget } from './compare.ts'
import type { SearchParameters } from './search-parameters.ts'

/** A domain's candidates in a block; their numbers there are the order in which they were added. */
export interface IndexedDomain {
  readonly domain: Domain
  readonly block: MaskedBlock
  /** The codes of all bins of a candidate, shape (bins), good until the next call. */
  readonly fineCodes: (candidate: number) => Uint8Array
}

/** A block for the candidates of a domain: its features are the domain's slots. */
export function domainBlock(domain: Domain): MaskedBlock {
  return new MaskedBlock(allColumns(domain).offsets)
}

/** The whole dataset of a candidate in the codes of its domain's block. */
export function codeCandidate(block: MaskedBlock, { columns, stored }: Candidate): CodedDataset {
  const wide = new Float32Array(block.offsets[block.offsets.length - 1])
  const { values } = stored.blocks.whole
  columns.slots.forEach((slot, column) => {
    wide.set(values.subarray(columns.offsets[column], columns.offsets[column + 1]), block.offsets[slot])
  })
  return block.code(wide, Uint32Array.from(columns.slots))
}

/**
 * Candidates of a domain among which are those that `searchDomains` ranks first by the metric js: searching them alone
 * gives the same first `most`. Where the target has a feature without any value, that is every candidate.
 *
 * @returns numbers of the candidates in the block, ascending
 */
export function blockShortlist(
  target: Sketch,
  { domain, block, fineCodes }: IndexedDomain,
  parameters: Pick<SearchParameters, 'match' | 't1' | 't2'>,
  most: number,
): Uint32Array {
  const { slotOf } = mapTarget(target, domain, parameters)
  const { values } = datasetBlocks(target, slotOf, domain, allColumns(domain)).whole
  const features = Uint32Array.from(slotOf.filter(slot => slot >= 0)).sort()
  const count = target.features.length
  const leastShared = Array.from({ length: count }, (_, i) => i + 1).find(shared => shared / count > parameters.t1)
  if (leastShared === undefined || features.length < leastShared) return new Uint32Array(0)
  if (block.lacksValues(values, features)) return Uint32Array.from({ length: block.size }, (_, i) => i)
  return Uint32Array.from(maskedShortlist(block, { values, features }, { most, leastShared, fineCodes })).sort()
}

function allColumns(domain: Domain): BlockColumns {
  return blockColumns(domain, Int32Array.from(domain.slots.keys()))
}
