// The P-MinHash kernel, in AssemblyScript with 128-bit SIMD: npm run wasm compiles it into src/sketch/generated.
// It computes bit for bit what plainProbabilityMinHash of src/sketch/min-hash.ts does.

const LN2_UPPER: f64 = 6.9314718036912381649e-1
const LN2_LOWER: f64 = 1.90821492927058770002e-10

/** The finaliser of MurmurHash3, four at a time. */
function mix(x: v128): v128 {
  let h = v128.xor(x, i32x4.shr_u(x, 16))
  h = i32x4.mul(h, i32x4.splat(0x85ebca6b))
  h = v128.xor(h, i32x4.shr_u(h, 13))
  h = i32x4.mul(h, i32x4.splat(0xc2b2ae35))
  return v128.xor(h, i32x4.shr_u(h, 16))
}

/** (h + ½) / 2^32 of the first two of four hashes. */
function uniform(h: v128): v128 {
  return f64x2.mul(f64x2.add(f64x2.convert_low_i32x4_u(h), f64x2.splat(0.5)), f64x2.splat(1.0 / 4294967296.0))
}

/** portableLog of src/math/log.ts, operation by operation, for normal x > 0. */
function portableLog(x: f64): f64 {
  const bits = reinterpret<u64>(x)
  const high = <u32>(bits >> 32)
  let exponent = <f64>(<i32>(high >>> 20) - 1023)
  let f = <f64>(bits & 0xfffffffffffff) * (1.0 / 4503599627370496.0)
  if ((high & 0xfffff) >= 0x6a09e) {
    exponent += 1
    f = 0.5 * (f - 1)
  }
  if (f == 0) return exponent * LN2_UPPER + exponent * LN2_LOWER
  const s = f / (2 + f)
  const z = s * s
  const halfSquare = 0.5 * f * f
  const upper = z * (2.0 / 17 + z * (2.0 / 19 + z * (2.0 / 21 + z * (2.0 / 23 + z * (2.0 / 25)))))
  const inner = z * (2.0 / 9 + z * (2.0 / 11 + z * (2.0 / 13 + z * (2.0 / 15 + upper))))
  const tail = s * (halfSquare + z * (2.0 / 3 + z * (2.0 / 5 + z * (2.0 / 7 + inner))))
  return exponent * LN2_UPPER - (halfSquare - (tail + exponent * LN2_LOWER) - f)
}

/** out_k = argmin_i −ln U_{k,i} / w_i; elements and weights are padded to a multiple of 4, count is without padding. */
export function sign(elements: usize, weights: usize, count: i32, seed: i32, out: usize, length: i32): void {
  const seedMask = i32x4.splat((seed + 1) * 0x85ebca77)
  const one = f64x2.splat(1)
  for (let k = 0; k < length; k++) {
    const mask = i32x4.splat((k + 1) * 0x9e3779b1)
    let least = Infinity
    let winner: u32 = 0xffffffff
    for (let i = 0; i < count; i += 4) {
      const at = weights + ((<usize>i) << 3)
      const h = mix(v128.xor(mix(v128.xor(v128.load(elements + ((<usize>i) << 2)), mask)), seedMask))
      const low = f64x2.sub(one, uniform(h))
      const high = f64x2.sub(one, uniform(i64x2.shuffle(h, h, 1, 0)))
      const limit = f64x2.splat(least)
      const wins = v128.or(
        f64x2.lt(low, f64x2.mul(limit, v128.load(at))),
        f64x2.lt(high, f64x2.mul(limit, v128.load(at, 16))),
      )
      if (!v128.any_true(wins)) continue
      for (let lane = 0; lane < 4 && i + lane < count; lane++) {
        const pair = lane < 2 ? low : high
        const rest = lane & 1 ? f64x2.extract_lane(pair, 1) : f64x2.extract_lane(pair, 0)
        const weight = load<f64>(at + ((<usize>lane) << 3))
        if (rest >= least * weight) continue
        const arrival = -portableLog(1 - rest) / weight
        if (arrival < least) {
          least = arrival
          winner = load<u32>(elements + ((<usize>(i + lane)) << 2))
        }
      }
    }
    store<u32>(out + ((<usize>k) << 2), winner)
  }
}
