import { ortEngine } from '../inference/index.ts'
import type { Points } from '../math/embeddings.ts'
import type { MatrixWork } from '../math/gram.ts'
import { principalComponents } from '../math/principal-components.ts'
import { mostProbable } from '../math/probabilities.ts'
import type { RankedModel, Ranking } from '../rank/index.ts'
import { silhouette, type SilhouetteOptions } from '../transferability/index.ts'
import type { RankResult } from './rank-result-schema.ts'

/** Models of a report that are looked at closer. */
const SHOWN = 4
/** Rows that are drawn. */
const MOST_POINTS = 400
/** The same of a layer among many. */
const MOST_POINTS_OF_LAYERS = 200
/** Principal components that are found; a layer may have fewer. */
const MOST_DIMENSIONS = 50
const DIMENSIONS = [1, 2, 3, 5, 10, 20, 50] as const

/** A model of a report, as its layer sees the target. */
export interface ReportedRun {
  readonly rank: number
  readonly model: string
  readonly version: number
  /** A sample of the rows in the first three principal components, fewer where there are none; shape (rows, 3). */
  readonly projected: Points
  /** What each of these rows is coloured by: its label, or the model's prediction where no row has one. */
  readonly names: readonly string[]
  /** neuralRank for some numbers of principal components; empty without labels of two classes. */
  readonly byDimensions: readonly { readonly dimensions: number; readonly score: number }[]
  /** Every layer that was looked at; empty unless several were asked for. */
  readonly layers: readonly ReportedLayer[]
}

/** A layer of a reported model. */
export interface ReportedLayer {
  readonly layer: string
  /** A sample of the rows in the layer's first three principal components, fewer where there are none. */
  readonly projected: Points
  /** What each of these rows is coloured by. */
  readonly names: readonly string[]
}

/** A ranking and all that a report of it shows. */
export interface RankReport {
  readonly result: RankResult
  /** Whether the names of the rows are labels, and not predictions. */
  readonly labelled: boolean
  /** The first models that have a layer, best first. */
  readonly models: readonly ReportedRun[]
}

/** How the first models are looked at. */
export interface ReportOptions extends SilhouetteOptions {
  readonly signal?: AbortSignal
}

/** Looks closer at the first models of a ranking. */
export async function rankReport(
  result: RankResult,
  { ranked, target }: Ranking,
  { signal, distance, b }: ReportOptions = {},
): Promise<RankReport> {
  const labelled = target?.labels?.some(label => label !== undefined) ?? false
  const engine = ortEngine()
  try {
    const models: ReportedRun[] = []
    for (const [i, model] of ranked.entries()) {
      if (models.length === SHOWN) break
      const labels = labelled ? target!.labels : undefined
      const shown = await reportedRun(model, labels, { engine, signal, distance, b })
      if (shown) models.push({ rank: i + 1, ...shown })
    }
    return { result, labelled, models }
  } finally {
    await engine.close()
  }
}

async function reportedRun(
  { candidate: { name, version }, answers, layers }: RankedModel,
  labels: readonly (string | undefined)[] | undefined,
  options: MatrixWork & SilhouetteOptions,
): Promise<Omit<ReportedRun, 'rank'> | undefined> {
  const { embeddings, probabilities } = answers
  if (embeddings === undefined || embeddings.rows < 2) return undefined
  const { projected } = await principalComponents(embeddings, MOST_DIMENSIONS, options)
  const predicted = labels === undefined ? mostProbable(probabilities) : undefined
  const nameOf = (row: number) => (predicted ? answers.labels[predicted[row]] : labels![row])
  const rows = Array.from({ length: projected.rows }, (_, row) => row).filter(row => nameOf(row) !== undefined)
  const drawn = (points: Points, most: number) => {
    const shown = rows.filter((_, i) => i % Math.ceil(rows.length / most) === 0)
    return { projected: leading(points, shown, 3), names: shown.map(row => nameOf(row)!) }
  }
  return {
    ...{ model: name, version },
    ...drawn(projected, MOST_POINTS),
    byDimensions: labels === undefined ? [] : scoresByDimensions(projected, { rows, labels, ...options }),
    layers: layers.map(({ layer, projected: points }) => ({ layer, ...drawn(points, MOST_POINTS_OF_LAYERS) })),
  }
}

/** Some rows in the first of their dimensions. */
function leading({ dimensions, values }: Points, rows: readonly number[], most: number): Points {
  const kept = Math.min(most, dimensions)
  const taken = new Float64Array(rows.length * kept)
  rows.forEach((row, i) => taken.set(values.subarray(row * dimensions, row * dimensions + kept), i * kept))
  return { rows: rows.length, dimensions: kept, values: taken }
}

interface LabelledPoints extends SilhouetteOptions {
  /** Rows that have a label. */
  readonly rows: readonly number[]
  readonly labels: readonly (string | undefined)[]
}

function scoresByDimensions(
  projected: Points,
  { rows, labels, distance, b }: LabelledPoints,
): ReportedRun['byDimensions'] {
  const names = [...new Set(rows.map(row => labels[row]))]
  if (names.length < 2) return []
  const classes = Int32Array.from(rows, row => names.indexOf(labels[row]))
  return DIMENSIONS.filter(dimensions => dimensions <= projected.dimensions).map(dimensions => ({
    dimensions,
    score: silhouette(leading(projected, rows, dimensions), classes, { distance, b }),
  }))
}
