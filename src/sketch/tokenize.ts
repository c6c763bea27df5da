import { STOP_WORDS } from './stop-words.ts'

const WORD = /[\p{L}\p{N}]+/gu

/** The lower-cased runs of letters and digits of a text, without English stop words. */
export function tokenize(text: string): string[] {
  const words = text.toLowerCase().match(WORD) ?? []
  return words.filter(word => !STOP_WORDS.has(word))
}
