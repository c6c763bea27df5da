import type { LabelledClasses } from './labelled-classes.ts'

export interface NeighbourVote {
  /** The class that would be right. */
  readonly own: number
  /** Votes, at most the number of finite distances. */
  readonly k: number
  /** Distances that differ by at most this much are one. */
  readonly slack: number
}

/**
 * The share in which the own class wins the vote of the k nearest: 1, 0, or 1 over the number of classes it ties with.
 * Neighbours at the k-th distance share the votes that the nearer ones leave.
 *
 * @param distances to every row, infinite where a row has no vote, shape (rows)
 */
export function voteShare(distances: Float64Array, classes: LabelledClasses, { own, k, slack }: NeighbourVote): number {
  const last = smallest(distances, k)
  const nearer = new Float64Array(classes.count)
  const level = new Float64Array(classes.count)
  let votesLeft = k
  let sharing = 0
  for (let j = 0; j < distances.length; j++) {
    if (distances[j] < last - slack) {
      nearer[classes.of[j]]++
      votesLeft--
    } else if (distances[j] <= last + slack) {
      level[classes.of[j]]++
      sharing++
    }
  }
  const votes = nearer.map((count, c) => count + (level[c] * votesLeft) / sharing)
  const most = Math.max(...votes) - TIE
  return votes[own] < most ? 0 : 1 / votes.filter(count => count >= most).length
}

/** Votes nearer than this are equal: shares of votes are fractions. */
const TIE = 1e-9

/** The k-th smallest distance. */
function smallest(distances: Float64Array, k: number): number {
  const best = new Float64Array(k).fill(Infinity)
  for (const distance of distances) {
    if (!(distance < best[k - 1])) continue
    let at = k - 1
    for (; at > 0 && best[at - 1] > distance; at--) best[at] = best[at - 1]
    best[at] = distance
  }
  return best[k - 1]
}
