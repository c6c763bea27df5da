import type { Embeddings } from '../math/embeddings.ts'
import type { MatrixWork } from '../math/gram.ts'
import type { Probabilities } from '../math/probabilities.ts'
import { hScore } from './h-score.ts'
import { leep } from './leep.ts'
import { logME } from './log-me.ts'
import { logisticProbe } from './logistic-probe.ts'
import { nce } from './nce.ts'
import { nearestNeighbourAccuracy } from './nearest-neighbour-accuracy.ts'
import { neuralRank } from './neural-rank.ts'
import { regularisedHScore } from './regularised-h-score.ts'
import { transRate } from './trans-rate.ts'

/** A score of how well a model would serve labelled data, from its embeddings. */
export interface EmbeddingMetric {
  readonly name: string
  readonly reads: 'embeddings'
  score(embeddings: Embeddings, labels: Int32Array, work?: MatrixWork): number | Promise<number>
}

/** The same from the model's own probabilities. */
export interface ProbabilityMetric {
  readonly name: string
  readonly reads: 'probabilities'
  score(probabilities: Probabilities, labels: Int32Array): number
}

export type TransferabilityMetric = EmbeddingMetric | ProbabilityMetric

/** All scores of this room with their default options, by name; of two models the higher score is the better. */
export const TRANSFERABILITY_METRICS: readonly TransferabilityMetric[] = [
  { name: 'neuralrank', reads: 'embeddings', score: neuralRank },
  { name: 'logme', reads: 'embeddings', score: logME },
  { name: 'leep', reads: 'probabilities', score: leep },
  { name: 'nce', reads: 'probabilities', score: nce },
  { name: 'h-score', reads: 'embeddings', score: hScore },
  { name: 'regularised-h-score', reads: 'embeddings', score: regularisedHScore },
  { name: 'transrate', reads: 'embeddings', score: transRate },
  { name: 'nearest-neighbours', reads: 'embeddings', score: nearestNeighbourAccuracy },
  { name: 'logistic-probe', reads: 'embeddings', score: logisticProbe },
]
