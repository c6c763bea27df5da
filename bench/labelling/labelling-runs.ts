import { seededRandom } from '../../src/common/random.ts'
import { expectedAccuracies } from '../../src/decision/accuracy-moments.ts'
import { labelPosterior } from '../../src/decision/label-posterior.ts'
import { modelSelectorEntropies, nextRows, type LabelEvidence } from '../../src/decision/index.ts'
import type { ZooTarget } from './zoo-targets.ts'

/** Labels that may be asked for. */
export const BUDGET = 20

/** A way to choose rows, and to choose a model once they have labels. */
export interface Method {
  readonly name: string
  /** Runs whose mean is taken. */
  readonly seeds: number
  /** Up to `most` rows without a label; none where it gives up. */
  readonly choose: (
    evidence: LabelEvidence,
    options: { readonly random: () => number; readonly most: number },
  ) => readonly number[]
  /** How many rows are chosen at once. */
  readonly round?: number
  /** Score of each model, the greater the better. */
  readonly judge: (evidence: LabelEvidence) => ArrayLike<number>
}

const rightOf = ({ predictions, labels }: LabelEvidence) =>
  predictions.map(said => [...labels].filter(([row, label]) => said[row] === label).length)

const believed = (evidence: LabelEvidence) => expectedAccuracies(labelPosterior(evidence), evidence.predictions.length)

const randomRow: Method['choose'] = ({ predictions, labels }, { random }) => {
  const open = [...predictions[0].keys()].filter(row => !labels.has(row))
  return [open[Math.floor(random() * open.length)]]
}

const leastEntropy: Method['choose'] = (evidence, { random }) => {
  const entropies = modelSelectorEntropies(evidence)
  const open = [...entropies.keys()].filter(row => !evidence.labels.has(row))
  const least = open.reduce((a, row) => Math.min(a, entropies[row]), Infinity)
  const equal = open.filter(row => entropies[row] <= least + 1e-12)
  return [equal[Math.floor(random() * equal.length)]]
}

const telling: Method['choose'] = (evidence, { most }) => nextRows(evidence, { count: most })

export const RANDOM = 'random rows, accuracy on them'
export const OURS = 'ModelHub'

export const METHODS: readonly Method[] = [
  { name: RANDOM, seeds: 20, choose: randomRow, judge: rightOf },
  { name: 'random rows, ModelHub’s beliefs', seeds: 5, choose: randomRow, judge: believed },
  { name: 'ModelSelector (ε = .46)', seeds: 5, choose: leastEntropy, judge: rightOf },
  { name: 'ModelHub’s rows, accuracy on them', seeds: 1, choose: telling, judge: rightOf },
  { name: 'ModelHub, in rounds of five', seeds: 1, choose: telling, round: 5, judge: believed },
  { name: OURS, seeds: 1, choose: telling, judge: believed },
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

/** Regret after 1, 2, … labels; 0 once every row has one. Shape (BUDGET). */
export function regrets(target: ZooTarget, { choose, judge, round = 1 }: Method, seed: number): number[] {
  const { predictions, classes, fits, truth, scores } = target
  const accuracies = trueAccuracies(target)
  const best = Math.max(...accuracies)
  const random = seededRandom(seed)
  const labels = new Map<number, number>()
  const evidence = { predictions, classes, fits, labels }
  let waiting: readonly number[] = []
  return Array.from({ length: BUDGET }, () => {
    if (labels.size === truth.length) return 0
    if (waiting.length === 0) waiting = choose(evidence, { random, most: round })
    const [row, ...others] = waiting
    waiting = others
    if (row !== undefined) labels.set(row, truth[row])
    return best - accuracies[firstOf(judge(evidence), scores)]
  })
}
