import { ModelHubError } from '../common/index.ts'
import { mostProbable } from '../math/probabilities.ts'
import type { ModelAnswers } from './model-answers.ts'
import { knownClasses } from './target-classes.ts'

/**
 * F1 of one label on the rows that have a label.
 *
 *   F1 = 2 TP / (2 TP + FP + FN)                                                     van Rijsbergen (1979)
 *
 * In [0, 1]; 0 where the label is neither there nor predicted (0/0), as in scikit-learn, and for a model that does not
 * know it.
 *
 * @param labels of each row, undefined where it has none, shape (rows)
 */
export function sampleF1(
  { probabilities, labels: classes }: Pick<ModelAnswers, 'probabilities' | 'labels'>,
  labels: readonly (string | undefined)[],
  positive: string,
): number {
  const [wanted] = knownClasses([positive], classes)
  const predicted = mostProbable(probabilities)
  let [right, said, there] = [0, 0, 0]
  labels.forEach((label, row) => {
    if (label === undefined) return
    const isPositive = label === positive
    const isSaid = wanted >= 0 && predicted[row] === wanted
    right += Number(isPositive && isSaid)
    said += Number(isSaid)
    there += Number(isPositive)
  })
  return said + there === 0 ? 0 : (2 * right) / (said + there)
}

/**
 * The label that F1 is of: the one that was told, or the rarer of two; of two as rare the later by name.
 *
 * @throws USAGE for a label that no row has, and without one where there are not two
 */
export function positiveLabel(labels: readonly (string | undefined)[], told?: string): string {
  const counts = new Map<string, number>()
  for (const label of labels) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1)
  const names = [...counts.keys()].sort()
  if (told !== undefined) {
    if (counts.has(told)) return told
    throw new ModelHubError('USAGE', `positive: expected one of ${names.slice(0, 10).join(', ')}, got ${told}`)
  }
  if (names.length !== 2) {
    throw new ModelHubError('USAGE', `positive: expected the label whose F1 is measured, got none of ${names.length}`)
  }
  return counts.get(names[0])! < counts.get(names[1])! ? names[0] : names[1]
}
