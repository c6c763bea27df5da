/** ln 2 in two parts: the upper has 21 trailing zero bits, so that its product with an exponent is exact. */
const LN2_UPPER = 6.9314718036912381649e-1
const LN2_LOWER = 1.90821492927058770002e-10
const SQRT2_MANTISSA = 0x6a09e
const TWO_TO_54 = 2 ** 54

const word = new DataView(new ArrayBuffer(8))

/**
 * Natural logarithm with the same bits on every platform: only + − × ÷ on doubles, which IEEE 754 rounds exactly, and
 * access to the bits of x.
 *
 *   x = 2^k (1 + f),  1 + f in [√½, √2],  s = f / (2 + f)
 *   ln x = k ln 2 + 2 artanh s = k ln 2 + 2s + s (2/3 s² + 2/5 s⁴ + …)      reduction of fdlibm, Sun (1993)
 *
 * Twelve terms of the series leave less than 2^-57. Within 1 ulp of the true value.
 *
 * @param x any number
 * @returns −∞ at 0, NaN below 0 and for NaN, ∞ at ∞; subnormal numbers are as exact as others
 */
export function portableLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return Infinity
  const subnormal = x < 2 ** -1022
  word.setFloat64(0, subnormal ? x * TWO_TO_54 : x)
  const high = word.getUint32(0)
  const upper = high & 0xfffff
  const halve = upper >= SQRT2_MANTISSA
  const fraction = (upper * 2 ** 32 + word.getUint32(4)) * 2 ** -52
  const exponent = (high >>> 20) - 1023 - (subnormal ? 54 : 0)
  return halve ? logOfParts(exponent + 1, 0.5 * (fraction - 1)) : logOfParts(exponent, fraction)
}

/** k ln 2 + ln(1 + f) for f in [√½ − 1, √2 − 1]; 2s is taken as f − f²/2 + s f²/2, which loses no bits of f. */
function logOfParts(exponent: number, f: number): number {
  if (f === 0) return exponent * LN2_UPPER + exponent * LN2_LOWER
  const s = f / (2 + f)
  const halfSquare = 0.5 * f * f
  const tail = s * (halfSquare + artanhTail(s * s))
  return exponent * LN2_UPPER - (halfSquare - (tail + exponent * LN2_LOWER) - f)
}

/** 2/3 z + 2/5 z² + … + 2/25 z¹², by Horner's rule; the quotients are constants and cost nothing. */
function artanhTail(z: number): number {
  const high = z * (2 / 17 + z * (2 / 19 + z * (2 / 21 + z * (2 / 23 + z * (2 / 25)))))
  return z * (2 / 3 + z * (2 / 5 + z * (2 / 7 + z * (2 / 9 + z * (2 / 11 + z * (2 / 13 + z * (2 / 15 + high)))))))
}
