import type { StoredBlocks } from '../sketch/block-codec.ts'
import type { BlockColumns } from '../sketch/dataset-blocks.ts'
import type { Domain } from '../sketch/domain.ts'
import type { FeatureMatch } from '../sketch/match-features.ts'
import type { Sketch } from '../sketch/sketch.ts'

/** A model of a hub, as a search sees it. */
export interface Candidate {
  /** `owner/model` */
  readonly name: string
  readonly version: number
  readonly sourceAccuracy: number | null
  readonly sizeBytes: number
  readonly license: string | null
  /** What was looked at when it was sketched; null for a plain table. */
  readonly view: string | null
  /** Slot of each feature of the model's sketch, −1 for none. */
  readonly slotOf: Int32Array
  readonly columns: BlockColumns
  readonly stored: StoredBlocks
  /** The whole sketch: needed in the pooled space, and for the MMD. */
  readonly sketch?: Sketch
}

/** A domain with its candidates. */
export interface DomainCandidates {
  readonly domain: Domain
  readonly candidates: readonly Candidate[]
}

/** A target in one domain: which slot each of its features is mapped to. */
export interface MappedTarget {
  readonly sketch: Sketch
  /** One per feature of the sketch. */
  readonly matches: readonly (FeatureMatch | undefined)[]
  /** Slot of each feature, −1 for none. */
  readonly slotOf: Int32Array
}
