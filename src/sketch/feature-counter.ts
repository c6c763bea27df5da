import type { Column, NumericColumn, StringColumn } from '../dataset/column-chunk.ts'
import type { Feature } from '../dataset/feature.ts'
import { binGrid, binsOfValues, type BinGrid } from './bin-grid.ts'
import { binLookup, missingBin, type FeatureBins } from './feature-bins.ts'
import type { StringHasher } from './key-id.ts'
import { countLatticeElements, LATTICE_SIZE, MISSING_ELEMENT } from './lattice.ts'
import type { WeightedElements } from './min-hash.ts'
import { valueHashes } from './sample-bins.ts'

/** The bins that the rows of a chunk fall into: one entry per row, or several per row of a text. */
export interface ChunkBins {
  /** Row of each entry, absent where there is one entry per row. */
  readonly rowOf?: Uint32Array
  readonly bins: Uint16Array
}

/**
 * Turns the values of one feature into bins, chunk by chunk, and counts the elements of its MinHash signature on the
 * way.
 */
export interface FeatureCounter {
  count(column: Column): ChunkBins
  /** Elements seen so far with their number of occurrences. */
  elements(): WeightedElements
}

/** A counter for the feature's type. */
export function featureCounter(feature: Feature, bins: FeatureBins, hash: StringHasher): FeatureCounter {
  return bins.kind === 'numeric'
    ? new NumericCounter(binGrid(binLookup(bins)), missingBin(bins))
    : new NominalCounter(feature, bins.hashes, hash)
}

class NumericCounter implements FeatureCounter {
  private readonly occurrences = new Float64Array(LATTICE_SIZE + 1)
  private readonly grid: BinGrid
  private readonly missing: number

  constructor(grid: BinGrid, missing: number) {
    this.grid = grid
    this.missing = missing
  }

  count(column: Column): ChunkBins {
    const values = column instanceof Float64Array ? column : new Float64Array(column as NumericColumn)
    countLatticeElements(values, this.occurrences)
    return { bins: binsOfValues(this.grid, values, this.missing) }
  }

  elements(): WeightedElements {
    const seen = indicesAbove0(this.occurrences)
    return { elements: seen, weights: Float64Array.from(seen, element => this.occurrences[element]) }
  }
}

class NominalCounter implements FeatureCounter {
  /** The bin and the number of occurrences of every hash that is kept or was seen. */
  private readonly tally: Map<number, { readonly bin: number; count: number }>
  private missing = 0
  private readonly other: number
  private readonly feature: Feature
  private readonly hash: StringHasher

  constructor(feature: Feature, hashes: Uint32Array, hash: StringHasher) {
    this.feature = feature
    this.hash = hash
    this.tally = new Map(Array.from(hashes, (hash, bin) => [hash, { bin, count: 0 }]))
    this.other = hashes.length
  }

  count(column: Column): ChunkBins {
    const rowOf: number[] = []
    const bins: number[] = []
    ;(column as StringColumn).forEach((value, row) => {
      const hashes = value === null ? [] : valueHashes(value, this.feature, this.hash)
      for (const hash of hashes) {
        rowOf.push(row)
        bins.push(this.add(hash))
      }
      if (hashes.length > 0) return
      rowOf.push(row)
      bins.push(this.other + 1)
      this.missing++
    })
    return { rowOf: Uint32Array.from(rowOf), bins: Uint16Array.from(bins) }
  }

  elements(): WeightedElements {
    const occurrences = new Map(Array.from(this.tally, ([element, { count }]) => [element, count]))
    occurrences.set(MISSING_ELEMENT, (occurrences.get(MISSING_ELEMENT) ?? 0) + this.missing)
    const sorted = [...occurrences].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)
    return { elements: Uint32Array.from(sorted, ([e]) => e), weights: Float64Array.from(sorted, ([, n]) => n) }
  }

  /** Counts one occurrence of a hash, and gives its bin. */
  private add(hash: number): number {
    let entry = this.tally.get(hash)
    if (entry === undefined) this.tally.set(hash, (entry = { bin: this.other, count: 0 }))
    entry.count++
    return entry.bin
  }
}

function indicesAbove0(counts: Float64Array): Uint32Array {
  const found = new Uint32Array(counts.length)
  let kept = 0
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) found[kept++] = i
  return found.slice(0, kept)
}
