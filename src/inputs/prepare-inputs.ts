import { ModelHubError, throwIfCancelled } from '../common/index.ts'
import type { InputSignature } from '../model/index.ts'
import type { PreparedInputs } from '../tensors/index.ts'
import { chooseRows } from './choose-rows.ts'
import { openImageInputs } from './image-inputs.ts'
import type { InputSource } from './input-source.ts'
import { InputWriters } from './input-writers.ts'
import type { PrepareOptions } from './prepare-options.ts'
import { openTableInputs } from './table-inputs.ts'
import { openTensorInputs } from './tensor-inputs.ts'
import { openTextInputs } from './text-inputs.ts'

const DEFAULT_SAMPLE = 2_000

/** A dataset made ready for a model, with what belongs to its rows. */
export interface PreparedDataset extends PreparedInputs {
  /** Label of each prepared row, undefined for a row without one; absent when the dataset has no labels. */
  readonly labels?: readonly (string | undefined)[]
  /** Which row of the dataset, counted from 0, each prepared row is; ascending. */
  readonly rowNumbers: Uint32Array
  /** Rows of the whole dataset. */
  readonly datasetRows: number
  /** What the user should know, though it is no fault. */
  readonly warnings: readonly string[]
}

const OPENERS = {
  table: openTableInputs,
  tensor: openTensorInputs,
  image: openImageInputs,
  text: openTextInputs,
} as const satisfies Record<InputSignature['kind'], unknown>

/**
 * Makes a dataset ready for a model: a sample of its rows, or all, as one .npy file for each graph input that the card
 * names. The dataset is read as a stream; only labels and row numbers are held for all its rows. The same dataset, card,
 * sample and seed give the same files and the same SHA-256. On a fault no file is left behind.
 *
 * @param places files, globs or folders, as `openDataset` takes them; for ready tensors `NAME=FILE.npy`, or one file
 * @param signature what the model's card says of its input
 * @throws USAGE, OUT_OF_RANGE, COLUMN_MISSING, MODEL_MISMATCH, CARD_INVALID, MODEL_UNSAFE, COLUMN_TYPE, SHAPE,
 *   EMPTY_DATASET, CANCELLED, and what the readers throw
 */
export async function prepareInputs(
  places: string | readonly string[],
  signature: InputSignature,
  options: PrepareOptions,
): Promise<PreparedDataset> {
  const { folder, sample = DEFAULT_SAMPLE, seed = 0 } = options
  checkChoice(sample, seed)
  const writers = new InputWriters(folder, signature)
  const source = await OPENERS[signature.kind](typeof places === 'string' ? [places] : places, signature, options)
  try {
    const { rows, labels } = await source.census({ signal: options.signal, onProgress: options.onProgress })
    const chosen = chooseRows(rows, labels, { sample, seed })
    const rowNumbers = await writeRows(source, { chosen, writers, options })
    const prepared = await writers.finish()
    return {
      ...prepared,
      labels: labels && Array.from(rowNumbers, row => labels[row] ?? undefined),
      rowNumbers,
      datasetRows: rows,
      warnings: source.warnings,
    }
  } finally {
    await writers.abandon()
    source.close()
  }
}

async function writeRows(
  source: InputSource,
  { chosen, writers, options }: { chosen: Uint32Array; writers: InputWriters; options: PrepareOptions },
): Promise<Uint32Array> {
  const { signal, onProgress } = options
  const written = new Uint32Array(chosen.length)
  let done = 0
  for await (const batch of source.batches(chosen, { signal })) {
    throwIfCancelled(signal, 'preparing inputs')
    await writers.append(batch)
    written.set(batch.rows, done)
    done += batch.rows.length
    onProgress?.({ stage: 'preparing', done, total: chosen.length, unit: 'rows' })
  }
  return written.subarray(0, done)
}

function checkChoice(sample: number | 'all', seed: number): void {
  if (sample !== 'all' && !(Number.isSafeInteger(sample) && sample >= 1)) {
    throw new ModelHubError('OUT_OF_RANGE', `sample: expected a whole number of at least 1, or all, got ${sample}`)
  }
  if (!Number.isSafeInteger(seed)) throw new ModelHubError('OUT_OF_RANGE', `seed: expected an integer, got ${seed}`)
}
