const encoder = new TextEncoder()
/** Room for the bytes of a word: an encoder's call takes longer than the hash. */
const scratch = new Uint8Array(32)
const LAST_ASCII = 0x7f

/**
 * MurmurHash3 (x86, 32 bits; Appleby 2011) of a string's UTF-8 bytes.
 *
 * @returns an unsigned 32-bit integer
 */
export function stringHash(text: string, seed = 0): number {
  const bytes = utf8Bytes(text)
  const blocks = bytes.length >>> 2
  let h = seed | 0
  for (let i = 0; i < blocks; i++) {
    const o = i * 4
    h = mixBlock(h, bytes[o] | (bytes[o + 1] << 8) | (bytes[o + 2] << 16) | (bytes[o + 3] << 24))
  }
  let tail = 0
  for (let i = bytes.length - 1; i >= blocks * 4; i--) tail = (tail << 8) | bytes[i]
  if (bytes.length % 4 !== 0) h ^= scramble(tail)
  return mix32(h ^ bytes.length)
}

/** The UTF-8 bytes of a text, to be used before the next call. */
function utf8Bytes(text: string): Uint8Array {
  const { length } = text
  if (length > scratch.length) return encoder.encode(text)
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code > LAST_ASCII) return encoder.encode(text)
    scratch[i] = code
  }
  return scratch.subarray(0, length)
}

/** The finaliser of MurmurHash3: a permutation of the unsigned 32-bit integers. */
export function mix32(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

function mixBlock(h: number, block: number): number {
  const mixed = h ^ scramble(block)
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}

function scramble(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51)
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593)
}
