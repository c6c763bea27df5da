import { checkPoints, type Embeddings } from '../math/embeddings.ts'
import type { MatrixWork } from '../math/gram.ts'
import { classSpectrum } from './class-spectrum.ts'
import { labelledClasses } from './labelled-classes.ts'

/**
 * H-score: how much of the embeddings' variance, whitened, lies between the classes.
 *
 *   H(f) = tr(cov(f)⁻¹ · cov(E[f | y]))        Bao et al. (2019)
 *
 * The inverse is the pseudo-inverse, so directions without variance do not count. In [0, min(classes − 1, rank)], higher
 * is better, and the same under any invertible linear map and shift of the embeddings. With as many independent
 * dimensions as rows it is classes − 1 for every model: use the regularised score there. Constant embeddings give 0.
 *
 * @param labels shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkPoints; SHAPE, OUT_OF_RANGE as labelledClasses; CANCELLED
 */
export async function hScore(embeddings: Embeddings, labels: Int32Array, work: MatrixWork = {}): Promise<number> {
  checkPoints(embeddings, 'embeddings')
  const classes = labelledClasses(labels, embeddings.rows)
  const { squares } = await classSpectrum(embeddings, { ...classes, labels }, { ...work, centred: true })
  let score = 0
  for (let at = 0; at < squares.length; at++) score += squares[at] / classes.sizes[at % classes.count]
  return score
}
