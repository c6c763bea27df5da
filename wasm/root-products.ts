// The kernel of the masked block, in AssemblyScript with 128-bit SIMD: npm run wasm compiles it into
// src/retrieval/generated. It computes bit for bit what PlainRows of src/retrieval/root-products.ts does.

/** The four lanes added up. */
function total(sums: v128): i32 {
  const pairs = i32x4.add(sums, i32x4.shuffle(sums, sums, 2, 3, 0, 1))
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1)
}

/** out_m = Σ_c codes_mc query_c of rows of 8-bit codes; stride is a multiple of 16, rows is even. */
export function products(codes: usize, rows: i32, stride: i32, query: usize, out: usize): void {
  for (let row = 0; row < rows; row += 2) {
    let a = i32x4.splat(0)
    let b = i32x4.splat(0)
    const next = codes + <usize>stride
    for (let at: usize = 0; at < <usize>stride; at += 16) {
      const low = v128.load(query + (at << 1))
      const high = v128.load(query + (at << 1), 16)
      const p = v128.load(codes + at)
      const q = v128.load(next + at)
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(p), low))
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(q), low))
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(p), high))
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(q), high))
    }
    store<i32>(out, total(a))
    store<i32>(out, total(b), 4)
    out += 8
    codes = next + <usize>stride
  }
}
