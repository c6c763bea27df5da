/** Floors that count: one is in the divergence of the wholes, about half of one in that of the cells. */
const FLOORS = 1.5

/** What the advantage of large datasets depends on. */
export interface SizedCandidates {
  /** Rows of each candidate's data, shape (candidates). */
  readonly rows: Uint32Array
  /** 0 for candidates that do not count, shape (candidates); all do where it is absent. */
  readonly allowed?: Uint8Array
  /** Σ_f (B_f − 1) / |F_q| over the target's features whose bins count rows. */
  readonly binsBeyondOne: number
}

/**
 * How much nearer a target seems to each candidate of many rows than to the one of fewest, by what sampling adds
 * (`samplingFloors`, all bins occupied): fit does not count that, the divergence of the wholes does.
 *
 *   3/2 · Σ_f (B_f − 1) / (8 |F_q|) · (1 / min m − 1 / m)
 *
 * @returns nats ≥ 0, shape (candidates); 0 for those that do not count or have no row
 */
export function sizeAdvantages({ rows, allowed, binsBeyondOne }: SizedCandidates): Float32Array {
  const counts = (i: number) => rows[i] > 0 && allowed?.[i] !== 0
  let fewest = Infinity
  for (let i = 0; i < rows.length; i++) if (counts(i) && rows[i] < fewest) fewest = rows[i]
  const scale = (FLOORS * binsBeyondOne) / 8
  return Float32Array.from(rows, (m, i) => (counts(i) ? scale * (1 / fewest - 1 / m) : 0))
}
