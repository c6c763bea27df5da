/** Largest code: a code c stands for the probability (c / 255)². */
export const LARGEST_CODE = 255

/**
 * Rounds the roots of probabilities to 8 bits.
 *
 *   c_b = round(255 √p_b)
 *
 * @param values probabilities, shape (bins)
 * @param offsets feature f occupies the columns [offsets[f], offsets[f+1])
 * @param codes where the codes go, at least shape (bins)
 * @returns max_f ‖√p_f − c_f / 255‖₂, rounded up to a 32-bit float
 */
export function rootCodes(values: ArrayLike<number>, offsets: Uint32Array, codes: Uint8Array): number {
  let largest = 0
  for (let f = 0; f + 1 < offsets.length; f++) {
    let squares = 0
    for (let b = offsets[f]; b < offsets[f + 1]; b++) {
      const p = values[b]
      if (p === 0) {
        codes[b] = 0
        continue
      }
      const root = LARGEST_CODE * Math.sqrt(p)
      const code = Math.min(LARGEST_CODE, Math.round(root))
      codes[b] = code
      squares += (root - code) ** 2
    }
    if (squares > largest) largest = squares
  }
  return Math.fround((Math.sqrt(largest) / LARGEST_CODE) * (1 + 2 ** -23))
}
