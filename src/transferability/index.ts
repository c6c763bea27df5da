export type { Embeddings, Points } from '../math/embeddings.ts'
export type { MatrixWork } from '../math/gram.ts'
export { type Matrix, type MatrixEngine, plainEngine } from '../math/matrix-engine.ts'
export { type PrincipalComponents, principalComponents } from '../math/principal-components.ts'
export type { Probabilities } from '../math/probabilities.ts'
export { hScore } from './h-score.ts'
export { leep } from './leep.ts'
export { logisticProbe, type LogisticProbeOptions } from './logistic-probe.ts'
export { logME, type LogMEOptions } from './log-me.ts'
export { nce } from './nce.ts'
export { nearestNeighbourAccuracy, type NearestNeighboursOptions } from './nearest-neighbour-accuracy.ts'
export { neuralRank, type NeuralRankOptions } from './neural-rank.ts'
export { regularisedHScore } from './regularised-h-score.ts'
export { silhouette, type SilhouetteOptions } from './silhouette.ts'
export {
  type EmbeddingMetric,
  type ProbabilityMetric,
  TRANSFERABILITY_METRICS,
  type TransferabilityMetric,
} from './transferability-metrics.ts'
export { transRate, type TransRateOptions } from './trans-rate.ts'
