import { seededRandom } from '../../src/common/random.ts'
import { expectedAccuracies } from '../../src/decision/accuracy-moments.ts'
import { disagreedRows } from '../../src/decision/label-evidence.ts'
import { labelPosterior } from '../../src/decision/label-posterior.ts'
import { sampledRows } from '../../src/decision/sampled-rows.ts'
import { codaBest, codaGains, modelSelectorEntropies, nextRows, type LabelEvidence } from '../../src/decision/index.ts'
import type { ZooTarget } from './zoo-targets.ts'

/** Labels that may be asked for. */
export const BUDGET = 20

/** Share of the rows that may be asked for in a run, all in the first: so that one target gives several runs. */
const ASKABLE = 0.7

/** Rows that CODA goes through at once, as its authors allow. */
const CODA_POOL = 300

/** What a choice may go by beside the labels. */
export interface Choosing {
  readonly random: () => number
  readonly most: number
  /** Rows that may not be asked for. */
  readonly closed: ReadonlySet<number>
}

/** A way to choose rows, and to choose a model once they have labels. */
export interface Method {
  readonly name: string
  /** Runs whose mean is taken. */
  readonly seeds: number
  /** Up to `most` rows without a label; none where it gives up. */
  readonly choose: (evidence: LabelEvidence, choosing: Choosing) => readonly number[]
  /** How many rows are chosen at once. */
  readonly round?: number
  /** Score of each model, the greater the better. */
  readonly judge: (evidence: LabelEvidence) => ArrayLike<number>
}

const rightOf = ({ predictions, labels }: LabelEvidence) =>
  predictions.map(said => [...labels].filter(([row, label]) => said[row] === label).length)

const believed = (evidence: LabelEvidence) => expectedAccuracies(labelPosterior(evidence), evidence.predictions.length)

const openRows = ({ predictions, labels }: LabelEvidence, { closed }: Choosing) =>
  [...predictions[0].keys()].filter(row => !labels.has(row) && !closed.has(row))

/** One of the rows of the greatest value. */
function greatest(rows: readonly number[], values: ArrayLike<number>, random: () => number): readonly number[] {
  const most = rows.reduce((found, _, i) => Math.max(found, values[i]), -Infinity)
  const equal = rows.filter((_, i) => values[i] >= most - 1e-12)
  return equal.length > 0 ? [equal[Math.floor(random() * equal.length)]] : []
}

const randomRow: Method['choose'] = (evidence, choosing) => {
  const open = openRows(evidence, choosing)
  return greatest(open, new Float64Array(open.length), choosing.random)
}

const leastEntropy: Method['choose'] = (evidence, choosing) => {
  const entropies = modelSelectorEntropies(evidence)
  const open = openRows(evidence, choosing)
  return greatest(
    open,
    open.map(row => -entropies[row]),
    choosing.random,
  )
}

/** Greatest entropy of the vote. */
const mostUncertain: Method['choose'] = (evidence, choosing) => {
  const { predictions, classes } = evidence
  const open = openRows(evidence, choosing)
  const entropies = open.map(row => {
    const votes = new Float64Array(classes)
    for (const said of predictions) if (said[row] >= 0) votes[said[row]] += 1 / predictions.length
    return votes.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0)
  })
  return greatest(open, entropies, choosing.random)
}

const codaRow: Method['choose'] = (evidence, choosing) => {
  const open = new Set(openRows(evidence, choosing))
  const telling = disagreedRows(evidence.predictions).filter(row => open.has(row))
  const rows = sampledRows(telling.length > 0 ? telling : Uint32Array.from(open), CODA_POOL, evidence.labels.size)
  return greatest([...rows], codaGains(evidence, rows), choosing.random)
}

const telling: Method['choose'] = (evidence, { most, closed }) => nextRows(evidence, { count: most, skipped: closed })

export const RANDOM = 'random rows, accuracy on them'
export const RANDOM_BELIEVED = 'random rows, ModelHub’s beliefs'
export const OURS = 'ModelHub'

export const METHODS: readonly Method[] = [
  { name: RANDOM, seeds: 60, choose: randomRow, judge: rightOf },
  { name: RANDOM_BELIEVED, seeds: 5, choose: randomRow, judge: believed },
  { name: 'uncertain rows, accuracy on them', seeds: 5, choose: mostUncertain, judge: rightOf },
  { name: 'ModelSelector (ε = .46)', seeds: 5, choose: leastEntropy, judge: rightOf },
  { name: 'CODA', seeds: 1, choose: codaRow, judge: codaBest },
  { name: 'CODA’s rows, accuracy on them', seeds: 1, choose: codaRow, judge: rightOf },
  { name: 'ModelHub’s rows, accuracy on them', seeds: 1, choose: telling, judge: rightOf },
  { name: 'ModelHub, in rounds of five', seeds: 1, choose: telling, round: 5, judge: believed },
  { name: OURS, seeds: 3, choose: telling, judge: believed },
]

/** Accuracy of every model on all rows of a target. */
export function trueAccuracies({ predictions, truth }: ZooTarget): number[] {
  return predictions.map(said => said.filter((label, row) => label === truth[row]).length / truth.length)
}

/** The model of the greatest score; of equals that which `rank` puts first without labels. */
export function firstOf(scores: ArrayLike<number>, ties: readonly number[]): number {
  let first = 0
  for (let m = 1; m < ties.length; m++) {
    const above = scores[m] - scores[first]
    if (above > 1e-9 || (above > -1e-9 && ties[m] > ties[first])) first = m
  }
  return first
}

/** Rows that a run may not ask for: none in the first run, nor where there are few rows. */
function closedRows(rows: number, seed: number): ReadonlySet<number> {
  if (seed === 0 || rows * ASKABLE < 2 * BUDGET) return new Set()
  const askable = sampledRows(
    Uint32Array.from({ length: rows }, (_, row) => row),
    Math.ceil(rows * ASKABLE),
    seed,
  )
  const open = new Set(askable)
  return new Set(Array.from({ length: rows }, (_, row) => row).filter(row => !open.has(row)))
}

/** Regret after 1, 2, … labels; 0 once every row has one. Shape (BUDGET). */
export function regrets(target: ZooTarget, { choose, judge, round = 1 }: Method, seed: number): number[] {
  const { predictions, classes, fits, truth, scores } = target
  const accuracies = trueAccuracies(target)
  const best = Math.max(...accuracies)
  const random = seededRandom(seed)
  const closed = closedRows(truth.length, seed)
  const labels = new Map<number, number>()
  const evidence = { predictions, classes, fits, labels }
  let waiting: readonly number[] = []
  return Array.from({ length: BUDGET }, () => {
    if (labels.size === truth.length) return 0
    if (waiting.length === 0) waiting = choose(evidence, { random, most: round, closed })
    const [row, ...others] = waiting
    waiting = others
    if (row !== undefined) labels.set(row, truth[row])
    return best - accuracies[firstOf(judge(evidence), scores)]
  })
}
