import { agreementWithVote, meanAgreement, softF1 } from '../confidence/index.ts'
import type { CrowdScores } from './score.ts'

/** Scores of models by what the others say of the same rows. */
export const CROWD_SCORES: CrowdScores = {
  agreement: ({ predictions }) => meanAgreement(predictions),
  vote: ({ predictions }) => agreementWithVote(predictions),
  'weighted-vote': ({ predictions, fits }) =>
    fits?.some(fit => fit > 0) ? agreementWithVote(predictions, fits) : undefined,
  'soft-f1': ({ predictions, positive }) => (positive === undefined ? undefined : softF1(predictions, { positive })),
}
