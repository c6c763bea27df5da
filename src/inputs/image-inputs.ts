import { ModelHubError } from '../common/index.ts'
import type { ReadOptions } from '../dataset/index.ts'
import type { InputSignature } from '../model/index.ts'
import { isTablePath, openImageRows, type ImageRow, type ImageRows } from '../readers/index.ts'
import { imageLayout, type ImageLayout } from './image-layout.ts'
import { BATCH_VALUES, type Census, type InputBatch, type InputSource } from './input-source.ts'
import { normaliser, type Normaliser } from './normaliser.ts'
import type { PrepareOptions } from './prepare-options.ts'
import { product } from './tensor-width.ts'

/** Weights of R, G and B in a grey level: ITU-R BT.601 and BT.709. */
const GREY_WEIGHTS = {
  rec601: [0.299, 0.587, 0.114],
  rec709: [0.2126, 0.7152, 0.0722],
  mean: [1 / 3, 1 / 3, 1 / 3],
} as const

/**
 * Opens images for a model: resized to its tensor, grey or in colour, their values 0…255 normalised by channel. Their
 * labels are the names of their folders, or those of an IDX file.
 *
 * @throws MODEL_MISMATCH when the paths name a table, the tensor is none of images, larger than what it is cut from or
 *   the normalisation not by channel, USAGE for options of tables, and what opening throws
 */
export async function openImageInputs(
  paths: readonly string[],
  signature: InputSignature,
  options: PrepareOptions,
): Promise<InputSource> {
  const table = paths.find(isTablePath)
  if (table !== undefined) throw new ModelHubError('MODEL_MISMATCH', `${table}: the model takes images, got a table`)
  const { label, exclude, types, view, columns } = options
  const given = Object.entries({ label, exclude, types, view, columns }).find(([, value]) => value !== undefined)
  if (given) throw new ModelHubError('USAGE', `${given[0]}: images have no columns; labels are the names of folders`)
  const layout = imageLayout(signature)
  if (signature.normalisation?.kind === 'min-max-of-batch') {
    throw new ModelHubError('MODEL_MISMATCH', 'modelhub.input.normalisation: min-max-of-batch is for columns')
  }
  const normalise = normaliser(signature.normalisation, layout.channels)
  const { width, height } = layout
  checkCrop(signature, layout)
  const { resize = 'linear', crop } = signature
  const images = await openImageRows(paths, { width, height, resize, crop })
  return new ImageInputs(images, { layout, weights: channelWeights(signature, layout), normalise })
}

function checkCrop({ crop }: InputSignature, { width, height }: ImageLayout): void {
  if (crop === undefined) return
  const [high, wide] = typeof crop === 'number' ? [crop, crop] : crop
  if (high >= height && wide >= width) return
  throw new ModelHubError(
    'MODEL_MISMATCH',
    `modelhub.input.crop: expected at least ${height} × ${width}, the size of the tensor, got ${high} × ${wide}`,
  )
}

/** For each channel of the tensor, the weights of R, G and B. */
function channelWeights(
  { grey = 'rec601', channelOrder = 'rgb' }: InputSignature,
  { channels }: ImageLayout,
): readonly (readonly number[])[] {
  if (channels === 1) return [GREY_WEIGHTS[grey]]
  const rgb = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]
  return channelOrder === 'rgb' ? rgb : rgb.reverse()
}

interface ImageRule {
  readonly layout: ImageLayout
  readonly weights: readonly (readonly number[])[]
  readonly normalise: Normaliser
}

class ImageInputs implements InputSource {
  private readonly images: ImageRows
  private readonly rule: ImageRule

  constructor(images: ImageRows, rule: ImageRule) {
    this.images = images
    this.rule = rule
  }

  get warnings(): readonly string[] {
    return this.images.warnings
  }

  async census(options: ReadOptions): Promise<Census> {
    const labels = await this.images.labels(options)
    return { rows: labels.length, labels: labels.every(label => label === null) ? undefined : labels }
  }

  async *batches(chosen: Uint32Array, options: ReadOptions): AsyncGenerator<InputBatch> {
    const fitting = Math.floor(BATCH_VALUES / product(this.rule.layout.rowShape))
    const most = Math.max(1, Math.min(chosen.length, fitting))
    const isChosen = new Uint8Array((chosen.at(-1) ?? -1) + 1)
    for (const row of chosen) isChosen[row] = 1
    let batch = new ImageBatch(most, this.rule)
    for await (const image of this.images.rows(row => isChosen[row] === 1, options)) {
      batch.add(image)
      if (!batch.isFull) continue
      yield batch.inputs()
      batch = new ImageBatch(most, this.rule)
    }
    if (!batch.isEmpty) yield batch.inputs()
  }

  close(): void {
    // Files are closed when their stream ends.
  }
}

/** Images on their way into a tensor: each is written as it comes, so that none is held for long. */
class ImageBatch {
  private readonly rule: ImageRule
  private readonly rows: Uint32Array
  private values = new Float32Array()
  private images = 0

  constructor(most: number, rule: ImageRule) {
    this.rule = rule
    this.rows = new Uint32Array(most)
  }

  get isEmpty(): boolean {
    return this.images === 0
  }

  get isFull(): boolean {
    return this.images === this.rows.length
  }

  add({ row, rgb }: ImageRow): void {
    const size = product(this.rule.layout.rowShape)
    if (this.isEmpty) this.values = new Float32Array(this.rows.length * size)
    fillImage(this.values.subarray(this.images * size, (this.images + 1) * size), rgb, this.rule)
    this.rows[this.images++] = row
  }

  inputs(): InputBatch {
    const { rowShape } = this.rule.layout
    const values = this.values.subarray(0, this.images * product(rowShape))
    return { rows: this.rows.subarray(0, this.images), tensors: [{ rowShape, values }] }
  }
}

/** One image of shape (height, width, 3) into its place, channel by channel. */
function fillImage(into: Float32Array, rgb: ArrayLike<number>, { layout, weights, normalise }: ImageRule): void {
  const { channels, isChannelsFirst } = layout
  const pixels = layout.width * layout.height
  const [step, stride] = isChannelsFirst ? [1, pixels] : [channels, 1]
  weights.forEach(([red, green, blue], channel) => {
    for (let pixel = 0, at = channel * stride, from = 0; pixel < pixels; pixel++, at += step, from += 3) {
      into[at] = normalise(red * rgb[from] + green * rgb[from + 1] + blue * rgb[from + 2], channel)
    }
  })
}
