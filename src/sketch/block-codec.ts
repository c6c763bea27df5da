import { ModelHubError } from '../common/modelhub-error.ts'
import type { PartitionBlock } from '../divergence/partition-block.ts'
import type { BlockColumns, DatasetBlocks } from './dataset-blocks.ts'
import { SIGNATURE_LENGTH } from './min-hash.ts'
import type { PartitionKind } from './sketch.ts'

/** Rows of the partitions of each kind: all that the bytes do not say themselves. */
export type BlockLayout = Readonly<Record<PartitionKind, readonly number[]>>

/** What a search keeps of a model: its blocks, and the signatures of its features in order of slot. */
export interface StoredBlocks {
  readonly blocks: DatasetBlocks
  /** Shape (features × SIGNATURE_LENGTH), row-major. */
  readonly signatures: Uint32Array
}

const KINDS = ['whole', 'clustered', 'random'] as const

/** Blocks as bytes: 32-bit floats of the whole, clustered and random partitions, then the signatures. */
export function encodeBlocks({ blocks, signatures }: StoredBlocks): { layout: BlockLayout; bytes: Uint8Array } {
  const parts = [...KINDS.map(kind => blocks[kind].values), signatures]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += part.byteLength
  }
  const rows = (kind: PartitionKind) => Array.from(blocks[kind].rows)
  return { layout: { whole: rows('whole'), clustered: rows('clustered'), random: rows('random') }, bytes }
}

/** Bytes that the whole dataset takes, which comes first. */
export function wholeBytes(columns: BlockColumns): number {
  return 4 * columns.offsets[columns.slots.length]
}

/**
 * The whole dataset from the first bytes of what `encodeBlocks` made: probabilities, shape (bins).
 *
 * @throws HUB_DAMAGED when there are fewer bytes than the columns ask for
 */
export function decodeWhole(bytes: Uint8Array, columns: BlockColumns): Float32Array {
  const expected = wholeBytes(columns)
  if (bytes.byteLength < expected) {
    throw new ModelHubError('HUB_DAMAGED', `block: expected ${expected} bytes or more, got ${bytes.byteLength}`)
  }
  return new Float32Array(bytes.slice(0, expected).buffer)
}

/**
 * The blocks in bytes that `encodeBlocks` made.
 *
 * @throws HUB_DAMAGED when there are not as many bytes as the layout and the columns ask for
 */
export function decodeBlocks(layout: BlockLayout, bytes: Uint8Array, columns: BlockColumns): StoredBlocks {
  const width = columns.offsets[columns.slots.length]
  const values = KINDS.reduce((sum, kind) => sum + layout[kind].length * width, 0)
  const expected = 4 * (values + columns.slots.length * SIGNATURE_LENGTH)
  if (bytes.byteLength !== expected) {
    throw new ModelHubError('HUB_DAMAGED', `block: expected ${expected} bytes, got ${bytes.byteLength}`)
  }
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  let at = aligned.byteOffset
  const block = (kind: PartitionKind): PartitionBlock => {
    const partitions = layout[kind].length
    const start = at
    at += 4 * partitions * width
    return {
      partitions,
      offsets: columns.offsets,
      values: new Float32Array(aligned.buffer as ArrayBuffer, start, partitions * width),
      rows: Float64Array.from(layout[kind]),
    }
  }
  const blocks = { whole: block('whole'), clustered: block('clustered'), random: block('random') }
  return {
    blocks,
    signatures: new Uint32Array(aligned.buffer as ArrayBuffer, at, columns.slots.length * SIGNATURE_LENGTH),
  }
}
