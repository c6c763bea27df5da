import { checkEvidence, type LabelEvidence } from './label-evidence.ts'

/** ε of Okanovic et al. (2024) unless it is chosen for the task. */
const ERROR = 0.46

export interface ModelSelectorOptions {
  /** Chance that the best model errs, in (0, 0.5). Default 0.46. */
  readonly epsilon?: number
}

/**
 * ModelSelector's belief that each model is the best (Okanovic et al. 2024, Eqs. 2–3): the best model is taken to err
 * with probability ε, whatever the row.
 *
 *   P(h | labels) ∝ γ^(labels that h has right),   γ = (1 − ε)/ε
 *
 * Shape (models), summing to 1.
 *
 * @throws TOO_FEW_ROWS, SHAPE, OUT_OF_RANGE as checkEvidence
 */
export function modelSelectorPosterior(evidence: LabelEvidence, options: ModelSelectorOptions = {}): Float64Array {
  checkEvidence(evidence)
  const step = Math.log(oddsOf(options))
  const right = Float64Array.from(evidence.predictions, said => {
    let count = 0
    for (const [row, label] of evidence.labels) if (said[row] === label) count++
    return count
  })
  const most = right.reduce((a, b) => Math.max(a, b), 0)
  const odds = right.map(count => Math.exp(step * (count - most)))
  const sum = odds.reduce((a, b) => a + b, 0)
  return odds.map(value => value / sum)
}

/**
 * Entropy of that belief expected once a row has a label, every class as probable as any other (Okanovic et al. 2024,
 * Eq. 5; Karimi et al. 2021): the row of the least is the one to label. In nats, shape (rows).
 *
 * @throws TOO_FEW_ROWS, SHAPE, OUT_OF_RANGE as checkEvidence
 */
export function modelSelectorEntropies(evidence: LabelEvidence, options: ModelSelectorOptions = {}): Float64Array {
  const posterior = modelSelectorPosterior(evidence, options)
  const gamma = oddsOf(options)
  const plain = posterior.map(p => (p > 0 ? p * Math.log(p) : 0))
  const whole = plain.reduce((sum, value) => sum + value, 0)
  // Each class divides the models in those that say so, of mass a and Σ p log p = b, and the others.
  const entropy = (a: number, b: number) => {
    const z = gamma * a + 1 - a
    return Math.log(z) - (gamma * (b + a * Math.log(gamma)) + whole - b) / z
  }
  const masses = new Map<number, { a: number; b: number }>()
  return Float64Array.from(evidence.predictions[0].keys(), row => {
    masses.clear()
    evidence.predictions.forEach((said, m) => {
      if (said[row] < 0) return
      const mass = masses.get(said[row]) ?? { a: 0, b: 0 }
      masses.set(said[row], { a: mass.a + posterior[m], b: mass.b + plain[m] })
    })
    let sum = -whole * (evidence.classes - masses.size)
    for (const { a, b } of masses.values()) sum += entropy(a, b)
    return sum / evidence.classes
  })
}

function oddsOf({ epsilon = ERROR }: ModelSelectorOptions): number {
  return (1 - epsilon) / epsilon
}
