import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { crowdAlarm, agreementWithVote } from '../../src/confidence/index.ts'
import { defaultScore } from '../../src/rank/default-score.ts'
import { keptMatrix, keptPredictions, RUNS } from '../matrix/kept-matrix.ts'
import type { TargetPredictions } from '../matrix/predictions.ts'
import type { MatrixTarget, ScoreMatrix } from '../matrix/score-matrix.ts'

/** What the models of a zoo predict of a target whose labels are known. */
export interface ZooTarget {
  readonly zoo: string
  readonly target: string
  readonly classes: number
  /** True class of each row, shape (rows). */
  readonly truth: Int32Array
  /** Per model, shape (rows). */
  readonly predictions: readonly Int32Array[]
  /** Fits of the models by their sketches, where there are sketches; shape (models). */
  readonly fits?: readonly number[]
  /** What `rank` goes by without labels, shape (models). */
  readonly scores: readonly number[]
  /** The name of that score. */
  readonly by: string
}

/** Zoos whose predictions are those of another, and only the sketches differ. */
const REPEATED = ['entity-matching-attributes', 'cifar-skew-unseen']

/** Every target of which predictions are kept: the workloads' by `npm run bench:matrix`, and the public zoos'. */
export function zooTargets(shared: string): ZooTarget[] {
  return [...Object.keys(RUNS).flatMap(workloadTargets), ...publicZoos(join(shared, 'peers/zoo-predictions'))]
}

function workloadTargets(name: string): ZooTarget[] {
  const matrix = REPEATED.includes(name) ? undefined : keptMatrix(name)
  if (!matrix) return []
  const predictions = new Map(keptPredictions(name).map(one => [one.target, one]))
  return matrix.targets.map(target => zooTarget(matrix, target, predictions.get(target.id)!))
}

function zooTarget(matrix: ScoreMatrix, { id, pairs }: MatrixTarget, found: TargetPredictions): ZooTarget {
  const predictions = pairs.map(({ model }) => unpacked(found.models[model].predicted))
  const scores = pairs.map(({ signals }) => {
    const labelFree = Object.entries(signals).filter(([name]) => matrix.signals[name]?.needs !== 'labels')
    return new Map([...labelFree, ['fit', signals['joint: fit'] ?? 0]] as [string, number][])
  })
  const fits = scores.map(found => found.get('fit')!)
  const alarm = crowdAlarm(predictions, { similarity: fits })
  const by = defaultScore({ scores, alarm })
  return {
    zoo: matrix.name,
    target: id,
    classes: found.classes.length,
    truth: unpacked(found.truth),
    predictions,
    fits,
    scores: scores.map(found => found.get(by)!),
    by,
  }
}

function unpacked(base64: string): Int32Array {
  return Int32Array.from(Buffer.from(base64, 'base64'))
}

/** Tables of the true label and what each model predicts; nothing else is known of the models. */
function publicZoos(folder: string): ZooTarget[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => name.endsWith('.csv'))
    .map(name => {
      const [, ...lines] = readFileSync(join(folder, name), 'utf8').trim().split('\n')
      const rows = lines.map(line => line.split(',').map(Number))
      const predictions = rows[0].slice(1).map((_, m) => Int32Array.from(rows, row => row[m + 1]))
      const classes = rows.flat().reduce((most, label) => Math.max(most, label), 0) + 1
      const truth = Int32Array.from(rows, ([label]) => label)
      const scores = [...agreementWithVote(predictions)]
      return { zoo: 'public zoos', target: name.slice(0, -4), classes, truth, predictions, scores, by: 'vote' }
    })
}
