import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { calibrate, type Calibration, type Logits } from '../confidence/index.ts'
import {
  knownClasses,
  withCalibration,
  type ModelAnswers,
  type RankCandidate,
  type SampledRows,
} from '../rank/index.ts'
import { CARD_FILE } from './model-folder.ts'
import { candidateOfFile, candidateOfFolder, cardBeside, isModelFile, isModelFolder } from './model-to-run.ts'
import { runOne, type RunOneOptions } from './run-one.ts'

/** A calibration and the card that holds it. */
export interface CalibratedModel {
  readonly calibration: Calibration
  /** Rows it was measured on. */
  readonly rows: number
  readonly cardPath: string
  readonly cardText: string
  readonly warnings: readonly string[]
}

/**
 * Measures a model's calibration on labelled rows that it was not trained on; the card with it is given back, not
 * written.
 *
 * @param model a publisher's folder, or an ONNX file with its card beside it
 * @throws FILE_NOT_FOUND when it is neither; TOO_FEW_ROWS when no row has a label that the model knows; what
 *   `readModelFolder` and `runOne` throw
 */
export async function calibrateModel(
  model: string,
  places: readonly string[],
  options: RunOneOptions,
): Promise<CalibratedModel> {
  const { cardPath, candidate } = await placeOf(model)
  const { run, target } = await runOne(candidate, places, { sample: 'all', ...options })
  const { scores, labels, scale } = knownPart(run.answers, target)
  if (labels.length === 0) {
    throw new ModelHubError(
      'TOO_FEW_ROWS',
      `${places.join(' ')}: expected rows with a label that the model knows, got 0`,
    )
  }
  const calibration = calibrate(scores, labels, { scale })
  const cardText = withCalibration(await readFile(cardPath, 'utf8'), calibration)
  return { calibration, rows: labels.length, cardPath, cardText, warnings: target.warnings }
}

async function placeOf(model: string): Promise<{ cardPath: string; candidate: () => Promise<RankCandidate> }> {
  if (await isModelFile(model)) return { cardPath: await cardBeside(model), candidate: () => candidateOfFile(model) }
  if (await isModelFolder(model)) {
    return { cardPath: join(model, CARD_FILE), candidate: () => candidateOfFolder(model) }
  }
  const expected = 'expected a folder with README.md and model.onnx, or an .onnx file with its card beside it'
  throw new ModelHubError('FILE_NOT_FOUND', `${model}: ${expected}`)
}

interface KnownPart {
  readonly scores: Logits
  readonly labels: Int32Array
  readonly scale: 'logits' | 'probabilities'
}

/** The rows whose label is one of the model's. */
function knownPart({ logits, probabilities, labels }: ModelAnswers, target: SampledRows): KnownPart {
  const { classes, values } = logits ?? probabilities
  const rows = Array.from(knownClasses(target.labels ?? [], labels), (known, row) => ({ known, row })).filter(
    ({ known }) => known >= 0,
  )
  const kept = new Float64Array(rows.length * classes)
  rows.forEach(({ row }, i) => kept.set(values.subarray(row * classes, (row + 1) * classes), i * classes))
  return {
    scores: { rows: rows.length, classes, values: kept },
    labels: Int32Array.from(rows, ({ known }) => known),
    scale: logits ? 'logits' : 'probabilities',
  }
}
