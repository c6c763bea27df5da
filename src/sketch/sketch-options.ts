import type { ReadOptions } from '../dataset/column-chunk.ts'
import type { StringHasher } from './key-id.ts'
import type { PartitionKind, Sketch, SketchProfile } from './sketch.ts'

export interface SketchOptions extends ReadOptions {
  /** Integer in [0, 2^26 − 5); default 0. */
  readonly seed?: number
  readonly profile?: SketchProfile
  /** Kinds of partition beside the whole; default both. The paper profile has random ones only. */
  readonly partitions?: readonly Exclude<PartitionKind, 'whole'>[]
  /** A sketch in whose coordinates the mean random Fourier features are taken, for MMD. */
  readonly reference?: Sketch
  /** Secret key for the hashes of categories and tokens, at least 16 bytes. */
  readonly key?: Uint8Array
  /** k-anonymity: the fewest rows of a partition and of a bin that is not empty; `default` profile only. */
  readonly minCell?: number
  /**
   * Told, once, which clustered partition of the sketch (from 0, in its order) each row of the dataset is in, shape
   * (rows). It stays on this machine: no sketch holds it.
   */
  readonly onCells?: (cellOfRow: Int32Array) => void
}

/** Options with every default filled in. */
export type ResolvedSketchOptions = SketchOptions &
  Required<Pick<SketchOptions, 'seed' | 'profile' | 'partitions' | 'minCell'>> & { readonly hash: StringHasher }
