import { seededRandom } from '../common/random.ts'

/** A seeded sample of rows without replacement, ascending: all where there are no more than wanted. */
export function sampledRows(rows: Uint32Array, most: number, seed: number): Uint32Array {
  if (rows.length <= most) return rows
  const random = seededRandom(seed)
  const taken = rows.slice()
  for (let i = 0; i < most; i++) {
    const j = i + Math.floor(random() * (taken.length - i))
    ;[taken[i], taken[j]] = [taken[j], taken[i]]
  }
  return taken.subarray(0, most).sort()
}
