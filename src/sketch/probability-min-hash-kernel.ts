import { reserveBytes, simdKernel, type KernelMemory } from '../math/simd-kernel.ts'
import { PROBABILITY_MIN_HASH_WASM } from './generated/probability-min-hash-wasm.ts'

interface ProbabilityMinHashKernel {
  sign(elements: number, weights: number, count: number, seed: number, out: number, length: number): void
}

/** Signs a weighted set of shape (elements) into shape (length). */
type WeightedSigner = (
  elements: Uint32Array,
  weights: Float64Array,
  how: { readonly seed: number; readonly length: number },
) => Uint32Array

/** The kernel's data begin here; address 0 stays free. */
const START = 1024

let instantiated: { readonly signer: WeightedSigner | undefined } | undefined

/** P-MinHash in WebAssembly SIMD, instantiated at the first call; undefined where the platform has none. */
export function simdProbabilityMinHash(): WeightedSigner | undefined {
  if (!instantiated) {
    const kernel = simdKernel<ProbabilityMinHashKernel>(PROBABILITY_MIN_HASH_WASM)
    instantiated = { signer: kernel && signerOf(kernel) }
  }
  return instantiated.signer
}

function signerOf(kernel: ProbabilityMinHashKernel & KernelMemory): WeightedSigner {
  return (elements, weights, { seed, length }) => {
    const padded = Math.ceil(elements.length / 4) * 4
    const [atWeights, atOut] = [START + 4 * padded, START + 12 * padded]
    reserveBytes(kernel, atOut + 4 * length)
    const { buffer } = kernel.memory
    new Uint32Array(buffer, START, elements.length).set(elements)
    new Float64Array(buffer, atWeights, weights.length).set(weights)
    kernel.sign(START, atWeights, elements.length, seed, atOut, length)
    return new Uint32Array(buffer, atOut, length).slice()
  }
}
