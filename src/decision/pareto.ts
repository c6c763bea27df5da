import { ModelHubError } from '../common/modelhub-error.ts'
import { licenceFreedom } from './licence-freedom.ts'

/** Accuracies are sums of eighths and hundredths that binary fractions miss by this much. */
const ROUNDING = 1e-12

/** A model that may be chosen. */
export interface Choice {
  readonly name: string
  /** Measured or predicted, in [0, 1]; null where nothing tells. */
  readonly accuracy: number | null
  readonly sizeBytes: number
  /** Null where it was not measured. */
  readonly millisecondsPerRow: number | null
  /** SPDX expression; null where none is stated. */
  readonly license: string | null
}

/** What to take instead of the most accurate model, and what it costs. Names of models throughout. */
export interface ParetoPick {
  readonly best: string
  /** How far below the best a model may lie. */
  readonly margin: number
  /** Models within the margin, most accurate first. */
  readonly within: readonly string[]
  readonly smallest: string
  /** Null where no model within the margin was measured. */
  readonly fastest: string | null
  /** Null where no licence within the margin is known. */
  readonly freest: string | null
  /**
   * Models than which no other is at least as good in accuracy, size and time and better in one of them, most accurate
   * first. A time that was not measured counts as the longest.
   */
  readonly front: readonly string[]
}

/**
 * The smallest, the fastest and the most freely licensed of the models whose accuracy lies within a margin of the best,
 * and the Pareto front of accuracy, size and time. Ties go to the more accurate, then by name.
 *
 * @param margin share, in [0, 1]
 * @returns undefined when no model has an accuracy
 * @throws OUT_OF_RANGE when the margin is not in [0, 1]
 */
export function paretoPick(models: readonly Choice[], margin: number): ParetoPick | undefined {
  requireMargin(margin)
  const rated = models
    .filter((model): model is Rated => model.accuracy !== null && !Number.isNaN(model.accuracy))
    .sort((a, b) => b.accuracy - a.accuracy || (a.name < b.name ? -1 : 1))
  const [best] = rated
  if (!best) return undefined
  const within = rated.filter(({ accuracy }) => best.accuracy - accuracy <= margin + ROUNDING)
  return {
    best: best.name,
    margin,
    within: within.map(({ name }) => name),
    smallest: least(within, ({ sizeBytes }) => sizeBytes)!,
    fastest: least(within, ({ millisecondsPerRow }) => millisecondsPerRow),
    freest: least(within, ({ license }) => licenceFreedom(license)),
    front: rated.filter(model => !rated.some(other => dominates(other, model))).map(({ name }) => name),
  }
}

/** @throws OUT_OF_RANGE when a margin is not in [0, 1] */
export function requireMargin(margin: number): void {
  if (margin >= 0 && margin <= 1) return
  throw new ModelHubError('OUT_OF_RANGE', `within: expected a number from 0 to 1, got ${margin}`)
}

type Rated = Choice & { readonly accuracy: number }

/** The first of the models with the least value; null where none has one. */
function least(models: readonly Rated[], valueOf: (model: Rated) => number | null): string | null {
  let found: { readonly name: string; readonly value: number } | undefined
  for (const model of models) {
    const value = valueOf(model)
    if (value !== null && (!found || value < found.value)) found = { name: model.name, value }
  }
  return found?.name ?? null
}

function dominates(a: Rated, b: Rated): boolean {
  const differences = costs(a).map((cost, i) => compare(cost, costs(b)[i]))
  return differences.every(sign => sign <= 0) && differences.some(sign => sign < 0)
}

/** The less the better. */
function costs({ accuracy, sizeBytes, millisecondsPerRow }: Rated): readonly number[] {
  return [-accuracy, sizeBytes, millisecondsPerRow ?? Infinity]
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
