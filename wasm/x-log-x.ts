// The kernel of Σ (p + q) ln (p + q) by table, in AssemblyScript with 128-bit SIMD: npm run wasm compiles it into
// src/math/generated. It computes bit for bit what plainSumOfPairs of src/math/fast-x-log-x.ts does.

const LOW_BITS: i32 = 15
const LOW_MASK: i32 = 0x7fff
const LOW_MIDDLE: i32 = 0x4000
const CELL_MASK: i32 = 0xff

/**
 * Two terms at a time, added one after the other.
 *
 * @param table for each of 256 cells ln c and 2^-23 / c, 64-bit floats
 * @param p 64-bit floats, an even number of them; likewise q
 */
export function sumOfPairs(table: usize, p: usize, q: usize, count: i32, ln2: f64): f64 {
  let sum: f64 = 0
  const logOf2 = f64x2.splat(ln2)
  const half = f64x2.splat(0.5)
  const end = p + ((<usize>count) << 3)
  for (; p < end; p += 16, q += 16) {
    const x = f64x2.add(v128.load(p), v128.load(q))
    const bits = f32x4.demote_f64x2_zero(x)
    const cells = i32x4.shl(v128.and(i32x4.shr_u(bits, LOW_BITS), i32x4.splat(CELL_MASK)), 4)
    const one = v128.load(table + i32x4.extract_lane(cells, 0))
    const other = v128.load(table + i32x4.extract_lane(cells, 1))
    const low = i32x4.sub(v128.and(bits, i32x4.splat(LOW_MASK)), i32x4.splat(LOW_MIDDLE))
    const exponent = i32x4.sub(i32x4.shr_u(bits, 23), i32x4.splat(127))
    const r = f64x2.mul(f64x2.convert_low_i32x4_s(low), i64x2.shuffle(one, other, 1, 3))
    const log = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(exponent), logOf2), i64x2.shuffle(one, other, 0, 2))
    const terms = f64x2.mul(x, f64x2.add(log, f64x2.sub(r, f64x2.mul(f64x2.mul(half, r), r))))
    sum += f64x2.extract_lane(terms, 0)
    sum += f64x2.extract_lane(terms, 1)
  }
  return sum
}
