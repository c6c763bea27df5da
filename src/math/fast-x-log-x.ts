import { X_LOG_X_WASM } from './generated/x-log-x-wasm.ts'
import { portableLog } from './log.ts'
import { reserveBytes, simdKernel, type KernelMemory } from './simd-kernel.ts'

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
 * The one {@link FastXLogX}; its tables are built at the first call. Sums of many terms are taken in WebAssembly SIMD
 * where the platform has it, with the same bits.
 *
 * One instance, not one for each caller, because V8 then compiles the tables' addresses into the loop: some three times
 * faster.
 */
export function fastXLogX(): FastXLogX {
  built ??= withKernel(plainFastXLogX())
  return built
}

interface Tables {
  /** ln c of every cell's centre, shape (cells). */
  readonly logOfCentre: Float64Array
  /** 2^-23 / c, shape (cells). */
  readonly lowToRelative: Float64Array
  readonly ln2: number
}

function tables(): Tables {
  const centres = Float64Array.from({ length: CELLS }, (_, cell) => 1 + (cell + 0.5) / CELLS)
  return {
    logOfCentre: centres.map(portableLog),
    lowToRelative: centres.map(centre => 2 ** -23 / centre),
    ln2: portableLog(2),
  }
}

/** The same in plain TypeScript alone: the reference of the kernel. */
export function plainFastXLogX(): FastXLogX {
  const { logOfCentre, lowToRelative, ln2 } = tables()
  const float = new Float32Array(1)
  const bits = new Uint32Array(float.buffer)
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

interface XLogXKernel extends KernelMemory {
  sumOfPairs(table: number, p: number, q: number, count: number, ln2: number): number
}

/** The kernel's table begins here; address 0 stays free. */
const TABLE = 1024
const START = TABLE + 16 * CELLS
/** Fewer terms are added before they are brought to the kernel. */
const FEWEST = 64

function withKernel(plain: FastXLogX): FastXLogX {
  const kernel = simdKernel<XLogXKernel>(X_LOG_X_WASM)
  if (!kernel) return plain
  reserveBytes(kernel, START)
  const { logOfCentre, lowToRelative, ln2 } = tables()
  const table = new Float64Array(kernel.memory.buffer, TABLE, 2 * CELLS)
  logOfCentre.forEach((log, cell) => table.set([log, lowToRelative[cell]], 2 * cell))
  let memory = new Float64Array(0)
  const sumOfPairs = (p: Float64Array, q?: Float64Array): number => {
    const count = p.length + (p.length & 1)
    reserveBytes(kernel, START + 16 * count)
    if (memory.buffer !== kernel.memory.buffer) memory = new Float64Array(kernel.memory.buffer)
    const at = START / 8
    memory[at + count - 1] = memory[at + 2 * count - 1] = 0
    memory.set(p, at)
    if (q) memory.set(q, at + count)
    else memory.fill(0, at + count, at + 2 * count)
    return kernel.sumOfPairs(TABLE, START, START + 8 * count, count, ln2)
  }
  return {
    of: plain.of,
    sumOfPairs: (p, q) => (p.length < FEWEST ? plain.sumOfPairs(p, q) : sumOfPairs(p, q)),
    sum: x => (x.length < FEWEST ? plain.sum(x) : sumOfPairs(x)),
  }
}
