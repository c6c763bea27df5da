import { ModelHubError } from '../common/modelhub-error.ts'
import { EMPTY_SIGNATURE_VALUE } from '../sketch/min-hash.ts'

/** L bands of K values each. */
export interface BandShape {
  /** L ≥ 1, each with a table of its own. */
  readonly bands: number
  /** K ≥ 1, concatenated. */
  readonly values: number
}

/** EMPTY_SIGNATURE_VALUE as a signed number. */
const EMPTY = EMPTY_SIGNATURE_VALUE | 0
const VACANT = -1
const REMOVED = -2
const FIRST_CAPACITY = 16

/**
 * Hash tables over the bands of signatures, one table a band.
 *
 *   signature  │ v0 v1 v2 │ v3 v4 v5 │ … │ rest            L bands of K values; the rest is only stored
 *                   │          │
 *   table of band 0 ▼          ▼ table of band 1           a slot holds the first entry of its bucket,
 *   [ · 7 · · 2 ]       [ · · 4 · 7 ]                      `next` leads on to the others
 *
 * A bucket is found by a hash of the band's tuple and confirmed by the tuple itself, so that two entries share a bucket
 * only when the band is equal, value by value. Entries are known by ordinals, which are used again after a removal.
 */
export class BandTables {
  readonly shape: BandShape
  readonly #length: number
  #signatures: Int32Array
  #next: Int32Array
  readonly #slots: Int32Array[]
  readonly #taken: Int32Array
  readonly #free: number[] = []
  #ordinals = 0
  #seen: Int32Array
  #round = 0

  /**
   * @param length of a signature, at least L K
   * @throws OUT_OF_RANGE when L or K is no integer ≥ 1, or a signature is too short for them
   */
  constructor(shape: BandShape, length: number) {
    requireShape(shape, length)
    this.shape = shape
    this.#length = length
    this.#signatures = new Int32Array(FIRST_CAPACITY * length)
    this.#next = new Int32Array(FIRST_CAPACITY * shape.bands)
    this.#seen = new Int32Array(FIRST_CAPACITY)
    this.#slots = Array.from({ length: shape.bands }, () => new Int32Array(2 * FIRST_CAPACITY).fill(VACANT))
    this.#taken = new Int32Array(shape.bands)
  }

  get size(): number {
    return this.#ordinals - this.#free.length
  }

