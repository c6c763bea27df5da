/**
 * How many tokens of a text, or of each of a pair, are kept so that together they are at most `most`. Of a pair that is
 * too long the shorter keeps up to half, rounded down, and the longer what is left; of two equally long ones the first
 * counts as the shorter ("longest first" of Hugging Face's tokenizers 0.23).
 *
 * @param lengths tokens of the one or two texts, without special ones
 * @returns one number a text
 */
export function keptTokens(lengths: readonly number[], most: number): readonly number[] {
  const [first, second] = lengths
  if (second === undefined) return [Math.min(first, most)]
  if (first + second <= most) return lengths
  const shorter = Math.min(first, second, Math.floor(most / 2))
  return first <= second ? [shorter, most - shorter] : [most - shorter, shorter]
}
