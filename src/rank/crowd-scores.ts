import { agreementWithVote, meanAgreement, softF1 } from '../confidence/index.ts'
import type { CrowdScore } from './score.ts'

/** Scores of models by what the others say of the same rows. */
export const CROWD_SCORES: readonly CrowdScore[] = [
  {
    name: 'agreement',
    about: 'mean share of rows on which another model agrees, in [0, 1]',
    needs: 'nothing',
    values: ({ predictions }) => meanAgreement(predictions),
  },
  {
    name: 'vote',
    about: 'share of rows on which the model agrees with the vote of all, in [0, 1]',
    needs: 'nothing',
    values: ({ predictions }) => agreementWithVote(predictions),
  },
  {
    name: 'weighted-vote',
    about: 'the same, each vote weighing as the model’s fit, in [0, 1]',
    needs: 'nothing',
    values: ({ predictions, fits }) => (fits?.some(fit => fit > 0) ? agreementWithVote(predictions, fits) : undefined),
  },
  {
    name: 'soft-f1',
    about: 'F1 against the zoo’s share of votes for the rarer of two labels, in [0, 1]',
    needs: 'nothing',
    values: ({ predictions, positive }) => (positive === undefined ? undefined : softF1(predictions, { positive })),
  },
]
