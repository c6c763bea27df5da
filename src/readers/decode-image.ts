import type sharpModule from 'sharp'
import { lazySharp } from './lazy-sharp.ts'

/** Pixels of an image. */
export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** sharp's kernels that a resize can be asked by. */
export type ResizeKernel = 'linear' | 'cubic' | 'lanczos3' | 'nearest'

/** An image of RGB bytes, shape (height, width, 3). */
export interface RgbImage extends ImageSize {
  readonly rgb: Uint8Array
}

/**
 * Decodes an image file to RGB bytes, shape (height, width, 3), with sharp: the first page, converted to sRGB, alpha
 * left out, stretched to the size; an image that has the size already is not resampled.
 *
 * @throws sharp's own error for a file that is broken, cut short or no image
 */
export async function decodeImage(
  bytes: Uint8Array,
  { width, height }: ImageSize,
  kernel: ResizeKernel = 'linear',
): Promise<Uint8Array> {
  const sharp: typeof sharpModule = await lazySharp()
  return sharp(bytes, { failOn: 'error', sequentialRead: true })
    .resize(width, height, { fit: 'fill', kernel })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer()
}

/**
 * The size of an image, from its header.
 *
 * @throws sharp's own error for a file that is no image
 */
export async function imageSize(bytes: Uint8Array): Promise<ImageSize> {
  const sharp: typeof sharpModule = await lazySharp()
  const { width, height } = await sharp(bytes).metadata()
  return { width, height }
}

/**
 * The same as `decodeImage` without resizing: the image as large as it is.
 *
 * @throws sharp's own error for a file that is broken, cut short or no image
 */
export async function decodeWhole(bytes: Uint8Array): Promise<RgbImage> {
  const sharp: typeof sharpModule = await lazySharp()
  const { data, info } = await sharp(bytes, { failOn: 'error', sequentialRead: true })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { rgb: data, width: info.width, height: info.height }
}

/**
 * Grey levels, shape (height, width), stretched with one of sharp's kernels and given as RGB bytes, shape (to.height,
 * to.width, 3).
 */
export async function stretchGrey(
  grey: Uint8Array,
  { from, to, kernel }: { readonly from: ImageSize; readonly to: ImageSize; readonly kernel: ResizeKernel },
): Promise<Uint8Array> {
  const sharp: typeof sharpModule = await lazySharp()
  return sharp(grey, { raw: { width: from.width, height: from.height, channels: 1 } })
    .resize(to.width, to.height, { fit: 'fill', kernel })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer()
}
