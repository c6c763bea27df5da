import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { prepareInputs, type PreparedDataset, type PrepareOptions } from '../inputs/index.ts'
import type { RankCandidate } from './rank-candidate.ts'

/** The target as models take it: prepared once for all models that take the same. */
export interface PreparedTargets {
  /** @throws what `prepareInputs` throws; MODEL_MISMATCH when the model's kind of input reads other rows */
  forModel(candidate: RankCandidate): Promise<PreparedDataset>
}

/** Prepares a target, within a folder, for one model after another; all of them get the same rows. */
export function preparedTargets(
  places: readonly string[],
  folder: string,
  options: Omit<PrepareOptions, 'folder' | 'modelFolder'>,
): PreparedTargets {
  const prepared = new Map<string, Promise<PreparedDataset>>()
  let first: PreparedDataset | undefined
  return {
    async forModel({ card, folder: modelFolder }) {
      const { input } = card.frontMatter.modelhub
      // A tokenizer lies in the model's folder: texts are prepared for each model.
      const key = JSON.stringify([input, input.kind === 'text' ? modelFolder : ''])
      const known = prepared.get(key)
      const place = join(folder, String(prepared.size))
      const dataset = known ?? prepareInputs(places, input, { ...options, folder: place, modelFolder })
      prepared.set(key, dataset)
      const found = await dataset
      first ??= found
      if (sameRows(found, first)) return found
      throw new ModelHubError('MODEL_MISMATCH', 'its input reads other rows of the target than that of the others')
    },
  }
}

function sameRows(a: PreparedDataset, b: PreparedDataset): boolean {
  return a.rowNumbers.length === b.rowNumbers.length && a.rowNumbers.every((row, i) => row === b.rowNumbers[i])
}
