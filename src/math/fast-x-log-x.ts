import { portableLog } from './log.ts'

const CELL_BITS = 8
const CELLS = 1 << CELL_BITS
const LOW_BITS = 23 - CELL_BITS
const LOW_MASK = (1 << LOW_BITS) - 1
const LOW_MIDDLE = 1 << (LOW_BITS - 1)

/**
 * Sums of x ln x by table, for kernels that need tens of millions of them.
 *
 * x is rounded to a 32-bit float, 2^e (1 + m); the top 8 bits of m name a cell with centre c:
 *
 *   ln x ≈ e ln 2 + ln c + r − r²/2,   r = (1 + m − c)/c,  |r| ≤ 2^-9
 *
 * The series leaves 2.5e-9 and the rounding 6e-8 of ln x at most, so |error| ≤ 7e-8 Σ x. The tables come from
 * `portableLog`, so the sums have the same bits on every platform. They take 4 KB.
 */
export interface FastXLogX {
  /** x ln x of one x, 0 or in [2^-126, 2^127]. */
  of(x: number): number
  /** Σ x_k ln x_k over x of shape (n), each 0 or in [2^-126, 2^127]; 0 counts as 0. */
  sum(x: Float64Array): number
  /** Σ (p_k + q_k) ln (p_k + q_k); p and q of the same shape (n). */
  sumOfPairs(p: Float64Array, q: Float64Array): number
}

let built: FastXLogX | undefined

/**
 * The one {@link FastXLogX}; its tables are built at the first call. One instance, not one for each caller, because V8
 * then compiles the tables' addresses into the loop: some three times faster.
 */
export function fastXLogX(): FastXLogX {
  built ??= build()
  return built
}

function build(): FastXLogX {
  const logOfCentre = new Float64Array(CELLS)
  const lowToRelative = new Float64Array(CELLS)
  for (let cell = 0; cell < CELLS; cell++) {
    const centre = 1 + (cell + 0.5) / CELLS
    logOfCentre[cell] = portableLog(centre)
    lowToRelative[cell] = 2 ** -23 / centre
  }
  const float = new Float32Array(1)
  const bits = new Uint32Array(float.buffer)
  const ln2 = portableLog(2)

  const of = (x: number): number => {
    float[0] = x
    const b = bits[0]
    const cell = (b >>> LOW_BITS) & (CELLS - 1)
    const r = ((b & LOW_MASK) - LOW_MIDDLE) * lowToRelative[cell]
    return x * (((b >>> 23) - 127) * ln2 + logOfCentre[cell] + (r - 0.5 * r * r))
  }
  const sumOfPairs = (p: Float64Array, q: Float64Array): number => {
    let total = 0
    for (let k = 0; k < p.length; k++) {
      total += of(p[k] + q[k])
    }
    return total
  }
  return { of, sumOfPairs, sum: x => sumOfPairs(x, new Float64Array(x.length)) }
}