  /**
   * Share of places in which a stored signature agrees with another, an estimate of their Jaccard similarity. Places of
   * an empty set (EMPTY_SIGNATURE_VALUE) agree with nothing.
   *
   * @throws SHAPE when the other has another length
   */
  agreement(ordinal: number, signature: Int32Array | Uint32Array): number {
    this.#requireLength(signature)
    const [stored, at] = [this.#signatures, ordinal * this.#length]
    let equal = 0
    for (let k = 0; k < signature.length; k++) {
      const value = signature[k] | 0
      if (stored[at + k] === value && value !== EMPTY) equal++
    }
    return equal / this.#length
  }

  /**
   * Stores a signature.
   *
   * @param signature shape (length), 32-bit integers, signed or not
   * @returns its ordinal
   * @throws SHAPE when the signature has another length
   */
  insert(signature: Int32Array | Uint32Array): number {
    this.#requireLength(signature)
    const ordinal = this.#free.pop() ?? this.#ordinals++
    this.#reserve(ordinal)
    this.#signatures.set(signature, ordinal * this.#length)
    for (let band = 0; band < this.shape.bands; band++) this.#link(band, ordinal)
    return ordinal
  }

  /** Takes an entry out of all its buckets; its ordinal must be one that `insert` gave and nobody removed. */
  remove(ordinal: number): void {
    for (let band = 0; band < this.shape.bands; band++) {
      const slots = this.#slots[band]
      const slot = this.#find(band, this.#signatures, ordinal * this.#length + band * this.shape.values)
      const after = this.#next[ordinal * this.shape.bands + band]
      if (slots[slot] === ordinal) slots[slot] = after === VACANT ? REMOVED : after
      else this.#unlink(band, slots[slot], ordinal)
    }
    this.#free.push(ordinal)
  }

  /** Begins a search: until the next call every entry is given out once. */
  begin(): void {
    this.#round++
  }

  /**
   * Appends the entries in the bucket of one band's tuple that this search has not given out yet.
   *
   * @param values holds the tuple at [from, from + K)
   */
  collect(band: number, values: Int32Array | Uint32Array, from: number, found: number[]): void {
    const slot = this.#find(band, values, from)
    if (slot < 0) return
    const { bands } = this.shape
    for (let entry = this.#slots[band][slot]; entry !== VACANT; entry = this.#next[entry * bands + band]) {
      if (this.#seen[entry] === this.#round) continue
      this.#seen[entry] = this.#round
      found.push(entry)
    }
  }

  /**
   * The entries that agree with a signature in at least one of the first `bands` bands.
   *
   * @throws SHAPE when the signature has another length
   */
  candidates(signature: Int32Array | Uint32Array, bands: number = this.shape.bands): number[] {
    this.#requireLength(signature)
    const found: number[] = []
    this.begin()
    for (let band = 0; band < bands; band++) this.collect(band, signature, band * this.shape.values, found)
    return found
  }

  /** The slot of a tuple's bucket, or −1 − (the slot where it would go). */
  #find(band: number, values: Int32Array | Uint32Array, from: number): number {
    const slots = this.#slots[band]
    const mask = slots.length - 1
    const { values: width } = this.shape
    let vacancy = -1
    for (let slot = tupleHash(values, from, width) & mask; ; slot = (slot + 1) & mask) {
      const head = slots[slot]
      if (head === VACANT) return -1 - (vacancy < 0 ? slot : vacancy)
      if (head === REMOVED) vacancy = vacancy < 0 ? slot : vacancy
      else if (this.#isTupleOf(head * this.#length + band * width, values, from)) return slot
    }
  }

  #isTupleOf(at: number, values: Int32Array | Uint32Array, from: number): boolean {
    const [stored, { values: width }] = [this.#signatures, this.shape]
    for (let k = 0; k < width; k++) if (stored[at + k] !== (values[from + k] | 0)) return false
    return true
  }

  #link(band: number, ordinal: number): void {
    if (2 * (this.#taken[band] + 1) > this.#slots[band].length) this.#rehash(band)
    const at = ordinal * this.shape.bands + band
    const slot = this.#find(band, this.#signatures, ordinal * this.#length + band * this.shape.values)
    const slots = this.#slots[band]
    if (slot >= 0) {
      this.#next[at] = this.#next[slots[slot] * this.shape.bands + band]
      this.#next[slots[slot] * this.shape.bands + band] = ordinal
      return
    }
    if (slots[-1 - slot] === VACANT) this.#taken[band]++
    slots[-1 - slot] = ordinal
    this.#next[at] = VACANT
  }

  #unlink(band: number, head: number, ordinal: number): void {
    const { bands } = this.shape
    let before = head
    while (this.#next[before * bands + band] !== ordinal) before = this.#next[before * bands + band]
    this.#next[before * bands + band] = this.#next[ordinal * bands + band]
  }

  /** Moves a table's buckets into one without slots of removed buckets, at most a quarter full. */
  #rehash(band: number): void {
    const heads = this.#slots[band].filter(head => head >= 0)
    let capacity = 2 * FIRST_CAPACITY
    while (capacity < 4 * (heads.length + 1)) capacity *= 2
    const slots = new Int32Array(capacity).fill(VACANT)
    for (const head of heads) {
      const at = head * this.#length + band * this.shape.values
      let slot = tupleHash(this.#signatures, at, this.shape.values) & (capacity - 1)
      while (slots[slot] !== VACANT) slot = (slot + 1) & (capacity - 1)
      slots[slot] = head
    }
    this.#slots[band] = slots
    this.#taken[band] = heads.length
  }

  #reserve(ordinal: number): void {
    if (ordinal < this.#seen.length) return
    this.#signatures = doubled(this.#signatures)
    this.#next = doubled(this.#next)
    this.#seen = doubled(this.#seen)
  }

  #requireLength(signature: Int32Array | Uint32Array): void {
    if (signature.length === this.#length) return
    throw new ModelHubError('SHAPE', `signature: expected shape (${this.#length}), got (${signature.length})`)
  }
}

/** @throws OUT_OF_RANGE when L or K is no integer ≥ 1, or L K exceeds the length of a signature */
function requireShape({ bands, values }: BandShape, length: number): void {
  const whole = (n: number) => Number.isInteger(n) && n >= 1
  if (whole(bands) && whole(values) && bands * values <= length) return
  const expected = `whole numbers of bands and values, at most ${length} in all`
  throw new ModelHubError('OUT_OF_RANGE', `shape: expected ${expected}, got ${bands} bands of ${values}`)
}

function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(2 * array.length)
  larger.set(array)
  return larger
}

/** Only finds the bucket; the tuple decides. */
function tupleHash(values: Int32Array | Uint32Array, from: number, width: number): number {
  let h = 0x9747b28c
  for (let k = from; k < from + width; k++) {
    h = Math.imul(h ^ values[k], 0x85ebca6b)
    h ^= h >>> 15
  }
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
