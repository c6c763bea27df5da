import { calibrate, type Calibration } from '../../src/confidence/calibrate.ts'
import { ortEngine } from '../../src/inference/ort-engine.ts'
import type { ModelAnswers } from '../../src/rank/index.ts'
import { scoreModels, SCORE_NAMES, SCORES, type ScoreDescription } from '../../src/rank/index.ts'
import { candidatesOf, type WorkloadModel, type WorkloadTarget } from '../workload.ts'
import { workloadSignals, type SignalValues } from '../workload-signals.ts'
import { predictionsOf, type TargetPredictions } from './predictions.ts'
import type { RunnableModel, RunnableWorkload, RunRows, ZooModel } from './runnable-workload.ts'

/** Scores for which there is time on every pair: all but those that are dear on every layer. */
const QUICK_ENOUGH = Object.entries<ScoreDescription>(SCORES).flatMap(([name, { dear }]) =>
  dear === 'always' ? [] : [name],
)

/** How a column of the matrix is to be read. */
export interface MatrixSignal {
  readonly better: 'greater' | 'smaller'
  /** `sketch` and `evidence` need sketches alone, `run` the models' answers, `labels` labels too. */
  readonly needs: 'sketch' | 'evidence' | 'run' | 'labels'
}

/** What is known of a model without looking at a target. */
export interface MatrixModel {
  readonly id: string
  readonly sourceAccuracy?: number
  readonly sizeBytes?: number
  readonly trainingRows?: number
  readonly classes: readonly string[]
  readonly calibration?: Omit<Calibration, 'confusion'>
}

/** A candidate for a target. A signal that could not be told is missing. */
export interface MatrixPair {
  readonly model: string
  readonly truth: number
  readonly alsoTrue?: Readonly<Record<string, number>>
  readonly kinship?: Readonly<Record<string, boolean>>
  readonly signals: Readonly<Record<string, number>>
}

export interface MatrixTarget {
  readonly id: string
  /** Rows the models were run on, 0 where they were not. */
  readonly rows: number
  /** What the target's sketch says of its size. */
  readonly sketched?: { readonly rows: number; readonly features: number }
  /** Names that its labels have. */
  readonly classes: readonly string[]
  /** Whether the vote of the candidates can be trusted: what a user is told without labels. */
  readonly crowd?: { readonly alarm: boolean; readonly reason: string; readonly camps: readonly number[] }
  /** Models trained on the target's own data or its twin's: no candidates. */
  readonly own: readonly string[]
  readonly pairs: readonly MatrixPair[]
}

/** Targets by candidates: the truth and every signal. */
export interface ScoreMatrix {
  readonly name: string
  readonly about: string
  readonly truth: string
  readonly signals: Readonly<Record<string, MatrixSignal>>
  readonly models: readonly MatrixModel[]
  readonly targets: readonly MatrixTarget[]
  /** Of all processes that made it. */
  readonly durationSeconds?: number
  /** Processor time of the same. */
  readonly cpuSeconds?: number
}

interface OpenModel {
  readonly runnable: RunnableModel
  readonly session: ZooModel
  readonly calibration?: Calibration
}

export interface MatrixTask {
  readonly runs: RunnableWorkload
  /** Of the workload. */
  readonly targets: readonly WorkloadTarget[]
  /** Is told what is made so far, after each target. */
  readonly progress: (target: string, soFar: MadeMatrix) => void
}

export interface MadeMatrix {
  readonly matrix: ScoreMatrix
  readonly predictions: readonly TargetPredictions[]
}

