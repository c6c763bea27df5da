import { ModelHubError } from '../common/modelhub-error.ts'
import { checkPoints, type Points } from '../math/embeddings.ts'
import { cosineSeparation } from './cosine-separation.ts'
import { euclideanSeparation } from './euclidean-separation.ts'
import { labelledClasses } from './labelled-classes.ts'

export interface SilhouetteOptions {
  /** Default `cosine`: 1 − x·y / (‖x‖‖y‖); a zero vector lies at distance 1 from everything. */
  readonly distance?: 'cosine' | 'euclidean'
  /** Distance to another class: to its members in the mean (default), or to the centroid of them. */
  readonly b?: 'mean' | 'centroid'
}

/**
 * Silhouette coefficient of labelled points, the mean over all rows of
 *
 *   s = (b − a) / max(a, b)        Rousseeuw (1987); with b = 'centroid', Desai et al. (neuralRank), Eqs. 2–4
 *
 * In [−1, 1], higher is better. With the defaults equal to scikit-learn's silhouette_score(metric='cosine'). A class of
 * one has s = 0, and so has 0/0, coinciding classes. Cosine costs rows·classes·dimensions; euclidean rows²·dimensions,
 * in memory for a few rows at a time. Does not depend on the order of rows, on which label is which, nor on a positive
 * scale of the points.
 *
 * @param labels shape (rows)
 * @throws EMPTY_DATASET, SHAPE, OUT_OF_RANGE as checkPoints
 * @throws SHAPE when labels and rows differ in number; OUT_OF_RANGE with one class, or an unknown option
 */
export function silhouette(points: Points, labels: Int32Array, options: SilhouetteOptions = {}): number {
  const { distance = 'cosine', b = 'mean' } = options
  checkPoints(points, 'points')
  if (b !== 'mean' && b !== 'centroid') {
    throw new ModelHubError('OUT_OF_RANGE', `b: expected mean or centroid, got ${String(b)}`)
  }
  if (distance !== 'cosine' && distance !== 'euclidean') {
    throw new ModelHubError('OUT_OF_RANGE', `distance: expected cosine or euclidean, got ${String(distance)}`)
  }
  const classes = labelledClasses(labels, points.rows)
  const separation = (distance === 'cosine' ? cosineSeparation : euclideanSeparation)(points, classes, b)
  let sum = 0
  for (let i = 0; i < points.rows; i++) {
    const larger = Math.max(separation.a[i], separation.b[i])
    if (classes.sizes[classes.of[i]] > 1 && larger > 0) sum += (separation.b[i] - separation.a[i]) / larger
  }
  return sum / points.rows
}
