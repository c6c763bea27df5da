import { AFFINITIES_WASM } from './generated/affinities-wasm.ts'
import type { Matrix } from './matrix-engine.ts'
import { reserveBytes, simdKernel, type KernelMemory } from './simd-kernel.ts'

interface AffinityKernel extends KernelMemory {
  roots(values: number, count: number): void
  products(a: number, m: number, b: number, n: number, stride: number, out: number): void
}

/** The kernel's data begin here; address 0 stays free. */
const START = 1024
const UNIT_ROUNDOFF = 2 ** -24

let kernel: AffinityKernel | undefined | 'none'

/**
 * Bhattacharyya's affinities of the rows of two matrices, Σ_c √(a_ic b_jc), in single precision by SIMD where the
 * platform has it, in plain TypeScript otherwise. The bits of the two differ; both are within {@link affinityError}.
 *
 * @param a shape (m × columns), no number below 0
 * @param b shape (n × columns), likewise
 * @returns shape (m × n), row-major
 */
export function affinities(a: Matrix, b: Matrix): Float32Array {
  kernel ??= simdKernel<AffinityKernel>(AFFINITIES_WASM) ?? 'none'
  return kernel === 'none' ? plainAffinities(a, b) : kernelAffinities(kernel, a, b)
}

/**
 * What an affinity may be off by, as a share of itself: of n terms, none below 0, each is rounded twice by roots and once
 * by their product, and then in up to ⌈n/4⌉ + 2 additions; twice that covers products of the errors.
 */
export function affinityError(columns: number): number {
  return 2 * (Math.ceil(columns / 4) + 5) * UNIT_ROUNDOFF
}

/** The same in plain TypeScript. */
export function plainAffinities(a: Matrix, b: Matrix): Float32Array {
  const [p, q] = [a.values.map(Math.sqrt), b.values.map(Math.sqrt)]
  return Float32Array.from({ length: a.rows * b.rows }, (_, pair) => {
    let [i, j, sum] = [Math.floor(pair / b.rows) * a.columns, (pair % b.rows) * b.columns, 0]
    for (const end = i + a.columns; i < end;) sum += p[i++] * q[j++]
    return sum
  })
}

function kernelAffinities(simd: AffinityKernel, a: Matrix, b: Matrix): Float32Array {
  const stride = 4 * Math.ceil(a.columns / 4)
  const [m, n] = [2 * Math.ceil(a.rows / 2), 4 * Math.ceil(b.rows / 4)]
  const startOfB = START + 4 * m * stride
  const out = startOfB + 4 * n * stride
  reserveBytes(simd, out + 4 * m * n)
  const { buffer } = simd.memory
  putRows(new Float32Array(buffer, START, m * stride), a, stride)
  putRows(new Float32Array(buffer, startOfB, n * stride), b, stride)
  simd.roots(START, (m + n) * stride)
  simd.products(START, m, startOfB, n, stride, out)
  const found = new Float32Array(a.rows * b.rows)
  for (let i = 0; i < a.rows; i++) found.set(new Float32Array(buffer, out + 4 * n * i, b.rows), i * b.rows)
  return found
}

/** Rows at a stride, with 0 in what is left over. */
function putRows(memory: Float32Array, { rows, columns, values }: Matrix, stride: number): void {
  if (stride === columns) memory.set(values)
  else {
    for (let i = 0; i < rows; i++) {
      memory.set(values.subarray(i * columns, (i + 1) * columns), i * stride)
      memory.fill(0, i * stride + columns, (i + 1) * stride)
    }
  }
  memory.fill(0, rows * stride)
}
