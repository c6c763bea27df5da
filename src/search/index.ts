export {
  blockShortlist,
  codeCandidate,
  domainBlock,
  overlappingIn,
  type BlockShortlist,
  type IndexedDomain,
  type ShortlistOptions,
} from './block-shortlist.ts'
export type { Candidate, DomainCandidates } from './candidate.ts'
export { candidateMetrics, type CandidateMetrics } from './candidate-metrics.ts'
export type { Evidence, Threshold } from './evidence.ts'
export { compareTraining, fitsOf, type TrainingPair } from './compare-training.ts'
export { explainFit, type Explanation, type FeatureFit, type PartitionFit } from './explain-fit.ts'
export { hubMap, type HubMap, type Place } from './hub-map.ts'
export { METRIC_NAMES, METRICS, type Metric, type MetricName } from './metrics.ts'
export { otherViews } from './other-views.ts'
export { partitionMap, type PartitionMap } from './partition-map.ts'
export { searchDomains, type ScoredCandidate, type SearchOutcome } from './search-domains.ts'
export { DEFAULT_PARAMETERS, type SampleSpace, type SearchParameters } from './search-parameters.ts'
export { JUDGED, sourceAccuracyOrder, verdictOf, type StatedModel, type Verdict } from './verdict.ts'
export { targetBundle, type BundledModel, type TargetBundle } from './target-bundle.ts'
