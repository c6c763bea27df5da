import type { ModelCard } from './model-card.ts'

/**
 * Accuracy on the model's own test data as its card states it, a fraction in [0, 1]; null where it states none.
 *
 * The first metric of type `accuracy` in `model-index` counts, whatever comes after it; other metrics (F1, …) never
 * stand in for it. Cards write either a fraction or a percentage: a value above 1 and up to 100 is taken for a
 * percentage. A value that is not a number, or lies outside [0, 100], counts as none.
 */
export function sourceAccuracy(card: ModelCard): number | null {
  const metrics = (card.frontMatter['model-index'] ?? [])
    .flatMap(entry => entry.results)
    .flatMap(result => result.metrics)
  const value = metrics.find(metric => metric.type.toLowerCase() === 'accuracy')?.value
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) return null
  return value > 1 ? value / 100 : value
}
