import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crowdAgreement } from '../../src/confidence/index.ts'
import type { Evidence, KnownTarget } from '../../src/decision/index.ts'
import type { MatrixView } from '../evaluation/matrix-view.ts'
import type { TargetPredictions } from '../matrix/predictions.ts'
import type { MatrixModel, MatrixPair } from '../matrix/score-matrix.ts'

/** The targets of a matrix as the decision takes them; agreement is counted from the predictions beside the matrix. */
export function matrixTargets(
  { matrix, areTwins }: MatrixView,
  predictions: ReadonlyMap<string, TargetPredictions>,
): KnownTarget[] {
  const models = new Map(matrix.models.map(model => [model.id, model]))
  const usable = matrix.targets.map(target => ({
    ...target,
    pairs: target.pairs.filter(({ model, truth }) => Number.isFinite(truth) && !target.own.includes(model)),
  }))
  const ids = usable.map(({ id }) => id)
  return usable
    .filter(({ pairs }) => pairs.length > 1)
    .map(({ id, pairs }) => ({
      name: id,
      kin: ids.find(other => areTwins(other, id))!,
      candidates: pairs.map(pair => ({ name: pair.model, evidence: evidenceOf(pair, models.get(pair.model)!) })),
      metric: matrix.truth.startsWith('F1') ? ('f1' as const) : ('accuracy' as const),
      values: pairs.map(({ truth }) => truth),
      agreement: agreementOf(
        pairs.map(({ model }) => model),
        predictions.get(id),
      ),
    }))
}

/** Predictions of a workload by target. */
export function keptPredictions(folder: string, name: string): Map<string, TargetPredictions> {
  const text = readFileSync(join(folder, `${name}.predictions.json`), 'utf8')
  return new Map((JSON.parse(text) as TargetPredictions[]).map(one => [one.target, one]))
}

function evidenceOf({ signals }: MatrixPair, model: MatrixModel): Evidence {
  const named = Object.entries(signals).map(([name, value]) => [name.replace(/^joint: /, ''), value] as const)
  return {
    ...Object.fromEntries(named),
    ...(model.sourceAccuracy === undefined ? {} : { 'source-accuracy': model.sourceAccuracy }),
    ...(model.sizeBytes === undefined ? {} : { 'log-size': Math.log(model.sizeBytes) }),
    ...(model.trainingRows === undefined ? {} : { 'log-training-rows': Math.log(model.trainingRows) }),
    classes: model.classes.length,
  }
}

function agreementOf(names: readonly string[], told: TargetPredictions | undefined): KnownTarget['agreement'] {
  if (!told || names.some(name => !(name in told.models))) return undefined
  const predictions = names.map(name => Int32Array.from(Buffer.from(told.models[name].predicted, 'base64')))
  const counts = [0, 0]
  if (told.classes.length === 2) for (const labels of predictions) for (const label of labels) counts[label]++
  const positive = told.classes.length === 2 ? (counts[1] <= counts[0] ? 1 : 0) : undefined
  return crowdAgreement(predictions, positive)
}
