import { reserveBytes, simdKernel, type KernelMemory } from '../math/simd-kernel.ts'
import { affineMinHash, type AffinePermutations } from './affine-min-hash.ts'
import { MIN_HASH_WASM } from './generated/min-hash-wasm.ts'

/** Makes signatures of sets of 32-bit hashes, shape (permutations). */
export type MinHashSigner = (hashes: Uint32Array) => Uint32Array

interface MinHashKernel {
  mix(values: number, count: number): void
  sign(values: number, count: number, a: number, b: number, out: number, permutations: number): void
}

/** The kernel's data begin here; address 0 stays free. */
const START = 1024
const EMPTY = 0xffff_ffff

/**
 * A signer for some permutations: WebAssembly SIMD where the platform has it, plain TypeScript otherwise. Both give the
 * same bits as `affineMinHash`.
 */
export function minHashSigner(permutations: AffinePermutations): MinHashSigner {
  const kernel = simdKernel<MinHashKernel>(MIN_HASH_WASM)
  return kernel ? simdSigner(kernel, permutations) : hashes => affineMinHash(permutations, hashes)
}

/** Whether this platform runs the SIMD kernel. */
export function hasSimdKernel(): boolean {
  return simdKernel(MIN_HASH_WASM) !== undefined
}

function simdSigner(kernel: MinHashKernel & KernelMemory, { a, b }: AffinePermutations): MinHashSigner {
  const padded = Math.ceil(a.length / 8) * 8
  const [atA, atB, atOut] = [START, START + 4 * padded, START + 8 * padded]
  const atValues = START + 12 * padded
  reserveBytes(kernel, atValues)
  const fixed = new Uint32Array(kernel.memory.buffer, 0, atValues / 4)
  fixed.set(a, atA / 4)
  fixed.set(b, atB / 4)
  return hashes => {
    reserveBytes(kernel, atValues + 4 * (hashes.length + 4))
    const memory = new Uint32Array(kernel.memory.buffer)
    memory.set(hashes, atValues / 4)
    memory.fill(EMPTY, atOut / 4, atOut / 4 + padded)
    kernel.mix(atValues, Math.ceil(hashes.length / 4) * 4)
    kernel.sign(atValues, hashes.length, atA, atB, atOut, padded)
    return memory.slice(atOut / 4, atOut / 4 + a.length)
  }
}
