import { agreementWithVote } from '../../src/confidence/index.ts'
import type { TargetPredictions } from '../matrix/predictions.ts'
import type { MatrixPair, MatrixTarget } from '../matrix/score-matrix.ts'
import type { MatrixView } from './matrix-view.ts'

/** Mean regret when the first k by fit are run and one of them is chosen, by the number of models run. */
export interface CostCurve {
  readonly chosenBy: string
  /** Entry k − 1 of k models run. */
  readonly regret: readonly number[]
}

const MOST_RUN = 20

type Choice = (pairs: readonly MatrixPair[], predictions: TargetPredictions) => readonly number[]

const bySignal =
  (name: string): Choice =>
  pairs =>
    pairs.map(({ signals }) => signals[name] ?? -Infinity)

/** Ways to choose among the models that were run. */
const CHOICES: Readonly<Record<string, Choice>> = {
  'fit alone': bySignal('joint: fit'),
  confidence: bySignal('confidence'),
  atc: bySignal('atc'),
  'vote of those run': (pairs, predictions) => votes(pairs, predictions, false),
  'vote of those run, weighted by fit': (pairs, predictions) => votes(pairs, predictions, true),
  'neuralrank (labels)': bySignal('neuralrank'),
  'accuracy on the sample (labels)': bySignal('accuracy'),
  'the best (bound)': pairs => pairs.map(({ truth }) => truth),
}

/** The signal that a choice rests on, where not every matrix has it. */
const NEEDED: Readonly<Record<string, string>> = {
  atc: 'atc',
  'neuralrank (labels)': 'neuralrank',
  'accuracy on the sample (labels)': 'accuracy',
}

/** The choices that a matrix has the signals for; none without sketches. */
export function costCurves({ matrix }: MatrixView, predictions: readonly TargetPredictions[]): CostCurve[] {
  const of = new Map(predictions.map(one => [one.target, one]))
  const most = Math.min(MOST_RUN, ...matrix.targets.map(({ pairs }) => pairs.length))
  const told = (name: string) => matrix.targets.some(({ pairs }) => pairs.some(({ signals }) => name in signals))
  if (!told('joint: fit')) return []
  const choices = Object.entries(CHOICES).filter(([name]) => told(NEEDED[name] ?? 'joint: fit'))
  return choices.map(([chosenBy, choose]) => {
    const regrets = matrix.targets.map(target => regretsOf(target, of.get(target.id)!, { choose, most }))
    const mean = (k: number) => regrets.reduce((sum, all) => sum + all[k], 0) / regrets.length
    return { chosenBy, regret: Array.from({ length: most }, (_, k) => mean(k)) }
  })
}

function regretsOf(
  { pairs }: MatrixTarget,
  predictions: TargetPredictions,
  { choose, most }: { readonly choose: Choice; readonly most: number },
): number[] {
  const fit = ({ signals }: MatrixPair) => signals['joint: fit'] ?? -Infinity
  const order = [...pairs].sort((a, b) => fit(b) - fit(a))
  const best = Math.max(...pairs.map(({ truth }) => truth))
  return Array.from({ length: most }, (_, k) => {
    const run = order.slice(0, k + 1)
    const scores = choose(run, predictions)
    return best - run[scores.indexOf(Math.max(...scores))].truth
  })
}

function votes(pairs: readonly MatrixPair[], { models }: TargetPredictions, weighted: boolean): readonly number[] {
  if (pairs.length < 2) return [0]
  const said = pairs.map(({ model }) => Int32Array.from(Buffer.from(models[model].predicted, 'base64')))
  const fits = pairs.map(({ signals }) => Math.max(0, signals['joint: fit'] ?? 0))
  return [...agreementWithVote(said, weighted && fits.some(fit => fit > 0) ? fits : undefined)]
}
