import { agreementMatrix } from './agreement.ts'
import { checkPredictions, type ZooPredictions } from './zoo-predictions.ts'

/** A zoo parted in two by whom each model agrees with. */
export interface Camps {
  /** Models of each camp by number, the larger camp first; the second is never empty. */
  readonly camps: readonly [readonly number[], readonly number[]]
  /** Mean share of rows on which two models of each camp agree; 1 in a camp of one. Shape (2). */
  readonly within: readonly number[]
  /** Mean share of rows on which two models of different camps agree. */
  readonly across: number
  /**
   * `across` as Cohen's (1960) κ over all pairs of different camps: (across − chance) / (1 − chance), chance being how
   * often they would agree if each kept its shares of labels and guessed. 1 when chance already gives 1.
   */
  readonly kappa: number
}

/**
 * The two camps of a zoo, by average linkage (Sokal and Michener 1958) on 1 − agreement. Every zoo of two models or more
 * has two; whether they mean anything is crowdAlarm's question. Costs rows·models²/2 + models³.
 *
 * @throws TOO_FEW_ROWS, SHAPE as checkPredictions; OUT_OF_RANGE with fewer than two models
 */
export function twoCamps(predictions: ZooPredictions): Camps {
  checkPredictions(predictions, 2)
  const agreement = agreementMatrix(predictions)
  const models = predictions.length
  const camps = linkToTwo(agreement, models)
  const shares = predictions.map(labelShares)
  const pairs = (from: readonly number[], to: readonly number[], value: (m: number, other: number) => number) =>
    meanOf(from.flatMap(m => to.filter(other => other !== m).map(other => value(m, other))))
  const agree = (m: number, other: number) => agreement[m * models + other]
  const across = pairs(...camps, agree)
  const chance = pairs(...camps, (m, other) => chanceAgreement(shares[m], shares[other]))
  return {
    camps,
    within: camps.map(camp => pairs(camp, camp, agree)),
    across,
    kappa: chance < 1 ? (across - chance) / (1 - chance) : 1,
  }
}

/** Of nothing, 1: a camp of one agrees with itself. */
function meanOf(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 1
}

/** Share of rows of each label. */
function labelShares(labels: Int32Array): ReadonlyMap<number, number> {
  const shares = new Map<number, number>()
  for (const label of labels) shares.set(label, (shares.get(label) ?? 0) + 1 / labels.length)
  return shares
}

function chanceAgreement(shares: ReadonlyMap<number, number>, others: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const [label, share] of shares) sum += share * (others.get(label) ?? 0)
  return sum
}

/** Joins the two groups that agree most, in the mean over their pairs, until two are left; the first pair of equals. */
function linkToTwo(agreement: Float64Array, models: number): Camps['camps'] {
  const linkage = agreement.slice()
  let groups = Array.from({ length: models }, (_, m) => [m])
  // Row and column `groups[g][0]` of the linkage stand for group g.
  while (groups.length > 2) {
    let [into, from, most] = [0, 1, -1]
    for (let g = 1; g < groups.length; g++) {
      for (let h = 0; h < g; h++) {
        const value = linkage[groups[g][0] * models + groups[h][0]]
        if (value > most) [into, from, most] = [h, g, value]
      }
    }
    const [a, b] = [groups[into], groups[from]]
    for (const group of groups) {
      const c = group[0]
      const mean =
        (a.length * linkage[a[0] * models + c] + b.length * linkage[b[0] * models + c]) / (a.length + b.length)
      linkage[a[0] * models + c] = mean
      linkage[c * models + a[0]] = mean
    }
    groups = groups.flatMap((group, g) => (g === from ? [] : [g === into ? [...a, ...b] : group]))
  }
  const [first, second] = groups.map(group => group.sort((m, other) => m - other))
  return first.length >= second.length ? [first, second] : [second, first]
}
