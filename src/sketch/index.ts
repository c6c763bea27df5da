export { blockColumns, datasetBlocks, type BlockColumns, type DatasetBlocks } from './dataset-blocks.ts'
export {
  EMPTY_DOMAIN,
  findDomain,
  FOUNDERS,
  foundSlots,
  matchableFeatures,
  slotsOf,
  slotsOfNewcomer,
  slotsToFound,
  type Domain,
  type DomainMember,
  type Slot,
} from './domain.ts'
export { binCount, missingBin, type FeatureBins, type NominalBins, type NumericBins } from './feature-bins.ts'
export { diffSketches, type FeatureDrift, type SketchDiff } from './diff-sketches.ts'
export { keyId } from './key-id.ts'
export { largestRemainder } from './largest-remainder.ts'
export { makeSketch } from './make-sketch.ts'
export {
  matchFeatures,
  type FeatureMatch,
  type MatchableFeature,
  type MatchOptions,
  type MatchRule,
} from './match-features.ts'
export { mergeSketches } from './merge-sketches.ts'
export { SIGNATURE_LENGTH } from './min-hash.ts'
export { pooledBlocks } from './pooled-blocks.ts'
export { privacyReceipt, type PrivacyReceipt } from './privacy-receipt.ts'
export { readSketch } from './read-sketch.ts'
export { rebin, type BinnedCounts } from './rebin.ts'
export { referenceIdentity } from './reference-mean.ts'
export { METADATA_KEY, SKETCH_FORMAT } from './sketch-metadata.ts'
export type { SketchOptions } from './sketch-options.ts'
export {
  binsOf,
  partitionsOf,
  type Partition,
  type PartitionKind,
  type ReferenceMean,
  type Sketch,
  type SketchFeature,
  type SketchProfile,
} from './sketch.ts'
export { SKETCH_FILE_ENDING, writeSketch } from './write-sketch.ts'
