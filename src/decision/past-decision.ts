/** How a known target was decided by a decision that was learned without it. */
export interface PastDecision {
  readonly target: string
  /** Shape (candidates). */
  readonly values: readonly number[]
  /** The greater the better, shape (candidates). */
  readonly scores: Float64Array
  /** Predicted values, shape (candidates). */
  readonly predicted: Float64Array
  /** Scores of the order that looks at no data, shape (candidates). */
  readonly blind: Float64Array
}
