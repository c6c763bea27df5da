import { estimatedJaccard } from '../divergence/estimated-jaccard.ts'
import { kullbackLeibler } from '../divergence/kullback-leibler.ts'
import { l2OfCentres } from '../divergence/l2-of-centres.ts'
import { maximumMeanDiscrepancy } from '../divergence/maximum-mean-discrepancy.ts'
import { pairwiseSquaredHellinger } from '../divergence/pairwise-squared-hellinger.ts'
import type { PartitionBlock } from '../divergence/partition-block.ts'
import { SIGNATURE_LENGTH } from '../sketch/min-hash.ts'
import type { Comparison, Evidence } from './evidence.ts'
import { centreOfBlock } from './rank-centre.ts'

/** What candidates can be ranked by. */
export interface Metric {
  /** Whether the greater or the smaller value is the better one. */
  readonly better: 'greater' | 'smaller'
  /** One line for the help text: what it is, its range. */
  readonly about: string
  /** NaN where the evidence for it is missing: such candidates come last. */
  value(comparison: Comparison, evidence: Evidence): number
}

/** Every metric by name. */
export const METRICS = {
  fit: {
    better: 'greater',
    about: 'mean of soft coverage and 1 − JS/ln 2, sizes corrected, missing features counted, in [0, 1]',
    value: (_, { fit }) => fit,
  },
  'soft-coverage': {
    better: 'greater',
    about: 'how near the nearest training partition lies to each target partition, in [0, 1]',
    value: (_, { softCoverage }) => softCoverage,
  },
  coverage: {
    better: 'greater',
    about: 'share of target rows in partitions that match one of training, in [0, 1]',
    value: (_, { coverage }) => coverage,
  },
  adaptivity: {
    better: 'greater',
    about: 'matching pairs of partitions per target partition (2020 paper, Def. 2), ≥ 0, not bounded by 1',
    value: (_, { adaptivity }) => adaptivity,
  },
  js: {
    better: 'smaller',
    about: 'Jensen–Shannon divergence of the whole datasets, nats, in [0, ln 2]',
    value: (_, { js }) => js,
  },
  kl: {
    better: 'smaller',
    about: 'Kullback–Leibler divergence of the target from the training data, nats, smoothed by 1e-4',
    value: ({ source, target, shared }) => meanOverFeatures(target.whole, source.whole, shared, kullbackLeibler),
  },
  hellinger: {
    better: 'smaller',
    about: 'squared Hellinger distance of the whole datasets, in [0, 1]',
    value: ({ source, target, shared }) => pairwiseSquaredHellinger(source.whole, target.whole, shared)[0],
  },
  l2: {
    better: 'smaller',
    about: 'Euclidean distance of the centres, in ranks under the reference bins',
    value: ({ source, target, shared, references }) =>
      l2OfCentres(centreOfBlock(source.whole, shared, references), centreOfBlock(target.whole, shared, references)) /
      Math.sqrt(shared.length),
  },
  mmd: {
    better: 'smaller',
    about: 'squared maximum mean discrepancy, in [0, 4]; of sketches made with one --reference',
    value: ({ candidate, targetMean }) => {
      const sourceMean = candidate.sketch?.referenceMean
      const comparable = targetMean !== undefined && sourceMean?.reference === targetMean.reference
      return comparable ? maximumMeanDiscrepancy(sourceMean.mean, targetMean.mean) : NaN
    },
  },
  jaccard: {
    better: 'greater',
    about: 'mean estimated Jaccard of the shared features’ values, in [0, 1]',
    value: ({ shared, sourceSignatures, targetSignatures }) => {
      const agreements = Array.from(shared, column => {
        const at = column * SIGNATURE_LENGTH
        const own = sourceSignatures.subarray(at, at + SIGNATURE_LENGTH)
        return estimatedJaccard(own, targetSignatures[column]!)
      })
      return agreements.reduce((sum, agreement) => sum + agreement, 0) / agreements.length
    },
  },
  'source-accuracy': {
    better: 'greater',
    about: 'accuracy that the card states: a baseline that does not look at the target',
    value: ({ candidate }) => candidate.sourceAccuracy ?? NaN,
  },
} as const satisfies Record<string, Metric>

export type MetricName = keyof typeof METRICS

export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[]

function meanOverFeatures(
  p: PartitionBlock,
  q: PartitionBlock,
  shared: Uint32Array,
  divergence: (p: Float32Array, q: Float32Array) => number,
): number {
  const segment = (block: PartitionBlock, f: number) => block.values.subarray(block.offsets[f], block.offsets[f + 1])
  const divergences = Array.from(shared, f => divergence(segment(p, f), segment(q, f)))
  return divergences.reduce((sum, value) => sum + value, 0) / divergences.length
}
