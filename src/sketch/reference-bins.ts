import { binCount, missingBin, type FeatureBins, type NominalBins, type NumericBins } from './feature-bins.ts'
import { frequentHashes } from './frequent-hashes.ts'
import { shareOfInterval, type BinnedCounts } from './rebin.ts'

/** Bins of a numeric or categorical reference. */
export const REFERENCE_BINS = 48
/** Tokens of a text's reference vocabulary. */
export const REFERENCE_TOKENS = 2_000

/** Mass that lies at a point, or evenly over a stretch. */
interface Piece {
  readonly from: number
  readonly to: number
  readonly mass: number
}

/**
 * The bins that all datasets of a domain are compared in: equi-depth over the pooled sketches of its founders, each of
 * which weighs the same; values that hold more than one bin's mass of the pool are atoms.
 *
 * @param founders the same feature of each founder, all of one kind, at least one
 * @param most bins, or tokens
 */
export function referenceBins(founders: readonly BinnedCounts[], most: number): FeatureBins {
  return founders[0].bins.kind === 'numeric' ? pooledEquiDepth(founders, most) : pooledFrequent(founders, most)
}

function pooledFrequent(founders: readonly BinnedCounts[], most: number): NominalBins {
  const shares = new Map<number, number>()
  for (const { bins, counts } of founders) {
    const total = sum(counts)
    const { hashes } = bins as NominalBins
    hashes.forEach((hash, bin) => shares.set(hash, (shares.get(hash) ?? 0) + counts[bin] / total))
  }
  return frequentHashes(shares, most)
}

function pooledEquiDepth(founders: readonly BinnedCounts[], most: number): NumericBins {
  const pieces = founders.flatMap(piecesOf)
  const points = new Map<number, number>()
  for (const { from, to, mass } of pieces) if (from === to) points.set(from, (points.get(from) ?? 0) + mass)
  const total = pieces.reduce((all, { mass }) => all + mass, 0)
  const atoms = [...points.keys()].filter(value => points.get(value)! * most > total).sort((a, b) => a - b)
  const rest = pieces.filter(({ from, to }) => from !== to || !atoms.includes(from))
  const intervals = Math.max(1, most - atoms.length)
  return { kind: 'numeric', edges: cutEvenly(rest, intervals), atoms: Float64Array.from(atoms) }
}

function piecesOf({ bins, counts }: BinnedCounts): Piece[] {
  const { edges, atoms } = bins as NumericBins
  const total = sum(counts) - counts[missingBin(bins)]
  if (total === 0) return []
  const pieces: Piece[] = []
  for (let bin = 0; bin < binCount(bins) - 1; bin++) {
    const mass = counts[bin] / total
    if (mass === 0) continue
    const atom = atoms[bin - (edges.length - 1)]
    pieces.push(atom === undefined ? { from: edges[bin], to: edges[bin + 1], mass } : { from: atom, to: atom, mass })
  }
  return pieces
}

/** Edges that cut the pieces' mass into `parts` equal ones; fewer where a point spans several. */
function cutEvenly(pieces: readonly Piece[], parts: number): Float64Array {
  if (pieces.length === 0) return Float64Array.of(0, 1)
  const borders = [...new Set(pieces.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const edges = [borders[0]]
  const add = (edge: number) => edge > edges[edges.length - 1] && edges.push(edge)
  const total = pieces.reduce((all, { mass }) => all + mass, 0)
  let below = 0
  const cutTo = (reached: number, at: (share: number) => number) => {
    for (let k = Math.floor((below * parts) / total) + 1; k < parts && (k * total) / parts < reached; k++) {
      add(at(((k * total) / parts - below) / (reached - below)))
    }
    below = reached
  }
  borders.forEach((border, i) => {
    const point = pieces.reduce((all, { from, to, mass }) => (from === border && to === border ? all + mass : all), 0)
    cutTo(below + point, () => border)
    const next = borders[i + 1]
    if (next === undefined) return
    const mass = pieces.reduce((all, piece) => all + massWithin(piece, border, next), 0)
    cutTo(below + mass, share => border * (1 - share) + next * share)
  })
  const end = borders[borders.length - 1]
  add(end > edges[edges.length - 1] ? end : end + Math.max(Math.abs(end), 1) * 1e-9)
  return Float64Array.from(edges)
}

/** The mass of a piece between two neighbouring borders. */
function massWithin({ from, to, mass }: Piece, border: number, next: number): number {
  return from <= border && to >= next ? mass * shareOfInterval({ low: from, high: to }, border, next) : 0
}

function sum(counts: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i]
  return total
}
