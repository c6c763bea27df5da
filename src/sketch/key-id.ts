import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { ModelHubError } from '../common/modelhub-error.ts'
import type { FeatureBins } from './feature-bins.ts'
import { stringHash } from './string-hash.ts'
import type { Sketch } from './sketch.ts'

/** Hashes a category or a token to an unsigned 32-bit integer. */
export type StringHasher = (text: string) => number

/** Fewer bytes could be guessed from the key id. */
const LEAST_KEY_BYTES = 16
/** Distinct strings whose keyed hash is kept at hand. */
const MOST_REMEMBERED = 500_000

/**
 * The hash of categories and tokens: public (MurmurHash3) without a key, else the first 32 bits of
 * HMAC-SHA-256(key, UTF-8 text)                                                              RFC 2104, FIPS 180-4
 *
 * Nobody without the key can test whether a word occurs.
 *
 * @throws OUT_OF_RANGE when the key has fewer than 16 bytes
 */
export function stringHasher(key: Uint8Array | undefined): StringHasher {
  if (key === undefined) return text => stringHash(text)
  requireKey(key)
  const known = new Map<string, number>()
  const keyed = hmac.create(sha256, key)
  return text => {
    const found = known.get(text)
    if (found !== undefined) return found
    const digest = keyed.clone().update(utf8ToBytes(text)).digest()
    const hash = new DataView(digest.buffer, digest.byteOffset).getUint32(0, true)
    if (known.size < MOST_REMEMBERED) known.set(text, hash)
    return hash
  }
}

/**
 * What tells keys apart without telling them: the first 8 bytes of HMAC-SHA-256(key, 'modelhub key id'), hexadecimal.
 *
 * @throws OUT_OF_RANGE when the key has fewer than 16 bytes
 */
export function keyId(key: Uint8Array): string {
  requireKey(key)
  return bytesToHex(hmac(sha256, key, utf8ToBytes('modelhub key id'))).slice(0, 16)
}

/** A sketch that says by which key its categories and tokens are hashed. */
export function withKeyId<T extends Pick<Sketch, 'features' | 'keyId'>>(sketch: T, id: string | undefined): T {
  if (id === undefined) return sketch
  const keyed = (bins: FeatureBins): FeatureBins => (bins.kind === 'nominal' ? { ...bins, keyId: id } : bins)
  const features = sketch.features.map(feature => {
    return { ...feature, bins: keyed(feature.bins), coarseBins: keyed(feature.coarseBins) }
  })
  return { ...sketch, features, keyId: id }
}

function requireKey(key: Uint8Array): void {
  if (key.length >= LEAST_KEY_BYTES) return
  throw new ModelHubError('OUT_OF_RANGE', `key: expected at least ${LEAST_KEY_BYTES} bytes, got ${key.length}`)
}
