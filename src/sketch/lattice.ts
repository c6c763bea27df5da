/** Number of lattice elements of finite numbers: 1 bit of sign, 11 of exponent, the top 3 of the mantissa. */
export const LATTICE_SIZE = 1 << 15

/** The element that stands for a missing value. */
export const MISSING_ELEMENT = 0x8000

/** Whether the high word of a double comes second in memory; it does on every platform JavaScript engines ship for. */
const HIGH_WORD = 1

/**
 * Adds the numbers of a column to the counts of their lattice elements.
 *
 * The lattice is fixed, no data decide it: an element is the sign, the exponent and the top three bits of the mantissa
 * of the number as a double, so two publishers who never met count into the same elements. Zero is element 0 whatever
 * its sign; NaN and infinities are the missing element.
 *
 * @param values shape (rows)
 * @param counts shape (LATTICE_SIZE + 1), added to
 */
export function countLatticeElements(values: Float64Array, counts: Float64Array): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value - value !== 0) counts[MISSING_ELEMENT]++
    else if (value === 0) counts[0]++
    else counts[words[2 * i + HIGH_WORD] >>> 17]++
  }
}
