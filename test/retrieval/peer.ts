import { golden } from '../golden-file.ts'

interface PeerSignature {
  readonly scheme: 'affine32' | 'legacy'
  readonly seed: number
  readonly permutations: number
  readonly elements: number[]
  readonly a: string[]
  readonly b: string[]
  readonly signature: number[]
}

interface PeerChoice {
  readonly length: number
  readonly threshold: number
  readonly bands: [number, number]
}

/** What datasketch gave: test/golden/min-hash-bands.json. */
export const peer = golden<{
  readonly signatures: PeerSignature[]
  readonly bands: (PeerChoice & { readonly weights: [number, number] })[]
  readonly containment: (PeerChoice & { readonly most: number; readonly ratio: number })[]
  readonly partitions: { readonly sizes: number[]; readonly parts: number; readonly cut: [number, number][] }[]
  readonly index: {
    readonly sets: number[][]
    readonly threshold: number
    readonly found: number[][]
    readonly containmentThreshold: number
    readonly parts: number
    readonly contained: number[][]
  }
}>('min-hash-bands.json')

/** The peer's signatures of one scheme. */
export function peerSignatures(scheme: PeerSignature['scheme']): PeerSignature[] {
  return peer.signatures.filter(one => one.scheme === scheme)
}
