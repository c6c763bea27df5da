/** What F1 is counted of. */
export interface Labelled {
  readonly labels: Uint8Array
  readonly truth: Uint8Array
  readonly rows: readonly number[]
  /** The label that is looked for. */
  readonly positive: number
}

/** F1 on some rows: 2·TP / (found + true); 0 where there are neither. */
export function binaryF1({ labels, truth, rows, positive }: Labelled): number {
  let [both, either] = [0, 0]
  for (const row of rows) {
    const [found, isTrue] = [labels[row] === positive, truth[row] === positive]
    both += Number(found && isTrue)
    either += Number(found) + Number(isTrue)
  }
  return either === 0 ? 0 : (2 * both) / either
}
