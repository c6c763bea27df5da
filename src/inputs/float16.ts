/**
 * Numbers as the 16 bits of half precision, each rounded to single precision first and then to the nearest, ties to even
 * (IEEE 754 binary16). Beyond ±65,504 plus half a step it is infinite; NaN is a quiet NaN.
 */
export function float16Bits(numbers: Float64Array | Float32Array): Uint16Array {
  const singles = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers)
  const words = new Uint32Array(singles.buffer, singles.byteOffset, singles.length)
  return Uint16Array.from(words, halfOf)
}

function halfOf(word: number): number {
  const sign = (word >>> 16) & 0x8000
  const magnitude = word & 0x7fff_ffff
  if (magnitude > 0x7f80_0000) return sign | 0x7e00
  if (magnitude >= 0x4780_0000) return sign | 0x7c00
  if (magnitude >= 0x3880_0000) return sign | roundedShift(magnitude - 0x3800_0000, 13)
  // Subnormal: the significand with its leading one, shifted by what the exponent lacks.
  const shift = 126 - (magnitude >>> 23)
  return shift > 24 ? sign : sign | roundedShift((magnitude & 0x7f_ffff) | 0x80_0000, shift)
}

function roundedShift(value: number, shift: number): number {
  const half = 2 ** (shift - 1)
  const rest = value & (2 ** shift - 1)
  const whole = value >>> shift
  return rest > half || (rest === half && (whole & 1) === 1) ? whole + 1 : whole
}
