import {
  agreementWithVote,
  crowdAccuracy,
  crowdAgreement,
  crowdF1,
  meanAgreement,
  sharpWeights,
  softF1,
} from '../confidence/index.ts'
import type { CrowdScores } from './score.ts'

/** Scores of models by what the others say of the same rows. */
export const CROWD_SCORES: CrowdScores = {
  agreement: ({ predictions }) => meanAgreement(predictions),
  vote: ({ predictions }) => agreementWithVote(predictions),
  'weighted-vote': ({ predictions, fits }) =>
    fits?.some(fit => fit > 0) ? agreementWithVote(predictions, fits) : undefined,
  crowd: ({ predictions, fits }) => fits && crowdAccuracy(crowdAgreement(predictions), sharpWeights(fits)),
  'crowd-f1': ({ predictions, fits, positive }) =>
    fits && crowdF1(crowdAgreement(predictions, positive), sharpWeights(fits)),
  'soft-f1': ({ predictions, positive }) => (positive === undefined ? undefined : softF1(predictions, { positive })),
}
