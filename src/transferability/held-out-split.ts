import type { Embeddings } from '../math/embeddings.ts'
import type { LabelledClasses } from './labelled-classes.ts'

export interface HeldOutSplit {
  /** Rows to train on, shape (rows − held out). */
  readonly training: Int32Array
  /** Rows to judge by; every class of two rows or more has some. */
  readonly heldOut: Int32Array
}

/**
 * Splits the rows class by class by a hash of what they hold, so that the split depends neither on the order of the rows
 * nor on the names of the labels.
 *
 * @param share of each class to hold out, in (0, 1); rounded, at least 1 row and at most all but 1; a class of one trains
 * @param seed an integer; another seed gives another split
 */
export function heldOutSplit(
  embeddings: Embeddings,
  classes: LabelledClasses,
  { share, seed }: { readonly share: number; readonly seed: number },
): HeldOutSplit {
  const hashes = rowHashes(embeddings, seed)
  const order = Array.from(hashes.keys()).sort((i, j) => hashes[i] - hashes[j])
  const taken = new Int32Array(classes.count)
  const training: number[] = []
  const heldOut: number[] = []
  for (const row of order) {
    const k = classes.of[row]
    const size = classes.sizes[k]
    const quota = Math.min(size - 1, Math.max(1, Math.round(share * size)))
    const held = taken[k]++ < quota
    ;(held ? heldOut : training).push(row)
  }
  return { training: Int32Array.from(training), heldOut: Int32Array.from(heldOut) }
}

/** FNV-1a over the 32-bit words of each row, then murmur3's last mixing: shape (rows). */
function rowHashes({ rows, dimensions, values }: Embeddings, seed: number): Uint32Array {
  const hashes = new Uint32Array(rows)
  // −0 and 0 are one number, so they must be one word.
  const word = new Float32Array(1)
  const bits = new Uint32Array(word.buffer)
  for (let i = 0, at = 0; i < rows; i++) {
    let hash = 0x811c9dc5 ^ seed
    for (let c = 0; c < dimensions; c++) {
      word[0] = values[at++] + 0
      hash = Math.imul(hash ^ bits[0], 0x01000193)
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hashes[i] = hash ^ (hash >>> 16)
  }
  return hashes
}
