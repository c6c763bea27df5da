// The MinHash kernel, in AssemblyScript with 128-bit SIMD: npm run wasm compiles it into src/retrieval/generated.
// It computes bit for bit what src/retrieval/affine-min-hash.ts does.

/** Mixes 32-bit hashes in place by the finaliser of MurmurHash3, four at a time; count is a multiple of 4. */
export function mix(values: usize, count: i32): void {
  const end = values + ((<usize>count) << 2)
  for (let at = values; at < end; at += 16) {
    let h = v128.load(at)
    h = v128.xor(h, i32x4.shr_u(h, 16))
    h = i32x4.mul(h, i32x4.splat(0x85ebca6b))
    h = v128.xor(h, i32x4.shr_u(h, 13))
    h = i32x4.mul(h, i32x4.splat(0xc2b2ae35))
    v128.store(at, v128.xor(h, i32x4.shr_u(h, 16)))
  }
}

/** out_k = min(out_k, min_i a_k h_i + b_k mod 2^32), eight permutations at a time; permutations is a multiple of 8. */
export function sign(values: usize, count: i32, a: usize, b: usize, out: usize, permutations: i32): void {
  const end = values + ((<usize>count) << 2)
  for (let k: usize = 0; k < (<usize>permutations) << 2; k += 32) {
    const a0 = v128.load(a + k)
    const a1 = v128.load(a + k, 16)
    const b0 = v128.load(b + k)
    const b1 = v128.load(b + k, 16)
    let m0 = v128.load(out + k)
    let m1 = v128.load(out + k, 16)
    for (let at = values; at < end; at += 4) {
      const h = v128.load32_splat(at)
      m0 = i32x4.min_u(m0, i32x4.add(i32x4.mul(h, a0), b0))
      m1 = i32x4.min_u(m1, i32x4.add(i32x4.mul(h, a1), b1))
    }
    v128.store(out + k, m0)
    v128.store(out + k, m1, 16)
  }
}
