export { AwaitedRows, type RowSource } from './awaited-rows.ts'
export type { MaskedQuery } from './block-bounds.ts'
export { affineMinHash, affinePermutations, type AffinePermutations } from './affine-min-hash.ts'
export type { BandShape } from './band-tables.ts'
export { ContainmentBands, type ContainmentBandsOptions, type SizedSignature } from './containment-bands.ts'
export { joinPartitions, type JoinOptions, type PartitionJoin, type PartitionPair } from './join-partitions.ts'
export { featureBandCells, featureBands, mostMet, type FeatureBands } from './feature-bands.ts'
export { jsLshIndex, type JointHistogram, type JsLshIndex } from './js-lsh.ts'
export { jsLshParameters, type JsLshAim, type JsLshChoice } from './js-lsh-parameters.ts'
export { l2LshIndex, type L2LshIndex } from './l2-lsh.ts'
export { COARSE_BINS, MaskedBlock, type CodedDataset, type DatasetRounding } from './masked-block.ts'
export {
  maskedSearch,
  maskedShortlist,
  type BoundShares,
  type MaskedRetrieval,
  type MaskedSearchOptions,
  type MaskedShortlist,
  type MaskedShortlistOptions,
} from './masked-search.ts'
export { MinHashBands, type MinHashBandsOptions } from './min-hash-bands.ts'
export { hasSimdKernel, minHashSigner, type MinHashSigner } from './min-hash-kernel.ts'
export { optimalBands, optimalContainmentBands, type ErrorWeights } from './optimal-bands.ts'
export { OverlapSearch, type OverlapSearchOptions } from './overlap-search.ts'
export {
  candidateProbability,
  meanRecall,
  pStableCollision,
  recallAt,
  rootDistances,
  type PStableParameters,
} from './p-stable-collision.ts'
export { cellsOf, pStableHashes, type PStableHashes, type PStableOptions } from './p-stable-hashes.ts'
export { PStableIndex, type PStableIndexOptions, type PStableMeasure } from './p-stable-index.ts'
export { probingSequence, type Perturbation } from './probing-sequence.ts'
export { primeMinHash, primePermutations, type PrimePermutations } from './prime-min-hash.ts'
export type { Found, Retrieval, RetrievalEngine, RetrievalWork } from './retrieval.ts'
export {
  featureProjections,
  rootDimensions,
  rootPlaces,
  summedPlaces,
  type FeatureProjections,
  type Side,
} from './root-projections.ts'
export { bandKey, collectBand, sortBands, type BandLookup, type SortedBands } from './sorted-bands.ts'
export { tuneJsLsh, type DistanceSample, type TunedLsh, type TunedPoint } from './tune-js-lsh.ts'
