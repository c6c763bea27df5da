// The kernel of bounds between cells, in AssemblyScript with 128-bit SIMD: npm run wasm compiles it into
// src/math/generated. Single precision throughout; src/math/affinities.ts says how far off it may be.

/** √x of a number of 32-bit floats in place, four at a time; count is a multiple of 4. */
export function roots(values: usize, count: i32): void {
  const end = values + ((<usize>count) << 2)
  for (let at = values; at < end; at += 16) v128.store(at, f32x4.sqrt(v128.load(at)))
}

/** The four lanes added up. */
function total(sums: v128): f32 {
  const pairs = f32x4.add(sums, i32x4.shuffle(sums, sums, 2, 3, 0, 1))
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1)
}

/** out_ij = Σ_c a_ic b_jc, shape (m × n): two rows of a with four of b at a time; stride and n are multiples of 4, m of 2. */
export function products(a: usize, m: i32, b: usize, n: i32, stride: i32, out: usize): void {
  const row = (<usize>stride) << 2
  const outRow = (<usize>n) << 2
  for (let i = 0; i < m; i += 2, a += 2 * row, out += 2 * outRow) {
    let q = b
    for (let j: usize = 0; j < outRow; j += 16, q += 4 * row) {
      let s0 = f32x4.splat(0)
      let s1 = f32x4.splat(0)
      let s2 = f32x4.splat(0)
      let s3 = f32x4.splat(0)
      let t0 = f32x4.splat(0)
      let t1 = f32x4.splat(0)
      let t2 = f32x4.splat(0)
      let t3 = f32x4.splat(0)
      const q1 = q + row
      const q2 = q1 + row
      const q3 = q2 + row
      const a1 = a + row
      for (let at: usize = 0; at < row; at += 16) {
        const x = v128.load(a + at)
        const y = v128.load(a1 + at)
        let z = v128.load(q + at)
        s0 = f32x4.add(s0, f32x4.mul(x, z))
        t0 = f32x4.add(t0, f32x4.mul(y, z))
        z = v128.load(q1 + at)
        s1 = f32x4.add(s1, f32x4.mul(x, z))
        t1 = f32x4.add(t1, f32x4.mul(y, z))
        z = v128.load(q2 + at)
        s2 = f32x4.add(s2, f32x4.mul(x, z))
        t2 = f32x4.add(t2, f32x4.mul(y, z))
        z = v128.load(q3 + at)
        s3 = f32x4.add(s3, f32x4.mul(x, z))
        t3 = f32x4.add(t3, f32x4.mul(y, z))
      }
      store<f32>(out + j, total(s0))
      store<f32>(out + j, total(s1), 4)
      store<f32>(out + j, total(s2), 8)
      store<f32>(out + j, total(s3), 12)
      store<f32>(out + outRow + j, total(t0))
      store<f32>(out + outRow + j, total(t1), 4)
      store<f32>(out + outRow + j, total(t2), 8)
      store<f32>(out + outRow + j, total(t3), 12)
    }
  }
}
