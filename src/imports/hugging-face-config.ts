import type { InputSignature } from '../model/index.ts'
import { recordOf, textsOf } from './readme.ts'

type Config = Readonly<Record<string, unknown>>

/** Labels of config.json's `id2label`, in order of id; undefined where it does not number them from 0. */
export function labelsOf(config: Config): readonly string[] | undefined {
  const named = recordOf(config.id2label)
  const labels = Object.keys(named).map((_, id) => named[id])
  return labels.length > 1 ? textsOf(labels) : undefined
}

/** Columns of a scikit-learn model that skops described. */
export function columnsOf(config: Config): readonly string[] | undefined {
  return textsOf(recordOf(config.sklearn).columns)
}

/** What preprocessor_config.json does to pixels of 0…255: (x · rescale − mean) / std as one mean and one std. */
export function normalisationOf(preprocessor: Config): InputSignature['normalisation'] {
  const { image_mean: mean, image_std: std, do_normalize: normalises, do_rescale: rescales } = preprocessor
  const factor = typeof preprocessor.rescale_factor === 'number' ? preprocessor.rescale_factor : 1 / 255
  const scale = rescales === false ? 1 : factor
  if (normalises !== false && isNumbers(mean) && isNumbers(std) && mean.length === std.length) {
    const inPixels = (values: readonly number[]) => values.map(value => value / scale)
    return { kind: 'standard', mean: inPixels(mean), std: inPixels(std) }
  }
  return rescales === true ? { kind: 'scale', factor: scale } : undefined
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every(entry => typeof entry === 'number')
}
