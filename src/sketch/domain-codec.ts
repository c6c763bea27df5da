import { z } from 'zod'
import { fromBase64, toBase64 } from './base64.ts'
import type { FeatureBins } from './feature-bins.ts'
import { SIGNATURE_LENGTH } from './min-hash.ts'

const binsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('numeric'), edges: z.base64(), atoms: z.base64() }),
  z.object({ kind: z.literal('nominal'), hashes: z.base64(), keyId: z.string().optional() }),
])

/** Bins as JSON: their numbers as base64 of little-endian 64-bit floats or 32-bit integers. */
export type EncodedBins = z.infer<typeof binsSchema>

/** Bins as JSON. */
export function encodeBins(bins: FeatureBins): EncodedBins {
  return bins.kind === 'numeric'
    ? { kind: 'numeric', edges: toBase64(bins.edges), atoms: toBase64(bins.atoms) }
    : { kind: 'nominal', hashes: toBase64(bins.hashes), keyId: bins.keyId }
}

/** Bins from the JSON that `encodeBins` made. */
export function decodeBins(encoded: unknown): FeatureBins {
  const bins = binsSchema.parse(encoded)
  return bins.kind === 'numeric'
    ? {
        kind: 'numeric',
        edges: new Float64Array(fromBase64(bins.edges)),
        atoms: new Float64Array(fromBase64(bins.atoms)),
      }
    : { ...bins, hashes: new Uint32Array(fromBase64(bins.hashes)) }
}

/** Signatures one after the other as bytes. */
export function encodeSignatures(signatures: readonly Uint32Array[]): Uint8Array {
  const all = new Uint32Array(signatures.length * SIGNATURE_LENGTH)
  signatures.forEach((signature, i) => all.set(signature, i * SIGNATURE_LENGTH))
  return new Uint8Array(all.buffer)
}

/** Signatures from the bytes that `encodeSignatures` made. */
export function decodeSignatures(bytes: Uint8Array): Uint32Array[] {
  const all = new Uint32Array(bytes.slice().buffer)
  return Array.from({ length: all.length / SIGNATURE_LENGTH }, (_, i) =>
    all.slice(i * SIGNATURE_LENGTH, (i + 1) * SIGNATURE_LENGTH),
  )
}
