/**
 * Whole numbers nearest to shares of a total that still sum to it: each is rounded down, and what is left over goes to
 * the largest remainders, ties by order                                                          (Hamilton 1792)
 *
 * @param amounts numbers ≥ 0 that sum to `total` but for rounding
 */
export function largestRemainder(amounts: Float64Array, total: number): Uint32Array {
  const whole = Uint32Array.from(amounts, Math.floor)
  const byRemainder = Array.from(amounts.keys()).sort(
    (a, b) => amounts[b] - whole[b] - (amounts[a] - whole[a]) || a - b,
  )
  let left = total - whole.reduce((sum, n) => sum + n, 0)
  for (let i = 0; left > 0; i = (i + 1) % byRemainder.length, left--) whole[byRemainder[i]]++
  // An amount that rounding put at or above the next whole number leaves the sum too large.
  for (let i = byRemainder.length - 1; left < 0; i--) {
    if (whole[byRemainder[i]] === 0) continue
    whole[byRemainder[i]]--
    left++
  }
  return whole
}
