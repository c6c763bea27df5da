import { maskedShortlist, type BoundShares } from '../retrieval/masked-search.ts'
import { MaskedBlock, type CodedDataset } from '../retrieval/masked-block.ts'
import type { MaskedQuery } from '../retrieval/block-bounds.ts'
import { blockColumns, datasetBlocks, type BlockColumns } from '../sketch/dataset-blocks.ts'
import type { Domain } from '../sketch/domain.ts'
import type { Sketch } from '../sketch/sketch.ts'
import { mapTarget } from './compare.ts'
import type { SearchParameters } from './search-parameters.ts'
import { sizeAdvantages } from './size-advantages.ts'

/** A domain's candidates in a block; their numbers there are the order in which they were added. */
export interface IndexedDomain {
  readonly domain: Domain
  readonly block: MaskedBlock
  /** The codes of all bins of a candidate, shape (bins), good until the next call. */
  readonly fineCodes: (candidate: number) => Uint8Array
  /** 0 for candidates that may not be found, shape (size); all may where it is absent. */
  readonly allowed?: Uint8Array
}

export interface ShortlistOptions extends Pick<SearchParameters, 'match' | 't1' | 't2'> {
  /** How many are wanted. */
  readonly most: number
  /** Most that are given; all that may be wanted where it is absent. */
  readonly limit?: number
  /** `shared`: nearest over the shared features, as the metric js. `all`: those that are missing count as ln 2. */
  readonly over: 'shared' | 'all'
  /** Rows of each candidate's data, where few rows are not to count against it, shape (size): as fit has it. */
  readonly rows?: Uint32Array
  /** Another engine's candidates among the target's features: only they are looked at, where it gives any. */
  readonly among?: (query: MaskedQuery) => Uint32Array | undefined
}

/** Candidates worth an exact comparison. */
export interface BlockShortlist {
  /** Their numbers in the block, ascending. */
  readonly candidates: Uint32Array
  /** Numbers of the allowed candidates that share enough features with the target, looked at or not, ascending. */
  readonly overlapping: Uint32Array
  /** Absent where no bound was taken. */
  readonly bounds?: BoundShares
}

/** A block for the candidates of a domain: its features are the domain's slots. */
export function domainBlock(domain: Domain): MaskedBlock {
  return new MaskedBlock(allColumns(domain).offsets)
}

/**
 * The whole dataset of a candidate in the codes of its domain's block.
 *
 * @param whole probabilities in the candidate's own columns, shape (bins)
 */
export function codeCandidate(block: MaskedBlock, columns: BlockColumns, whole: Float32Array): CodedDataset {
  const wide = new Float32Array(block.offsets[block.offsets.length - 1])
  columns.slots.forEach((slot, column) => {
    wide.set(whole.subarray(columns.offsets[column], columns.offsets[column + 1]), block.offsets[slot])
  })
  return block.code(wide, Uint32Array.from(columns.slots))
}

/**
 * Candidates of a domain among which are those that `searchDomains` ranks first by the divergence of whole datasets:
 * searching them alone gives the same first `most`. Where the target has a feature without any value, that is every
 * candidate that shares enough features.
 */
export function blockShortlist(target: Sketch, indexed: IndexedDomain, options: ShortlistOptions): BlockShortlist {
  const { domain, block, fineCodes, allowed } = indexed
  const { slotOf, features, leastShared, eligible } = overlappingIn(target, indexed, options)
  if (eligible.length === 0) return { candidates: eligible, overlapping: eligible }
  const count = target.features.length
  const { values } = datasetBlocks(target, slotOf, domain, allColumns(domain)).whole
  if (block.lacksValues(values, features)) return { candidates: eligible, overlapping: eligible }
  const { datasets, bounds } = maskedShortlist(
    block,
    { values, features },
    {
      most: options.most,
      limit: options.limit,
      ...{ leastShared, fineCodes, allowed },
      among: options.among?.({ values, features }),
      added:
        options.rows &&
        sizeAdvantages({ rows: options.rows, allowed, binsBeyondOne: beyondOne(indexed, features, count) }),
      targetFeatures: options.over === 'all' ? count : undefined,
    },
  )
  return { candidates: Uint32Array.from(datasets).sort(), overlapping: eligible, bounds }
}

/** Σ_f (B_f − 1) / |F_q| over the features whose bins count rows. */
function beyondOne({ domain, block: { offsets } }: IndexedDomain, features: Uint32Array, count: number): number {
  const counted = features.filter(f => domain.slots[f].type !== 'text')
  return counted.reduce((sum, f) => sum + offsets[f + 1] - offsets[f] - 1, 0) / count
}

/** A target's place in a domain, and who shares enough features with it there. */
export interface OverlappingIn {
  /** Slot of each of the target's features, −1 for none. */
  readonly slotOf: Int32Array
  /** Those slots, ascending. */
  readonly features: Uint32Array
  /** Features that a candidate must share at least. */
  readonly leastShared: number
  /** Numbers of the allowed candidates that do, ascending. */
  readonly eligible: Uint32Array
}

/** Maps a target to a domain's slots and finds the candidates that share enough features with it (Def. 3). */
export function overlappingIn(
  target: Sketch,
  indexed: IndexedDomain,
  options: Pick<SearchParameters, 'match' | 't1' | 't2'>,
): OverlappingIn {
  const { slotOf } = mapTarget(target, indexed.domain, options)
  const features = Uint32Array.from(slotOf.filter(slot => slot >= 0)).sort()
  const count = target.features.length
  const least = Array.from({ length: count }, (_, i) => i + 1).find(shared => shared / count > options.t1)
  const leastShared = least ?? Infinity
  const eligible = features.length < leastShared ? new Uint32Array(0) : eligibleOf(indexed, features, leastShared)
  return { slotOf, features, leastShared, eligible }
}

function eligibleOf({ block, allowed }: IndexedDomain, features: Uint32Array, leastShared: number): Uint32Array {
  const shared = block.sets.sharedWith(features)
  const { setOf } = block.rounding
  const eligible = new Uint32Array(block.size)
  let count = 0
  for (let i = 0; i < setOf.length; i++) {
    if (shared[setOf[i]] >= leastShared && allowed?.[i] !== 0) eligible[count++] = i
  }
  return eligible.slice(0, count)
}

function allColumns(domain: Domain): BlockColumns {
  return blockColumns(domain, Int32Array.from(domain.slots.keys()))
}
