import type { NominalBins } from './feature-bins.ts'

/** Bins of the most frequent hashes, ties by hash; the rest is counted as `other`. */
export function frequentHashes(counts: ReadonlyMap<number, number>, most: number): NominalBins {
  const ordered = [...counts].sort(([hashA, a], [hashB, b]) => b - a || hashA - hashB)
  return { kind: 'nominal', hashes: Uint32Array.from(ordered.slice(0, most), ([hash]) => hash) }
}