/** Runs every candidate of a workload on targets, and tells what each signal says of them. */
export async function scoreMatrix({ runs: runnable, targets: wanted, progress }: MatrixTask): Promise<MadeMatrix> {
  const { workload, truth } = runnable
  const { signals, valuesFor } = workloadSignals(workload, { evidence: true })
  const models = new Map<string, OpenModel>()
  for (const model of runnable.runnable) models.set(model.id, await openCalibrated(runnable, model))
  const engine = ortEngine()
  const { name, about } = workload
  const targets: MatrixTarget[] = []
  const predictions: TargetPredictions[] = []
  const described = {
    name,
    about,
    truth,
    signals: matrixSignals(signals),
    models: matrixModels(workload.models, models),
  }
  const soFar = { matrix: { ...described, targets }, predictions }
  for (const target of wanted) {
    const candidates = candidatesOf(workload, target)
    const sketched = valuesFor(target)
    const rows = await runnable.rowsOf(target.id)
    const answers = await answersOf(
      candidates.map(({ id }) => models.get(id)!),
      rows,
      sketched,
    )
    const { scores, alarm } = await scoreModels(answers, runnable.withoutLabels ? { rows: rows.rows } : rows, {
      also: QUICK_ENOUGH,
      work: { engine },
    })
    const pairs = candidates.map((model, m) => ({
      ...pairOf(runnable, model, target),
      signals: knownSignals(model.id, sketched, scores[m]),
    }))
    const own = workload.models.filter(({ id }) => workload.isOwn(id, target.id)).map(({ id }) => id)
    const { default: sketch } = target.sketches
    const facts = {
      sketched: { rows: sketch.rows, features: sketch.features.length },
      classes: [...new Set(rows.labels)].sort(),
      crowd: alarm && { ...alarm, camps: alarm.camps.map(({ length }) => length) },
    }
    targets.push({ id: target.id, rows: rows.rows, ...facts, own, pairs })
    predictions.push(predictionsOf(target.id, rows.labels, answers))
    progress(target.id, soFar)
  }
  await engine.close()
  return soFar
}

async function openCalibrated(workload: RunnableWorkload, runnable: RunnableModel): Promise<OpenModel> {
  const session = await runnable.open()
  const heldOut = await workload.heldOutOf(runnable.id)
  if (heldOut === undefined) return { runnable, session }
  const { logits } = await session.answer(heldOut)
  const labels = Int32Array.from(heldOut.labels, label => runnable.labels.indexOf(label))
  return { runnable, session, calibration: calibrate(logits, labels, { scale: 'logits' }) }
}

async function answersOf(models: readonly OpenModel[], rows: RunRows, sketched: SignalValues): Promise<ModelAnswers[]> {
  const answers: ModelAnswers[] = []
  for (const { runnable, session, calibration } of models) {
    const fit = sketched.get('joint: fit')!.get(runnable.id)!
    const found = await session.answer(rows)
    answers.push({
      name: runnable.id,
      labels: runnable.labels,
      calibration,
      ...found,
      fit: Number.isNaN(fit) ? 0 : fit,
    })
  }
  return answers
}

function pairOf({ alsoTrue, kinship }: RunnableWorkload, { id, serving }: WorkloadModel, target: WorkloadTarget) {
  return {
    model: id,
    truth: serving.get(target.id)!,
    alsoTrue: alsoTrue?.(id, target.id),
    kinship: kinship?.(id, target.id),
  }
}

function knownSignals(model: string, sketched: SignalValues, scores: ReadonlyMap<string, number>) {
  const values = [...[...sketched].map(([name, of]) => [name, of.get(model)!] as const), ...scores]
  return Object.fromEntries(values.filter(([name, value]) => name !== 'fit' && Number.isFinite(value)))
}

function matrixSignals(signals: ReturnType<typeof workloadSignals>['signals']): Record<string, MatrixSignal> {
  const sketched = signals.map(({ name, better }) => {
    return [name, { better, needs: name.includes(':') ? 'sketch' : 'evidence' }] as const
  })
  const run = SCORE_NAMES.filter(name => name !== 'fit' && name !== 'elsewhere').map(name => {
    return [name, { better: 'greater', needs: SCORES[name].needs === 'labels' ? 'labels' : 'run' }] as const
  })
  return Object.fromEntries<MatrixSignal>([...sketched, ...run])
}

function matrixModels(models: readonly WorkloadModel[], opened: ReadonlyMap<string, OpenModel>): MatrixModel[] {
  return models.map(({ id, sourceAccuracy, sizeBytes }) => {
    const { runnable, calibration } = opened.get(id)!
    const { trainingRows, labels: classes } = runnable
    const told = calibration && { ...calibration, confusion: undefined }
    return { id, sourceAccuracy, sizeBytes, trainingRows, classes, calibration: told }
  })
}
