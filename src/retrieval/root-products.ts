import { reserveBytes, simdKernel, type KernelMemory } from '../math/simd-kernel.ts'
import { ROOT_PRODUCTS_WASM } from './generated/root-products-wasm.ts'

interface ProductsKernel {
  products(codes: number, rows: number, stride: number, query: number, out: number): void
}

/** The kernel's data begin here; address 0 stays free. */
const START = 1024
/** Rows whose products are taken in one call. */
const ROWS_A_CALL = 4096

/** Rows of 8-bit codes, and their inner products with a query. */
export interface CodeRows {
  /** Bytes of a row: a multiple of 16. */
  readonly stride: number
  readonly size: number
  /** Bytes that the codes take in memory. */
  readonly residentBytes: number
  /** Makes room for so many rows in all; `extend` makes it by itself, in larger steps than are needed. */
  reserve(rows: number): void
  /** Adds rows, for the caller to fill before the next one is added, shape (rows × stride). */
  extend(rows: number): Uint8Array
  /** All codes, shape (size × stride), until rows are added. */
  codes(): Uint8Array
  /**
   * Σ_c code_c query_c of every row. It must stay within 31 bits.
   *
   * @param query shape (stride)
   * @returns shape (size)
   */
  products(query: Int16Array): Int32Array
  /**
   * Shows some rows, each once, in any order.
   *
   * @param wanted their numbers
   * @param see is given the row's place in `wanted`, and codes that begin with its own at `start`, good until it returns
   */
  each(wanted: Uint32Array, see: (place: number, codes: Uint8Array, start: number) => void): void
}

function eachOf(
  { stride, codes }: { readonly stride: number; readonly codes: Uint8Array },
  wanted: Uint32Array,
  see: Parameters<CodeRows['each']>[1],
): void {
  for (let i = 0; i < wanted.length; i++) see(i, codes, wanted[i] * stride)
}

/** Rows of codes in the memory of a WebAssembly SIMD kernel where the platform has it, in plain TypeScript otherwise. */
export function codeRows(width: number): CodeRows {
  const stride = Math.ceil(width / 16) * 16
  const kernel = simdKernel<ProductsKernel>(ROOT_PRODUCTS_WASM)
  return kernel ? new SimdRows(kernel, stride) : new PlainRows(stride)
}

class SimdRows implements CodeRows {
  readonly stride: number
  size = 0
  readonly #kernel: ProductsKernel & KernelMemory
  readonly #out: number
  readonly #start: number
  #room = 0

  constructor(kernel: ProductsKernel & KernelMemory, stride: number) {
    this.stride = stride
    this.#kernel = kernel
    this.#out = START + 2 * stride
    this.#start = this.#out + 4 * ROWS_A_CALL
    this.reserve(0)
  }

  get residentBytes(): number {
    return this.#kernel.memory.buffer.byteLength
  }

  reserve(rows: number): void {
    // One row more: the kernel takes them in pairs.
    reserveBytes(this.#kernel, this.#start + (rows + 1) * this.stride)
    this.#room = Math.max(this.#room, rows)
  }

  extend(rows: number): Uint8Array {
    if (this.size + rows > this.#room) this.reserve(Math.ceil((this.size + rows) * 1.25))
    const at = this.#start + this.size * this.stride
    this.size += rows
    return new Uint8Array(this.#kernel.memory.buffer, at, rows * this.stride)
  }

  codes(): Uint8Array {
    return new Uint8Array(this.#kernel.memory.buffer, this.#start, this.size * this.stride)
  }

  each(wanted: Uint32Array, see: Parameters<CodeRows['each']>[1]): void {
    eachOf({ stride: this.stride, codes: this.codes() }, wanted, see)
  }

  products(query: Int16Array): Int32Array {
    const { buffer } = this.#kernel.memory
    const found = new Int32Array(this.size)
    new Int16Array(buffer, START, this.stride).set(query)
    const out = new Int32Array(buffer, this.#out, ROWS_A_CALL)
    for (let row = 0; row < this.size; row += ROWS_A_CALL) {
      const rows = Math.min(ROWS_A_CALL, this.size - row)
      this.#kernel.products(this.#start + row * this.stride, rows, this.stride, START, this.#out)
      found.set(out.subarray(0, rows), row)
    }
    return found
  }
}

/** The same without WebAssembly. */
export class PlainRows implements CodeRows {
  readonly stride: number
  size = 0
  #bytes = new Uint8Array(0)

  constructor(stride: number) {
    this.stride = stride
  }

  get residentBytes(): number {
    return this.#bytes.byteLength
  }

  reserve(rows: number): void {
    if (rows * this.stride <= this.#bytes.length) return
    const grown = new Uint8Array(rows * this.stride)
    grown.set(this.#bytes)
    this.#bytes = grown
  }

  extend(rows: number): Uint8Array {
    const from = this.size * this.stride
    this.size += rows
    if (this.size * this.stride > this.#bytes.length) this.reserve(Math.ceil(this.size * 1.25))
    return this.#bytes.subarray(from, this.size * this.stride)
  }

  codes(): Uint8Array {
    return this.#bytes.subarray(0, this.size * this.stride)
  }

  each(wanted: Uint32Array, see: Parameters<CodeRows['each']>[1]): void {
    eachOf({ stride: this.stride, codes: this.codes() }, wanted, see)
  }

  products(query: Int16Array): Int32Array {
    const { stride } = this
    const codes = this.#bytes
    return Int32Array.from({ length: this.size }, (_, row) => {
      let sum = 0
      for (let c = 0, at = row * stride; c < stride; c++, at++) sum += codes[at] * query[c]
      return sum
    })
  }
}
