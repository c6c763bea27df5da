import type { ScoredModels } from './score-models.ts'

/**
 * The score that models are ranked by unless told.
 *
 * With labels: the accuracy on the sample where every model knows some of the labels, else neuralRank, which needs no
 * common labels. Without: the vote weighted by fit; where that vote cannot be trusted, or fits are not known, the fit
 * itself, then the plain vote, then the model's own confidence.
 */
export function defaultScore({ scores, alarm }: ScoredModels): string {
  const ofAll = (name: string) => scores.every(found => found.has(name))
  const crowd = alarm?.alarm ? [] : ['weighted-vote']
  const order = ['accuracy', 'neuralrank', 'leep', ...crowd, 'fit', 'vote']
  return order.find(ofAll) ?? 'confidence'
}
