import type { ImageSize } from './decode-image.ts'

/** What an image is brought to before its centre is cut out: its shorter side, proportions kept, or both sides. */
export type CropSource = number | readonly [height: number, width: number]

/** The size that an image is resized to before its centre is cut out; the longer side is rounded down. */
export function sizeBeforeCrop({ width, height }: ImageSize, crop: CropSource): ImageSize {
  if (typeof crop !== 'number') return { height: crop[0], width: crop[1] }
  const longer = Math.floor((crop * Math.max(width, height)) / Math.min(width, height))
  return width < height ? { width: crop, height: longer } : { width: longer, height: crop }
}

/**
 * The centre of an image, as large as is wanted; of an odd margin the smaller half is at the left and at the top.
 *
 * @param values shape (from.height, from.width, channels)
 * @param to no larger than `from`
 * @returns shape (to.height, to.width, channels)
 */
export function centreCrop<T extends Uint8Array | Float32Array>(
  values: T,
  { from, to, channels }: { readonly from: ImageSize; readonly to: ImageSize; readonly channels: number },
): T {
  const cut = values.slice(0, to.width * to.height * channels) as T
  const left = Math.floor((from.width - to.width) / 2)
  const top = Math.floor((from.height - to.height) / 2)
  const wide = to.width * channels
  for (let row = 0; row < to.height; row++) {
    const at = ((top + row) * from.width + left) * channels
    cut.set(values.subarray(at, at + wide), row * wide)
  }
  return cut
}
