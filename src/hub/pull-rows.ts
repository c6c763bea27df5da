import type { DecisionResult } from './decision-schema.ts'

/** Name of the line below the pulls: the base and all pulls. */
const SUM = 'expected'

/** A line of the evidence behind what is expected of models. */
export interface PullRow {
  /** Name of the evidence, or `expected` for what all of it comes to. */
  readonly evidence: string
  /** By model; in accuracy points, – where it has none. */
  readonly points: ReadonlyMap<string, string>
}

/** Head of the column of evidence: what all models are expected to reach on average. */
export function pullHead({ base }: Pick<DecisionResult, 'base'>): string {
  return `pull from ${(100 * base).toFixed(1)}, points`
}

/** Each piece of evidence that pulls a model, in points, and last what they come to; empty where no model is expected anything of. */
export function pullRows({ basis, predicted }: Pick<DecisionResult, 'basis' | 'predicted'>): readonly PullRow[] {
  if (predicted.length === 0) return []
  const isThere = (name: string) => predicted.some(({ pulls }) => pulls.some(({ evidence }) => evidence === name))
  const ofModels = (textOf: (one: DecisionResult['predicted'][number]) => string) =>
    new Map(predicted.map(one => [one.model, textOf(one)]))
  return [
    ...[...basis.evidence, 'labels'].filter(isThere).map(name => ({
      evidence: name,
      points: ofModels(({ pulls }) => pointsText(pulls.find(({ evidence }) => evidence === name)?.points)),
    })),
    { evidence: SUM, points: ofModels(({ value }) => (100 * value).toFixed(1)) },
  ]
}

function pointsText(points: number | undefined): string {
  if (points === undefined) return '–'
  const rounded = Math.round(1000 * points) / 10
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : ''
  return `${sign}${Math.abs(rounded).toFixed(1)}`
}
