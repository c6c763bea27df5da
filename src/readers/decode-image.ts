import type sharpModule from 'sharp'
import { lazySharp } from './lazy-sharp.ts'

/** Pixels wanted of an image. */
export interface ImageSize {
  readonly width: number
  readonly height: number
}

/**
 * Decodes an image file to RGB bytes, shape (height, width, 3), with sharp: the first page, converted to sRGB, alpha
 * left out, stretched to the size with a linear kernel; an image that has the size already is not resampled.
 *
 * @throws sharp's own error for a file that is broken, cut short or no image
 */
export async function decodeImage(bytes: Uint8Array, { width, height }: ImageSize): Promise<Uint8Array> {
  const sharp: typeof sharpModule = await lazySharp()
  return sharp(bytes, { failOn: 'error', sequentialRead: true })
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer()
}
