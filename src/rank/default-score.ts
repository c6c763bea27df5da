import type { ScoredModels } from './score-models.ts'

/** Share of the labelled rows whose label every model must know for their accuracies to be compared. */
const MOSTLY_KNOWN = 0.5

/**
 * The score that models are ranked by unless told.
 *
 * With labels: the accuracy on the sample where every model knows the labels of at least half of the rows, else
 * neuralRank, which needs no common labels. Without: the vote weighted by fit; where that vote cannot be trusted, or fits are not known, the fit
 * itself, then the plain vote, then the model's own confidence.
 */
export function defaultScore({ scores, labelsKnown, alarm }: Omit<ScoredModels, 'leftOut'>): string {
  const common = labelsKnown?.every(share => share >= MOSTLY_KNOWN) ?? false
  const ofAll = (name: string) => scores.every(found => found.has(name))
  const crowd = alarm?.alarm ? [] : ['weighted-vote']
  const order = [...(common ? ['accuracy'] : []), 'neuralrank', 'leep', ...crowd, 'fit', 'vote']
  return order.find(ofAll) ?? 'confidence'
}
