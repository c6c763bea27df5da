import type { Pooling, RunLimits } from '../inference/index.ts'
import type { SilhouetteOptions } from '../transferability/index.ts'
import type { CacheOptions } from './activation-cache.ts'
import type { DataOptions } from './load-sketch.ts'
import type { SearchOptions } from './search-hub.ts'

/** Which models of a hub to run on a target, and how. */
export interface HubRankOptions
  extends DataOptions, Pick<SearchOptions, 'match' | 't1' | 't2' | 'excludeModels' | 'where'> {
  /** Models to run, as `owner/model` or `owner/model@3`. */
  readonly models?: readonly string[]
  /** How many of the best by fit to run; default 5. */
  readonly shortlist?: number
  /** Run every model of the hub. */
  readonly all?: boolean
  /** Scores to rank by, the first deciding. */
  readonly by?: readonly string[]
  /**
   * Tensors to look at; `last`, the default, is the card's embedding or what enters the last dense layer, `all` every
   * layer. Models are ranked by the first that is named; by the last one where all are.
   */
  readonly layer?: string | readonly string[]
  readonly pooling?: Pooling
  /** D of neuralRank; default 10. */
  readonly pca?: number
  /** `cheap` leaves out scores that are dear, but for those in `by`; default `cheap`. */
  readonly scores?: 'cheap' | 'all'
  /** Models that run at a time; chosen by cores and free memory when absent. */
  readonly atOnce?: number
  /** Distance of neuralRank; default cosine. */
  readonly distance?: SilhouetteOptions['distance']
  /** neuralRank's distance to another class: to its members in the mean, the default, or to their centroid. */
  readonly b?: SilhouetteOptions['b']
  /** Rows to run on; default 2,000. */
  readonly sample?: number | 'all'
  /** Table or .npy file of labels beside ready tensors. */
  readonly labels?: string
  readonly limits?: RunLimits
  /** Keeps what models give, so that none is run twice on the same rows; nothing is kept when absent. */
  readonly cache?: CacheOptions
  /** Successive halving within this time. */
  readonly budgetSeconds?: number
  /** Pick the smallest, fastest and freest models whose accuracy lies within this share of the best, in [0, 1]. */
  readonly within?: number
  /** Train the last layer anew, too. */
  readonly probe?: boolean
}
