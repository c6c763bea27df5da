/** How well one version did on one labelled dataset, to be recorded. */
export interface NewEvaluation {
  readonly versionId: number
  /** Labelled rows that the value was measured on; at least 1. */
  readonly rows: number
  /** In [0, 1]. */
  readonly value: number
  /** Whether the dataset is the version's own: what it was trained on, or a held-out part of the same source. */
  readonly own: boolean
  /** What was known of the pair without labels: scores and sketch metrics by name, all of them finite. */
  readonly scores: Readonly<Record<string, number>>
}

/** A labelled dataset that versions are evaluated on. */
export interface EvaluatedDataset {
  /** The user's name for it; one name is one dataset. */
  readonly name: string
  /** Of its sketch, or of the tensors where it has none: the same data have the same. */
  readonly sha256: string
}

/** All that is recorded of one dataset at once. */
export interface EvaluationBatch {
  readonly dataset: EvaluatedDataset
  /** What the values are, as `accuracy`. */
  readonly metric: string
  /** Of the release that measured. */
  readonly toolVersion: string
  /** UTC, as `Date.toISOString` writes it. */
  readonly createdAt: string
  readonly evaluations: readonly NewEvaluation[]
}

/** An evaluation of the hub's history, with what its version states. */
export interface EvaluationRecord extends NewEvaluation {
  /** `owner/model`. */
  readonly model: string
  readonly version: number
  /** Whether the version was withdrawn. */
  readonly yanked: boolean
  /** Name of the dataset. */
  readonly dataset: string
  readonly datasetSha256: string
  readonly metric: string
  readonly toolVersion: string
  readonly createdAt: string
  /** In [0, 1]; null where the card states none. */
  readonly sourceAccuracy: number | null
  readonly sizeBytes: number
  /** Rows of the version's training data. */
  readonly trainingRows: number
}
