import { MAX_FEATURES } from '../common/limits.ts'
import { ModelHubError } from '../common/modelhub-error.ts'
import type { ColumnSource } from '../dataset/column-chunk.ts'
import { makeDefaultSketch } from './default-sketch.ts'
import { makePaperSketch } from './paper-sketch.ts'
import { ROW_HASH_MODULUS } from './row-hash.ts'
import type { Sketch } from './sketch.ts'
import type { SketchOptions } from './sketch-options.ts'

/**
 * Sketches a dataset: bins, histograms of its partitions, and MinHash signatures.
 *
 * The source is read twice (once when its rows fit into the sample of 200,000). The same columns, options and seed give
 * the same sketch on every platform, however the source cuts its chunks.
 *
 * @throws EMPTY_DATASET, TOO_MANY_COLUMNS, OUT_OF_RANGE, CANCELLED, SKETCH_PROFILE when a reference is given with the
 *   `paper` profile, COLUMN_MISSING when the dataset has no feature of the reference
 */
export async function makeSketch(source: ColumnSource, options: SketchOptions = {}): Promise<Sketch> {
  const { seed = 0, profile = 'default', partitions = ['clustered', 'random'] } = options
  const resolved = { ...options, seed, profile, partitions }
  if (!Number.isInteger(resolved.seed) || resolved.seed < 0 || resolved.seed >= ROW_HASH_MODULUS) {
    throw new ModelHubError(
      'OUT_OF_RANGE',
      `seed: expected an integer from 0 to ${ROW_HASH_MODULUS - 1}, got ${resolved.seed}`,
    )
  }
  if (source.features.length === 0) throw new ModelHubError('EMPTY_DATASET', 'dataset: expected features, got none')
  if (source.features.length > MAX_FEATURES) {
    throw new ModelHubError(
      'TOO_MANY_COLUMNS',
      `features: expected at most ${MAX_FEATURES}, got ${source.features.length}; leave some out with --exclude`,
    )
  }
  if (resolved.profile === 'paper' && resolved.reference) {
    throw new ModelHubError('SKETCH_PROFILE', "reference: expected profile 'default', got 'paper'")
  }
  return resolved.profile === 'paper' ? makePaperSketch(source, resolved) : makeDefaultSketch(source, resolved)
}
