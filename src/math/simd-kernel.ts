/** What is used of WebAssembly's JavaScript interface, which the types of ECMAScript do not name. */
interface WebAssemblyInterface {
  validate(bytes: Uint8Array): boolean
  Module: new (bytes: Uint8Array) => object
  Instance: new (module: object) => { readonly exports: unknown }
}

/** The memory that a kernel works on. */
export interface KernelMemory {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
}

const PAGE = 65536

/**
 * Instantiates a WebAssembly kernel.
 *
 * @param base64 the module's bytes
 * @returns its exports, or undefined where the platform has no WebAssembly or not the SIMD that the module uses
 */
export function simdKernel<Exports>(base64: string): (Exports & KernelMemory) | undefined {
  const platform = (globalThis as { readonly WebAssembly?: WebAssemblyInterface }).WebAssembly
  const bytes = Uint8Array.from(atob(base64), character => character.charCodeAt(0))
  if (!platform?.validate(bytes)) return undefined
  return new platform.Instance(new platform.Module(bytes)).exports as Exports & KernelMemory
}

/** Grows a kernel's memory to at least so many bytes; views of it made before may end. */
export function reserveBytes({ memory }: KernelMemory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE)
  if (missing > 0) memory.grow(missing)
}
