import type { Embeddings } from '../math/embeddings.ts'
import type { MatrixWork } from '../math/gram.ts'
import { principalComponents } from '../math/principal-components.ts'
import { labelledClasses } from './labelled-classes.ts'
import { silhouette, type SilhouetteOptions } from './silhouette.ts'

export interface NeuralRankOptions extends SilhouetteOptions, MatrixWork {
  /** D, the dimensions that the embeddings are reduced to: default 10, cut to min(D, rows, dimensions). */
  readonly pca?: number
}

/**
 * neuralRank's score of one model: PCA of layer n's activations to D dimensions, then the silhouette coefficient.
 *
 *   C_k = Σ L_i | Y_i = k / T                                             Desai et al. (neuralRank), Eq. 1
 *   SC(Lⁿ, Y) = Σ (b(L_i) − a(L_i)) / max(a(L_i), b(L_i)) / T             Eq. 2
 *   a(L_i) = Σ_j dist(L_i, L_j) | Y_i = Y_j = k, i ≠ j / T                Eq. 3
 *   b(L_i) = dist(L_i − C_k*) | Y_i ≠ k                                   Eq. 4
 *
 * What is done otherwise:
 * - Eq. 1 divides by T where the mean over the class is meant: here by the class's n_k.
 * - Eq. 3 divides by T where the mean over the class is meant: here by n_k − 1. With T, a would be up to T / n_k times
 *   too small, and every score near 1.
 * - Eq. 4 measures b to the centroid C_k* of the nearest other class: `b: 'centroid'` does so. The default, `mean`, is
 *   Rousseeuw's (1987) mean distance to the members of that class: the paper's tables agree with it and not with Eq. 4.
 * - Eq. 4 writes dist(L_i − C_k*), of one argument; the distance between the two is meant.
 * - Eq. 2 is undefined where a = b = 0, and Eq. 3 in a class of one: both rows count as 0, as in Rousseeuw.
 * - D above the rows or the width of the layer is cut to them, where PCA to D is impossible.
 * - Algorithm 1's loop over models, its error for models without layer n and its sorting are the caller's.
 *
 * In [−1, 1], higher is better; the same for any order of rows, names of labels, shift or positive scale of the
 * embeddings. Zero vectors after PCA (rows equal to the mean) are at cosine distance 1 from everything.
 *
 * @param embeddings layer n's activations, shape (rows, dimensions)
 * @param labels shape (rows)
 * @throws as silhouette and principalComponents
 */
export async function neuralRank(
  embeddings: Embeddings,
  labels: Int32Array,
  { pca = 10, engine, signal, ...options }: NeuralRankOptions = {},
): Promise<number> {
  labelledClasses(labels, embeddings.rows)
  const { projected } = await principalComponents(embeddings, pca, { engine, signal })
  return silhouette(projected, labels, options)
}
