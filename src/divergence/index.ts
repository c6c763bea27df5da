export { adaptivity } from './adaptivity.ts'
export { autoThreshold } from './auto-threshold.ts'
export { bhattacharyya } from './bhattacharyya.ts'
export { coarseCells } from './coarse-cells.ts'
export { coverage } from './coverage.ts'
export { estimatedJaccard } from './estimated-jaccard.ts'
export { fit, type FitParts } from './fit.ts'
export type { Vector } from './histogram.ts'
export { jaccard } from './jaccard.ts'
export { jensenShannon } from './jensen-shannon.ts'
export { jensenShannonFloor, type SampleSizes } from './jensen-shannon-floor.ts'
export { DEFAULT_SMOOTHING, kullbackLeibler, type KullbackLeiblerOptions } from './kullback-leibler.ts'
export { l2OfCentres } from './l2-of-centres.ts'
export { maximumMeanDiscrepancy } from './maximum-mean-discrepancy.ts'
export { minMaxScale } from './min-max-scale.ts'
export { pairwiseBhattacharyya } from './pairwise-bhattacharyya.ts'
export { pairwiseJensenShannon } from './pairwise-jensen-shannon.ts'
export { pairwiseSquaredHellinger } from './pairwise-squared-hellinger.ts'
export type { PartitionBlock } from './partition-block.ts'
export { type PartitionOfBlock, perFeatureJensenShannon } from './per-feature-jensen-shannon.ts'
export { POOLED_BINS, pooledHistogram, type PooledHistogramOptions } from './pooled-histogram.ts'
export { pooledPartitions, type PooledPartitionOptions, type PooledTable } from './pooled-partitions.ts'
export { populationStabilityIndex } from './population-stability-index.ts'
export { probabilityJaccard } from './probability-jaccard.ts'
export {
  type FourierMean,
  fourierMean,
  randomFourierFeatures,
  type RandomFourierFeatures,
  type RandomFourierOptions,
} from './random-fourier-features.ts'
export { samplingFloors } from './sampling-floors.ts'
export {
  type CoverageAndJs,
  type SharedFeatures,
  sizeCorrected,
  type SizeCorrected,
  type WholeAndCells,
} from './size-corrected.ts'
export { softCoverage } from './soft-coverage.ts'
export { squaredHellinger } from './squared-hellinger.ts'
export { withMissingFeatures } from './with-missing-features.ts'
