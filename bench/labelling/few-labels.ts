import { seededRandom } from '../../src/common/random.ts'
import { decideByDefault, withLabels, type DefaultDecision, type KnownTarget } from '../../src/decision/index.ts'
import { sampledRows } from '../../src/decision/sampled-rows.ts'
import { wilsonInterval } from '../../src/rank/wilson-interval.ts'
import type { TargetPredictions } from '../matrix/predictions.ts'

/** What the order and the intervals come from. */
export const WAYS = ['predicted', 'labels', 'joint'] as const

type ByWay = Readonly<Record<(typeof WAYS)[number], number>>

/** What came of some labelled rows of a target, mean over draws. */
export interface FewLabels {
  readonly regret: ByWay
  /** Share of the models whose accuracy lies in the interval. */
  readonly coverage: ByWay
  readonly width: ByWay
}

interface Estimate {
  readonly name: string
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface FewLabelsOptions {
  readonly shipped: DefaultDecision
  readonly labels: number
  readonly seeds: number
}

/** Decides by the prediction, by random labels, and by both; equals of the labels go by the prediction. */
export function fewLabels(target: KnownTarget, told: TargetPredictions, options: FewLabelsOptions): FewLabels {
  const truth = bytes(told.truth)
  const right = new Map(target.candidates.map(({ name }) => [name, isRight(bytes(told.models[name].predicted), truth)]))
  const accuracies = new Map(Array.from(right, ([name, one]) => [name, sum(one) / one.length]))
  const decision = decideByDefault(target, options.shipped)
  const draws = Array.from({ length: options.seeds }, (_, seed) => {
    const rows = drawn(truth.length, Math.min(options.labels, truth.length), seed)
    const counts = new Map(
      Array.from(right, ([name, one]) => [name, { right: sum(rows.map(row => one[row])), rows: rows.length }]),
    )
    const joint = withLabels(decision, counts).candidates
    const alone = decision.candidates.map(({ name }): Estimate => {
      const count = counts.get(name)!
      if (count.rows === 0) return { name, value: 0, low: 0, high: 1 }
      const [low, high] = wilsonInterval(count.right, count.rows)
      return { name, value: count.right / count.rows, low, high }
    })
    return { predicted: decision.candidates, labels: alone.sort((a, b) => b.value - a.value), joint }
  })
  const best = Math.max(...accuracies.values())
  const mean = (of: (estimates: readonly Estimate[]) => number) => {
    return Object.fromEntries(
      WAYS.map(way => [way, sum(draws.map(draw => of(draw[way]))) / draws.length]),
    ) as unknown as ByWay
  }
  return {
    regret: mean(([first]) => best - accuracies.get(first.name)!),
    coverage: mean(all => all.filter(one => isInside(one, accuracies.get(one.name)!)).length / all.length),
    width: mean(all => sum(all.map(({ low, high }) => high - low)) / all.length),
  }
}

function isInside({ low, high }: Estimate, value: number): boolean {
  return value >= low - 1e-9 && value <= high + 1e-9
}

function drawn(rows: number, count: number, seed: number): number[] {
  const random = seededRandom(seed)
  return [
    ...sampledRows(
      Uint32Array.from({ length: rows }, (_, row) => row),
      count,
      Math.floor(random() * 2 ** 31),
    ),
  ]
}

function isRight(predicted: Uint8Array, truth: Uint8Array): number[] {
  return Array.from(predicted, (label, row) => (label === truth[row] ? 1 : 0))
}

function bytes(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
