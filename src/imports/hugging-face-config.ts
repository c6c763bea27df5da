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

/** How preprocessor_config.json brings images to the size that the model takes. */
export interface ImageGeometry {
  /** Of the model's tensor. */
  readonly height: number
  readonly width: number
  readonly resize?: InputSignature['resize']
  readonly crop?: InputSignature['crop']
}

/** Numbers of Pillow's filters, as `resample` holds them. */
const FILTERS: Readonly<Record<number, InputSignature['resize']>> = {
  0: 'nearest',
  1: 'lanczos3',
  2: 'linear',
  3: 'cubic',
}

/**
 * Size, filter and crop of images: `size` with `crop_size`, or with ConvNeXT's `crop_pct`. Undefined where the size is
 * not told, or is a rule that a card cannot state.
 */
export function geometryOf(preprocessor: Config): ImageGeometry | undefined {
  const { do_center_crop: crops, crop_pct: share, resample } = preprocessor
  const resize = typeof resample === 'number' ? FILTERS[resample] : undefined
  const size = sidesOf(preprocessor.size)
  const cropped = sidesOf(preprocessor.crop_size)
  if (crops === true && cropped?.both) {
    const [height, width] = cropped.both
    return { height, width, resize, crop: beforeCrop(preprocessor) }
  }
  if (size?.both) return { height: size.both[0], width: size.both[1], resize }
  if (size?.shorter === undefined) return undefined
  const side = size.shorter
  // ConvNeXT enlarges small images by 1 / crop_pct and cuts them; from 384 on it stretches.
  const isCut = typeof share === 'number' && side < 384
  return isCut
    ? { height: side, width: side, resize, crop: Math.floor(side / share) }
    : { height: side, width: side, resize }
}

/** What images are brought to before they are cut; a bare number is the shorter side. */
function beforeCrop({ do_resize: resizes, size }: Config): InputSignature['crop'] {
  if (resizes === false) return undefined
  const sides = sidesOf(size)
  return isSide(size) ? size : (sides?.shorter ?? sides?.both)
}

/** A size as a number, of both sides or as the shorter one. */
function sidesOf(size: unknown): { readonly both?: [number, number]; readonly shorter?: number } | undefined {
  if (isSide(size)) return { both: [size, size] }
  const { height, width, shortest_edge: shorter } = recordOf(size)
  if (isSide(height) && isSide(width)) return { both: [height, width] }
  return isSide(shorter) ? { shorter } : undefined
}

/** The most tokens that tokenizer_config.json allows; undefined for the huge number that means no limit. */
export function maxTokensOf(config: Config): number | undefined {
  const { model_max_length: most } = config
  return isSide(most) && most < 1e6 ? most : undefined
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every(entry => typeof entry === 'number')
}
