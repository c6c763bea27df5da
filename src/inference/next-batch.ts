/** Rows of the first batch, from which the memory of a row is learnt. */
export const FIRST_BATCH = 16
/** Rows at a time: more of them cost memory and gain little time. */
export const LARGEST_BATCH = 256
/** Batches grow by this much at most, and shrink by it when memory does not suffice. */
export const BATCH_STEP = 4
/** Share of the memory limit that a batch may fill. */
const FILL = 0.75

/** What running a batch showed. */
export interface BatchMemory {
  /** Rows of that batch. */
  readonly rows: number
  /** Memory of the process before the first batch. */
  readonly baseBytes: number
  /** Memory of the process now. */
  readonly heldBytes: number
  readonly limitBytes: number
}

/**
 * Rows of the next batch: up to four times as many as before, at most 256, and no more than what the memory of a row, as
 * seen so far, lets in under three quarters of the limit. Never fewer than the batch that has just run.
 */
export function nextBatch({ rows, baseBytes, heldBytes, limitBytes }: BatchMemory): number {
  const perRow = Math.max(1, (heldBytes - baseBytes) / rows)
  const fitting = Math.floor((FILL * limitBytes - baseBytes) / perRow)
  return Math.max(rows, Math.min(rows * BATCH_STEP, LARGEST_BATCH, fitting))
}
