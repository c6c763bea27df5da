import { seededRandom } from '../src/common/random.ts'
import { kendallTau } from '../src/math/correlation.ts'

/** Accuracies nearer to each other than this are no order (zoo/neuralrank/README.md). */
const APART = 0.005
const EQUAL = 1e-9
const DRAWS = 100
const SEED = 1

/** Pairs of models whose accuracies differ by more than half a point. */
export function pairsApart(truth: readonly number[]): number {
  return comparisons(truth).length
}

/** The share of those pairs that scores order as their accuracies do; equal scores count half. */
export function orderedRight(scores: readonly number[], truth: readonly number[]): number {
  const pairs = comparisons(truth)
  const points = pairs.map(([better, worse]) => (Math.sign(scores[better] - scores[worse]) + 1) / 2)
  return points.reduce((sum, point) => sum + point, 0) / pairs.length
}

function comparisons(truth: readonly number[]): [number, number][] {
  return truth.flatMap((a, i) => truth.flatMap((b, j): [number, number][] => (a - b > APART + EQUAL ? [[i, j]] : [])))
}

/** Mean Kendall's τ-b of accuracies with themselves measured again on `rows` other rows, each model for itself. */
export function expectedTau(truth: readonly number[], rows: number): number {
  const random = seededRandom(SEED)
  const measured = (accuracy: number) => {
    let right = 0
    for (let row = 0; row < rows; row++) if (random() < accuracy) right++
    return right / rows
  }
  let sum = 0
  for (let draw = 0; draw < DRAWS; draw++) sum += kendallTau(truth.map(measured), truth)
  return sum / DRAWS
}
