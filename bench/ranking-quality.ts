import { kendallTau, pearson, weightedTau } from '../src/math/correlation.ts'

/** One target: what each candidate truly achieves, and what a signal says of it. */
export interface RankedTarget {
  /** Accuracy of each candidate on the target, shape (candidates). */
  readonly truth: readonly number[]
  /** The signal, greater is better, shape (candidates). Ties are taken in the order of the candidates. */
  readonly scores: readonly number[]
}

/** How well a signal ranks. Accuracies lost ("regret") are those of the best candidate minus those of the one taken. */
export interface RankingQuality {
  readonly targets: number
  /** Mean number. */
  readonly candidates: number
  /** Share of targets whose best candidate does not come first; not among the first two. */
  readonly top1Error: number
  readonly top2Error: number
  readonly meanRegret: number
  readonly worstRegret: number
  /** Mean regret when the best of the first five is taken. */
  readonly bestOf5Regret: number
  /** Means over the targets; a signal that says the same of all counts as 0. */
  readonly pearson: number
  readonly kendall: number
  readonly weighted: number
}

const EQUAL = 1e-9

/** How well a signal ranks the candidates of one target. */
export interface TargetQuality {
  /** 1 where no best candidate is among the first one, two; else 0. */
  readonly top1: number
  readonly top2: number
  readonly regret: number
  /** When the best of the first five is taken. */
  readonly regret5: number
  readonly pearson: number
  readonly kendall: number
  readonly weighted: number
}

/** Regret when the best of the first `n` is taken, for every n from 1 to the number of candidates. */
export function regretsByLength({ truth, scores }: RankedTarget): number[] {
  const best = Math.max(...truth)
  let reached = -Infinity
  return [...scores.keys()]
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .map(i => best - (reached = Math.max(reached, truth[i])))
}

/** The quality of a signal on one target. */
export function targetQuality(target: RankedTarget): TargetQuality {
  const { truth, scores } = target
  const regrets = regretsByLength(target)
  const regretOf = (n: number) => regrets[Math.min(n, regrets.length) - 1]
  return {
    top1: Number(regretOf(1) > EQUAL),
    top2: Number(regretOf(2) > EQUAL),
    regret: regretOf(1),
    regret5: regretOf(5),
    pearson: pearson(scores, truth) || 0,
    kendall: kendallTau(scores, truth) || 0,
    weighted: weightedTau(scores, truth) || 0,
  }
}

/** The quality of a signal over targets. */
export function rankingQuality(targets: readonly RankedTarget[]): RankingQuality {
  const each = targets.map(targetQuality)
  const mean = (key: keyof TargetQuality) => average(each.map(one => one[key]))
  return {
    targets: targets.length,
    candidates: average(targets.map(({ truth }) => truth.length)),
    top1Error: mean('top1'),
    top2Error: mean('top2'),
    meanRegret: mean('regret'),
    worstRegret: Math.max(...each.map(({ regret }) => regret)),
    bestOf5Regret: mean('regret5'),
    pearson: mean('pearson'),
    kendall: mean('kendall'),
    weighted: mean('weighted'),
  }
}

/** What a random order achieves, exactly: expected values over all orders, for the worst regret too. */
export function randomQuality(truths: readonly (readonly number[])[]): RankingQuality {
  const each = truths.map(truth => {
    const best = Math.max(...truth)
    return {
      n: truth.length,
      top1: missed(truth, 1),
      top2: missed(truth, 2),
      regret: best - average(truth),
      regret5: best - expectedBestOf(truth, 5),
    }
  })
  const mean = (key: keyof (typeof each)[number]) => average(each.map(one => one[key]))
  return {
    targets: truths.length,
    candidates: mean('n'),
    top1Error: mean('top1'),
    top2Error: mean('top2'),
    meanRegret: mean('regret'),
    worstRegret: expectedWorst(truths),
    bestOf5Regret: mean('regret5'),
    pearson: 0,
    kendall: 0,
    weighted: 0,
  }
}

/** Probability that none of `taken` random candidates is a best one. */
function missed(truth: readonly number[], taken: number): number {
  const best = Math.max(...truth)
  const others = truth.filter(value => value < best - EQUAL).length
  let probability = 1
  for (let i = 0; i < taken; i++) probability *= (others - i) / (truth.length - i)
  return probability
}

/** Expected maximum of `taken` values drawn without replacement. */
function expectedBestOf(truth: readonly number[], taken: number): number {
  const sorted = [...truth].sort((a, b) => b - a)
  const k = Math.min(taken, sorted.length)
  let noneSoFar = 1
  let expected = 0
  for (let i = 0; i + k <= sorted.length; i++) {
    const here = k / (sorted.length - i)
    expected += noneSoFar * here * sorted[i]
    noneSoFar *= 1 - here
  }
  return expected
}

/** Expected largest regret when every target takes a random candidate. */
function expectedWorst(truths: readonly (readonly number[])[]): number {
  const regrets = truths.map(truth => truth.map(value => Math.max(...truth) - value))
  const levels = [...new Set(regrets.flat())].sort((a, b) => a - b)
  let below = 0
  let expected = 0
  for (const level of levels) {
    const upTo = regrets.reduce((p, one) => (p * one.filter(r => r <= level).length) / one.length, 1)
    expected += (upTo - below) * level
    below = upTo
  }
  return expected
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
