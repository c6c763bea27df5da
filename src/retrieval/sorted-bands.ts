import type { BandShape } from './band-tables.ts'

/** Entries of band tables sorted by key: what can be written to a file and searched as it is. */
export interface SortedBands {
  /** Keys of each band ascending, shape (bands × entries). */
  readonly keys: Uint32Array
  /** The entry of each key, shape (bands × entries). */
  readonly entries: Uint32Array
}

/** 32 bits of a band of hashes. Tuples that differ may share them: what is found is verified anyway. */
export function bandKey(cells: Int32Array, band: number, { values }: BandShape): number {
  let hash = 0x811c9dc5 ^ band
  for (let k = 0; k < values; k++) {
    hash = Math.imul(hash ^ cells[band * values + k], 0x9e3779b1)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash, 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/**
 * Sorts keys band by band.
 *
 * @param keys of entry e in band b at [b entries + e], shape (bands × entries)
 */
export function sortBands(keys: Uint32Array, bands: number): SortedBands {
  const count = keys.length / bands
  const [sorted, entries] = [new Uint32Array(keys.length), new Uint32Array(keys.length)]
  // Key and entry in one number of 53 bits: as many entries as 21 of them can say sort without a comparator.
  const both = new Float64Array(count)
  for (let band = 0; band < bands; band++) {
    const at = band * count
    for (let e = 0; e < count; e++) both[e] = keys[at + e] * 2 ** 21 + e
    both.sort()
    for (let e = 0; e < count; e++) {
      sorted[at + e] = Math.floor(both[e] / 2 ** 21)
      entries[at + e] = both[e] % 2 ** 21
    }
  }
  return { keys: sorted, entries }
}

/** Adds the entries that have a key in a band to a set. */
export function collectBand({ keys, entries }: SortedBands, bands: number, { band, key, into }: BandLookup): void {
  const count = keys.length / bands
  let [low, high] = [band * count, (band + 1) * count]
  const end = high
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle] < key) low = middle + 1
    else high = middle
  }
  for (let at = low; at < end && keys[at] === key; at++) into.add(entries[at])
}

export interface BandLookup {
  readonly band: number
  readonly key: number
  readonly into: Set<number>
}
