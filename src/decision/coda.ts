import { bestOfBetas, dot, GRID, griddedBeta, hazards } from './best-of-betas.ts'
import { codaPosterior, type CodaPosterior } from './coda-posterior.ts'
import { checkEvidence, type LabelEvidence } from './label-evidence.ts'

/**
 * CODA's belief that each model is the best (Kay et al. 2025): that it is the best on rows of a class, mean
 * over the classes.
 *
 *   P(h) = Σ_c π_c P(h | c),   P(h | c) = ∫ f_hc(x) ∏_{k≠h} F_kc(x) dx
 *
 * Shape (models), summing to 1.
 *
 * @throws TOO_FEW_ROWS, SHAPE, OUT_OF_RANGE as checkEvidence
 */
export function codaBest(evidence: LabelEvidence): Float64Array {
  checkEvidence(evidence)
  const posterior = codaPosterior(evidence)
  return mixed(bestByClass(posterior), posterior.shares)
}

/**
 * What the label of each row is expected to take from the entropy of `codaBest` (Kay et al. 2025): the row of the
 * most is the one to label. A label that may come counts as one whole row, as in the authors' program. In bits, shape
 * (rows asked for). Costs rows·models·classes·256.
 *
 * @throws TOO_FEW_ROWS, SHAPE, OUT_OF_RANGE as checkEvidence
 */
export function codaGains(evidence: LabelEvidence, rows: Uint32Array): Float64Array {
  checkEvidence(evidence)
  const posterior = codaPosterior(evidence)
  const now = bestByClass(posterior)
  const best = mixed(now, posterior.shares)
  const gains = new Float64Array(rows.length).fill(entropyOf(best))
  const probabilities = Array.from(rows, row => posterior.probabilities(row))
  for (let c = 0; c < evidence.classes; c++) {
    const after = bestAfter(posterior, c)
    rows.forEach((row, i) => {
      const told = after(evidence.predictions.map(said => said[row] === c))
      const moved = best.map((value, m) => value + posterior.shares[c] * (told[m] - now[c][m]))
      gains[i] -= probabilities[i][c] * entropyOf(moved)
    })
  }
  return gains
}

/** P(h | c), shape (classes, models). */
function bestByClass({ right, wrong }: CodaPosterior): Float64Array[] {
  return right.map((mine, c) => bestOfBetas(Array.from(mine, (a, m) => griddedBeta(a, wrong[c][m]))))
}

/** P(h | c) once a row is known to be of class c, by which models say so. */
function bestAfter({ right, wrong }: CodaPosterior, c: number): (saysSo: readonly boolean[]) => Float64Array {
  const raised = Array.from(right[c], (a, m) => griddedBeta(a + 1, wrong[c][m]))
  const lowered = Array.from(right[c], (a, m) => griddedBeta(a, wrong[c][m] + 1))
  const [raisedHazards, loweredHazards] = [raised.map(hazards), lowered.map(hazards)]
  const found = new Map<string, Float64Array>()
  return saysSo => {
    const key = saysSo.map(Number).join('')
    const known = found.get(key)
    if (known) return known
    const product = new Float64Array(GRID)
    saysSo.forEach((says, m) => {
      const { logCumulated } = (says ? raised : lowered)[m]
      for (let i = 0; i < GRID; i++) product[i] += logCumulated[i]
    })
    const whole = product.map(Math.exp)
    const best = Float64Array.from(saysSo, (says, m) => dot(whole, (says ? raisedHazards : loweredHazards)[m]))
    const sum = best.reduce((total, value) => total + value, 0)
    const told = best.map(value => value / sum)
    found.set(key, told)
    return told
  }
}

function mixed(byClass: readonly Float64Array[], shares: Float64Array): Float64Array {
  return byClass[0].map((_, m) => byClass.reduce((sum, best, c) => sum + shares[c] * best[m], 0))
}

function entropyOf(probabilities: Float64Array): number {
  return probabilities.reduce((sum, p) => sum - (p > 1e-12 ? p * Math.log2(p) : 0), 0)
}
