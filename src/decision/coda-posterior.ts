import type { LabelEvidence } from './label-evidence.ts'

/** Kay et al. (2025): 1 − α, the multiplier of the prior, and the learning rate. */
const VOTE_STRENGTH = 0.1
const MULTIPLIER = 2
const LABEL_STRENGTH = 0.01

/** CODA's beliefs about what each model says of rows of each class. */
export interface CodaPosterior {
  /** Parameters of the beta distributions of being right on rows of each class, shape (classes, models). */
  readonly right: readonly Float64Array[]
  readonly wrong: readonly Float64Array[]
  /** Share of the rows that are believed to be of each class, shape (classes), summing to 1. */
  readonly shares: Float64Array
  /** Probability of each class of a row, shape (classes), summing to 1. */
  probabilities(row: number): Float64Array
}

/**
 * CODA's posterior (Kay, Van Horn, Maji, Sheldon and Beery 2025): each row of each model's confusion matrix has a
 * Dirichlet distribution, begun with what the model says of rows of which the vote says c, and raised by the labels.
 *
 *   θ_hc = 2·(1{c = s} + 1{c ≠ s}/(C − 1) + 0.1·share of s among what h says where the vote says c) + 0.01·labels
 *   P(y_i = c) ∝ Σ_h θ_h,c,h(x_i),   π_c = mean of P(y_i = c) over the rows
 *
 * Predictions count as they are, without the models' own probabilities. To abstain is to be wrong.
 */
export function codaPosterior({ predictions, classes, labels }: LabelEvidence): CodaPosterior {
  const vote = votes(predictions, classes)
  // One column more: abstentions.
  const width = classes + 1
  const columnOf = (said: number) => (said < 0 ? classes : said)
  const tables = predictions.map(said => {
    const table = priorOf(said, vote, classes)
    for (const [row, label] of labels) if (label >= 0) table[label * width + columnOf(said[row])] += LABEL_STRENGTH
    return table
  })
  const probabilities = (row: number) => {
    const sums = new Float64Array(classes)
    tables.forEach((table, m) => {
      const column = columnOf(predictions[m][row])
      for (let c = 0; c < classes; c++) sums[c] += table[c * width + column]
    })
    return normalised(sums)
  }
  const shares = new Float64Array(classes)
  for (const row of vote.keys()) probabilities(row).forEach((value, c) => (shares[c] += value))
  const rightOf = (c: number) => Float64Array.from(tables, table => table[c * width + c])
  const right = Array.from({ length: classes }, (_, c) => rightOf(c))
  const wrong = right.map((mine, c) =>
    mine.map((value, m) => tables[m].subarray(c * width, (c + 1) * width).reduce((a, b) => a + b, 0) - value),
  )
  return { right, wrong, shares: normalised(shares), probabilities }
}

/** The class that most models say of each row, the first of equals. */
function votes(predictions: LabelEvidence['predictions'], classes: number): Int32Array {
  const counts = new Int32Array(classes)
  return predictions[0].map((_, row) => {
    counts.fill(0)
    for (const said of predictions) if (said[row] >= 0) counts[said[row]]++
    return counts.reduce((best, count, c) => (count > counts[best] ? c : best), 0)
  })
}

function priorOf(said: Int32Array, vote: Int32Array, classes: number): Float64Array {
  const width = classes + 1
  const table = new Float64Array(classes * width)
  const rows = new Float64Array(classes)
  for (const [row, c] of vote.entries()) {
    table[c * width + (said[row] < 0 ? classes : said[row])]++
    rows[c]++
  }
  return table.map((count, at) => {
    const [c, s] = [Math.floor(at / width), at % width]
    const shape = s === classes ? 0 : s === c ? 1 : 1 / (classes - 1)
    return MULTIPLIER * (shape + (rows[c] > 0 ? (VOTE_STRENGTH * count) / rows[c] : 0))
  })
}

function normalised(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.map(value => (sum > 0 ? value / sum : 1 / values.length))
}
