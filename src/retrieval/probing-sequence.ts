/** A set of hashes of one band, each moved to the neighbouring cell: steps of −1, 0 or 1, shape (K). */
export type Perturbation = Int8Array

interface Step {
  /** Which of the K hashes. */
  readonly hash: number
  readonly move: -1 | 1
  /** Squared distance of the point from the border to that neighbour, in cells. */
  readonly cost: number
}

/** Indices into the sorted steps, ascending. */
interface StepSet {
  readonly steps: readonly number[]
  readonly cost: number
}

/**
 * The neighbouring buckets of a band that most likely hold a point's near ones, the likeliest first.
 *
 *   score = Σ_i x_i(δ_i)²,  x_i(δ) the distance to the border that step δ crosses        Lv et al. (2007), §4.4
 *
 * The sets of steps are built in order of score from the first one by shifting its last step on, or expanding it by the
 * next; a set that moves one hash both ways is passed over.
 *
 * @param places of the band's hashes among the cells, shape (K); a hash is the ceiling of its place
 * @param probes how many buckets beside the point's own; fewer come back when there are no more
 */
export function probingSequence(places: Float64Array, probes: number): Perturbation[] {
  const steps = sortedSteps(places)
  const cost = (indices: readonly number[]) => indices.reduce((sum, i) => sum + steps[i].cost, 0)
  const waiting: StepSet[] = [{ steps: [0], cost: steps[0].cost }]
  const sequence: Perturbation[] = []
  while (waiting.length > 0 && sequence.length < probes) {
    const { steps: indices } = removeLeast(waiting)
    const last = indices[indices.length - 1]
    if (isPossible(indices, steps)) sequence.push(perturbation(indices, steps, places.length))
    if (last + 1 < steps.length) {
      for (const next of [
        [...indices.slice(0, -1), last + 1],
        [...indices, last + 1],
      ]) {
        waiting.push({ steps: next, cost: cost(next) })
      }
    }
  }
  return sequence
}

function sortedSteps(places: Float64Array): Step[] {
  const steps = Array.from(places).flatMap((place, hash): Step[] => {
    const up = Math.ceil(place) - place
    return [
      { hash, move: 1, cost: up * up },
      { hash, move: -1, cost: (1 - up) * (1 - up) },
    ]
  })
  return steps.sort((a, b) => a.cost - b.cost)
}

/** The list stays as short as the number of probes, so a scan serves as well as a heap. */
function removeLeast(waiting: StepSet[]): StepSet {
  let least = 0
  for (let i = 1; i < waiting.length; i++) if (waiting[i].cost < waiting[least].cost) least = i
  const [taken] = waiting.splice(least, 1)
  return taken
}

function isPossible(indices: readonly number[], steps: readonly Step[]): boolean {
  return new Set(indices.map(i => steps[i].hash)).size === indices.length
}

function perturbation(indices: readonly number[], steps: readonly Step[], values: number): Perturbation {
  const moves = new Int8Array(values)
  for (const i of indices) moves[steps[i].hash] = steps[i].move
  return moves
}
