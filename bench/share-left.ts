/** Share of lower bounds that do not exceed a threshold. */
export function shareLeft(bounds: ArrayLike<number>, threshold: number): number {
  return Array.from(bounds).filter(bound => bound <= threshold).length / bounds.length
}

/** The n-th smallest of some values, n from 1. */
export function nthSmallest(values: ArrayLike<number>, n: number): number {
  return Float64Array.from(values).sort()[n - 1]
}

/** Means of each figure over some records. */
export function meansOf<Figures extends Record<keyof Figures, number>>(records: readonly Figures[]): Figures {
  const mean = (key: keyof Figures) => records.reduce((sum, record) => sum + record[key], 0) / records.length
  const keys = Object.keys(records[0]) as (keyof Figures)[]
  return Object.fromEntries(keys.map(key => [key, mean(key)])) as Figures
}
