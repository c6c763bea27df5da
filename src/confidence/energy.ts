import { checkLogits, type Logits, logSumExp } from './logits.ts'

/**
 * Mean energy of the rows, Z(x) = −T·log Σ_c exp(z_c / T)        Liu et al. (2020)
 *
 * Unbounded; the lower, the more the model knows of the data. Needs logits: softmax has lost it.
 *
 * @param logits shape (rows, classes)
 * @param temperature T, positive; default 1
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkLogits
 */
export function meanEnergy(logits: Logits, temperature = 1): number {
  return energies(logits, temperature).reduce((sum, energy) => sum + energy, 0) / logits.rows
}

/**
 * MDE, meta-distribution energy: how unevenly the energies Z of the rows are spread.
 *
 *   MDE = −1/n Σ_i log (exp Z(x_i) / Σ_j exp Z(x_j))        Peng et al. (2024)
 *
 * At least log n, which it is when all rows have one energy, so only comparable over the same rows. The authors' code
 * plots the logarithm of it and regresses accuracy on that, model by model: by itself it is a signal, not an accuracy.
 * Does not change when a constant is added to all logits.
 *
 * @param logits shape (n rows, classes)
 * @param temperature T, positive; default 1
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkLogits
 */
export function metaDistributionEnergy(logits: Logits, temperature = 1): number {
  const all = energies(logits, temperature)
  return logSumExp(all) - all.reduce((sum, energy) => sum + energy, 0) / all.length
}

/** Shape (rows). */
function energies(logits: Logits, temperature: number): Float64Array {
  checkLogits(logits, temperature)
  const { rows, classes, values } = logits
  const found = new Float64Array(rows)
  const row = new Float64Array(classes)
  for (let i = 0, at = 0; i < rows; i++) {
    for (let c = 0; c < classes; c++) row[c] = values[at++]
    found[i] = -temperature * logSumExp(row, temperature)
  }
  return found
}
