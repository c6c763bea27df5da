import type { KnownTarget } from './decision-target.ts'

/** Fewest datasets of a history that a decision is learned from; with fewer, the shipped default decides. */
const LEAST_DATASETS = 5

/** Whether a history holds enough datasets, kin counted once, to learn a decision from. */
export function isLongEnough(history: readonly KnownTarget[]): boolean {
  return new Set(history.map(({ kin }) => kin)).size >= LEAST_DATASETS
}
