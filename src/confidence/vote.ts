import { shareOfEqual } from './agreement.ts'
import { checkedWeights, checkPredictions, type ZooPredictions } from './zoo-predictions.ts'

/**
 * The zoo's vote on each row: the label with the largest sum of weights, the smallest of equals; shape (rows).
 *
 * @param weights of the models, shape (models), not negative; all alike when left out
 * @throws TOO_FEW_ROWS, OUT_OF_RANGE, SHAPE as checkPredictions and checkedWeights
 */
export function vote(predictions: ZooPredictions, weights?: readonly number[]): Int32Array {
  checkPredictions(predictions)
  const shares = checkedWeights(weights, predictions.length)
  const votes = new Map<number, number>()
  return predictions[0].map((_, i) => {
    votes.clear()
    predictions.forEach((labels, m) => votes.set(labels[i], (votes.get(labels[i]) ?? 0) + shares[m]))
    let [best, most] = [Infinity, 0]
    for (const [label, sum] of votes) if (sum > most || (sum === most && label < best)) [best, most] = [label, sum]
    return best
  })
}

/**
 * Share of rows on which each model agrees with the vote, its own vote included: shape (models), in [0, 1].
 *
 * @param weights of the models in the vote, shape (models); all alike when left out
 * @throws TOO_FEW_ROWS, OUT_OF_RANGE, SHAPE as vote
 */
export function agreementWithVote(predictions: ZooPredictions, weights?: readonly number[]): Float64Array {
  const crowd = vote(predictions, weights)
  return Float64Array.from(predictions, labels => shareOfEqual(labels, crowd))
}
