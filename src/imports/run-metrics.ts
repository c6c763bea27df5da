import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A metric of a model card. */
export interface CardMetric {
  readonly type: string
  readonly value: number
}

/** Accuracy on data not trained on, by the names that MLflow and its users give it, the strictest first. */
const ACCURACIES = [
  /^test[_-]accuracy(_score)?$/,
  /^(val|valid|validation|eval)[_-]accuracy(_score)?$/,
  /^accuracy(_score)?$/,
]

/**
 * Last values of the metrics of the run that a logged model lies in; the one that is the accuracy comes first, under
 * that name. Empty where the folder lies in no run.
 *
 * @param directory a model's folder, as in `mlruns/0/<run>/artifacts/model`
 */
export async function readRunMetrics(directory: string): Promise<readonly CardMetric[]> {
  for (const folder of [join(directory, '..', '..', 'metrics'), join(directory, '..', 'metrics')]) {
    const names = await readdir(folder).catch(() => [])
    const metrics = await Promise.all(names.sort().map(name => lastValue(folder, name)))
    if (metrics.length > 0) return withAccuracy(metrics.flat())
  }
  return []
}

/** MLflow keeps a metric as lines of time, value and step. */
async function lastValue(folder: string, type: string): Promise<CardMetric[]> {
  const lines = (await readFile(join(folder, type), 'utf8').catch(() => '')).trim().split('\n')
  const value = Number(lines.at(-1)?.split(' ')[1] ?? NaN)
  return Number.isFinite(value) ? [{ type, value }] : []
}

function withAccuracy(metrics: readonly CardMetric[]): readonly CardMetric[] {
  const [accuracy] = ACCURACIES.flatMap(pattern => metrics.filter(({ type }) => pattern.test(type)))
  if (!accuracy) return metrics
  return [{ type: 'accuracy', value: accuracy.value }, ...metrics.filter(metric => metric !== accuracy)]
}
