import { intervalOf } from './coarse-bins.ts'
import type { ChunkBins } from './feature-counter.ts'
import { binCount, binsInOrder, missingBin, type FeatureBins, type NumericBins } from './feature-bins.ts'

/** Rows in each bin: a row of a text counts once for each word it has. */
export function rowsPerBin(chunk: ChunkBins, bins: number): Uint32Array {
  const rows = new Uint32Array(bins)
  const last = new Int32Array(bins).fill(-1)
  chunk.bins.forEach((bin, i) => {
    const row = chunk.rowOf ? chunk.rowOf[i] : i
    if (last[bin] !== row) rows[bin]++
    last[bin] = row
  })
  return rows
}

/**
 * The same bins without those that too few rows fall into: rare categories and words are left to `other`, rare atoms to
 * the interval they lie in, and a rare interval is joined with its neighbour to the right, the last with that to the
 * left.
 *
 * @param rows in each bin
 * @param least rows of an interval, atom, category or word
 */
export function withoutRareBins(bins: FeatureBins, rows: Uint32Array, least: number): FeatureBins {
  if (bins.kind === 'nominal') return { ...bins, hashes: bins.hashes.filter((_, bin) => rows[bin] >= least) }
  const intervals = bins.edges.length - 1
  const held = rows.slice(0, intervals)
  const atoms = bins.atoms.filter((value, i) => {
    const kept = rows[intervals + i] >= least
    if (!kept) held[intervalOf(bins.edges, value)] += rows[intervals + i]
    return kept
  })
  return { kind: 'numeric', edges: joinRareIntervals(bins, held, least), atoms }
}

function joinRareIntervals({ edges }: NumericBins, held: Uint32Array, least: number): Float64Array {
  const kept = [edges[0]]
  let pending = 0
  held.forEach((rows, k) => {
    pending += rows
    if (pending < least || k === held.length - 1) return
    kept.push(edges[k + 1])
    pending = 0
  })
  if (pending < least && kept.length > 1) kept.pop()
  return Float64Array.from([...kept, edges[edges.length - 1]])
}

/**
 * The same counts with none between 0 and `least`: a rare numeric count joins the nearest bin, in order of value, that
 * has enough; a rare category or word joins `other`; what is still rare of `other` and missing joins the largest bin.
 * The total stays. Where the total is below `least` all of it lies in one bin.
 */
export function hideSmallCounts(bins: FeatureBins, counts: Uint32Array, least: number): Uint32Array {
  const hidden = counts.slice()
  const move = (from: number, to: number) => {
    if (from === to) return
    hidden[to] += hidden[from]
    hidden[from] = 0
  }
  const rare = (bin: number) => hidden[bin] > 0 && hidden[bin] < least
  if (bins.kind === 'nominal') {
    for (let bin = 0; bin < bins.hashes.length; bin++) if (rare(bin)) move(bin, bins.hashes.length)
  } else {
    const order = binsInOrder(bins)
    const enough = [...order.keys()].filter(place => counts[order[place]] >= least)
    order.forEach((bin, place) => {
      if (!rare(bin) || enough.length === 0) return
      move(bin, order[enough.reduce((a, b) => (Math.abs(b - place) < Math.abs(a - place) ? b : a))])
    })
  }
  for (let bin = 0; bin < binCount(bins); bin++) if (rare(bin)) move(bin, largestBut(hidden, bin, missingBin(bins)))
  return hidden
}

/** The largest other bin, one of values rather than the missing one; the bin itself where all others are empty. */
function largestBut(counts: Uint32Array, bin: number, missing: number): number {
  let best = bin
  counts.forEach((n, other) => {
    if (other === bin || n === 0) return
    if (best === bin || (best === missing ? true : other !== missing && n > counts[best])) best = other
  })
  return best
}
