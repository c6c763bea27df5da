import { afterEach, describe, expect, it, vi } from 'vitest'
import { reserveBytes, simdKernel } from '../../src/math/simd-kernel.ts'

/** A module with one page of memory, exported, and nothing else. */
const MEMORY_ALONE = Buffer.from(
  Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 10, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0),
).toString('base64')

afterEach(() => vi.unstubAllGlobals())

describe('simdKernel', () => {
  it('instantiates a module, whose memory grows to what is asked for and never shrinks', () => {
    const kernel = simdKernel(MEMORY_ALONE)!
    expect(kernel.memory.buffer.byteLength).toBe(65536)
    reserveBytes(kernel, 65537)
    expect(kernel.memory.buffer.byteLength).toBe(131072)
    reserveBytes(kernel, 5)
    expect(kernel.memory.buffer.byteLength).toBe(131072)
  })

  it('gives nothing for a module that the platform cannot run, or without WebAssembly', () => {
    expect(simdKernel(Buffer.from('no module').toString('base64'))).toBeUndefined()
    vi.stubGlobal('WebAssembly', undefined)
    expect(simdKernel(MEMORY_ALONE)).toBeUndefined()
  })
})
