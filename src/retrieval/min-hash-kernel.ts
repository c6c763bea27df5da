import { affineMinHash, type AffinePermutations } from './affine-min-hash.ts'
import { MIN_HASH_WASM } from './generated/min-hash-wasm.ts'

/** Makes signatures of sets of 32-bit hashes, shape (permutations). */
export type MinHashSigner = (hashes: Uint32Array) => Uint32Array

/** What is used of WebAssembly's JavaScript interface, which the types of ECMAScript do not name. */
interface WebAssemblyInterface {
  validate(bytes: Uint8Array): boolean
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { readonly exports: unknown }
}

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  mix(values: number, count: number): void
  sign(values: number, count: number, a: number, b: number, out: number, permutations: number): void
}

const PAGE = 65536
/** The kernel's data begin here; address 0 stays free. */
const START = 1024
const EMPTY = 0xffff_ffff

/**
 * A signer for some permutations: WebAssembly SIMD where the platform has it, plain TypeScript otherwise. Both give the
 * same bits as `affineMinHash`.
 */
export function minHashSigner(permutations: AffinePermutations): MinHashSigner {
  const kernel = instantiate()
  return kernel ? simdSigner(kernel, permutations) : hashes => affineMinHash(permutations, hashes)
}

/** Whether this platform runs the SIMD kernel. */
export function hasSimdKernel(): boolean {
  return webAssembly()?.validate(kernelBytes()) === true
}

function webAssembly(): WebAssemblyInterface | undefined {
  return (globalThis as { readonly WebAssembly?: WebAssemblyInterface }).WebAssembly
}

function kernelBytes(): Uint8Array {
  return Uint8Array.from(atob(MIN_HASH_WASM), character => character.charCodeAt(0))
}

function instantiate(): KernelExports | undefined {
  const platform = webAssembly()
  const bytes = kernelBytes()
  if (!platform?.validate(bytes)) return undefined
  return new platform.Instance(new platform.Module(bytes)).exports as KernelExports
}

function simdSigner(kernel: KernelExports, { a, b }: AffinePermutations): MinHashSigner {
  const padded = Math.ceil(a.length / 8) * 8
  const [atA, atB, atOut] = [START, START + 4 * padded, START + 8 * padded]
  const atValues = START + 12 * padded
  reserve(kernel, atValues)
  const fixed = new Uint32Array(kernel.memory.buffer, 0, atValues / 4)
  fixed.set(a, atA / 4)
  fixed.set(b, atB / 4)
  return hashes => {
    reserve(kernel, atValues + 4 * (hashes.length + 4))
    const memory = new Uint32Array(kernel.memory.buffer)
    memory.set(hashes, atValues / 4)
    memory.fill(EMPTY, atOut / 4, atOut / 4 + padded)
    kernel.mix(atValues, Math.ceil(hashes.length / 4) * 4)
    kernel.sign(atValues, hashes.length, atA, atB, atOut, padded)
    return memory.slice(atOut / 4, atOut / 4 + a.length)
  }
}

function reserve({ memory }: KernelExports, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE)
  if (missing > 0) memory.grow(missing)
}
