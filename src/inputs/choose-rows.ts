import { seededRandom } from '../common/random.ts'
import { largestRemainder } from '../sketch/index.ts'

/** Which rows of a dataset are wanted. */
export interface RowChoice {
  /** How many rows, or all. */
  readonly sample: number | 'all'
  readonly seed: number
}

/**
 * Rows of a dataset, ascending: all, or a seeded sample without replacement that is stratified by label. Each class has
 * its proportional share by largest remainder, and at least one row where the sample is as large as the classes are
 * many; rows without a label are a class of their own. The same seed gives the same rows.
 *
 * Selection sampling, one pass: a row is taken with probability (rows still wanted of its class) / (rows of its class
 * still to come)                                                                  (Knuth, The Art, vol. 2, Algorithm S)
 *
 * @param labels one a row, or undefined for an unlabelled dataset
 */
export function chooseRows(
  rows: number,
  labels: readonly (string | null)[] | undefined,
  { sample, seed }: RowChoice,
): Uint32Array {
  if (sample === 'all' || sample >= rows) return Uint32Array.from({ length: rows }, (_, row) => row)
  const left = labels ? countsOf(labels) : new Map([[null, rows]])
  const classes = [...left.keys()]
  const shares = quotas([...left.values()], sample)
  const wanted = new Map(classes.map((name, i) => [name, shares[i]]))
  const random = seededRandom(seed)
  const chosen = new Uint32Array(sample)
  for (let row = 0, taken = 0; taken < sample; row++) {
    const name = labels ? labels[row] : null
    const toCome = left.get(name)!
    const toTake = wanted.get(name)!
    left.set(name, toCome - 1)
    if (random() * toCome >= toTake) continue
    wanted.set(name, toTake - 1)
    chosen[taken++] = row
  }
  return chosen
}

function countsOf(labels: readonly (string | null)[]): Map<string | null, number> {
  const counts = new Map<string | null, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return counts
}

/** How many rows of each class: proportional, then one from the largest for each class that would have none. */
function quotas(counts: readonly number[], sample: number): Uint32Array {
  const rows = counts.reduce((sum, count) => sum + count, 0)
  const shares = largestRemainder(
    Float64Array.from(counts, count => (sample * count) / rows),
    sample,
  )
  if (counts.length <= sample) giveEachOne(shares)
  return shares
}

/** Moves one row to every class without any, each time from a class that has most. */
function giveEachOne(shares: Uint32Array): void {
  const donors = Array.from(shares.keys()).sort((a, b) => shares[b] - shares[a] || a - b)
  let next = 0 // those before it have given one more than those from it on
  for (let i = 0; i < shares.length; i++) {
    if (shares[i] > 0) continue
    const donor = donors[next]
    shares[i] = 1
    shares[donor]--
    next = next + 1 < donors.length && shares[donors[next + 1]] > shares[donor] ? next + 1 : 0
  }
}
