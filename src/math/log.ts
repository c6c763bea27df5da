const LN_2 = 0.6931471805599453
const SQRT_2 = 1.4142135623730951
/** Terms 1/3, 1/5, … of the series: the first one left out is below 2^−53 of the sum. */
const SERIES_TERMS = 12

/**
 * Natural logarithm by + − × ÷ alone, so that the bits agree on every platform (Math.log may differ in the last one).
 *
 *   x = m · 2^e,  m in [√½, √2);   ln x = e ln 2 + 2 artanh s,  s = (m − 1)/(m + 1),  artanh s = s + s³/3 + s⁵/5 + …
 *
 * Within 2 ulp of the true value away from x = 1. ln 0 = −∞; negative numbers and NaN give NaN.
 */
export function portableLog(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN
  if (x === Infinity) return Infinity
  let exponent = 0
  let mantissa = x
  while (mantissa < 1e-30) {
    mantissa *= 2 ** 96
    exponent -= 96
  }
  while (mantissa >= 2 ** 32) {
    mantissa /= 2 ** 32
    exponent += 32
  }
  while (mantissa < 2 ** -16) {
    mantissa *= 2 ** 16
    exponent -= 16
  }
  while (mantissa >= SQRT_2) {
    mantissa /= 2
    exponent++
  }
  while (mantissa < SQRT_2 / 2) {
    mantissa *= 2
    exponent--
  }
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let sum = 0
  for (let k = SERIES_TERMS; k > 0; k--) sum = (sum + 1 / (2 * k + 1)) * square
  return exponent * LN_2 + 2 * s * (1 + sum)
}
