import { metricOf, type EvaluationRecord } from '../catalog/index.ts'

/** A version of a history with its mean. */
export interface VersionMean {
  /** `owner/model` */
  readonly model: string
  readonly version: number
  /** Mean accuracy, or what the history measures, on the datasets that are not its own, in [0, 1]; null where there is none. */
  readonly elsewhere: number | null
  /** Number of datasets that the mean is of. */
  readonly datasets: number
}

/** The versions of a history by their mean accuracy on what is not their own, the best first; ties by name. */
export function meansElsewhere(history: readonly EvaluationRecord[]): readonly VersionMean[] {
  const versions = new Map(history.map(({ versionId, model, version }) => [versionId, { model, version }]))
  const measured = metricOf(history)
  const means = Array.from(versions, ([id, { model, version }]) => {
    const values = history
      .filter(({ versionId, own, metric }) => versionId === id && !own && metric === measured)
      .map(({ value }) => value)
    const elsewhere = values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
    return { model, version, elsewhere, datasets: values.length }
  })
  return means.sort(
    (a, b) =>
      (b.elsewhere ?? -1) - (a.elsewhere ?? -1) ||
      (a.model < b.model ? -1 : a.model > b.model ? 1 : a.version - b.version),
  )
}
