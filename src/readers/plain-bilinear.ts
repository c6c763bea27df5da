import type { ImageSize } from './decode-image.ts'

/**
 * Prepares plain bilinear interpolation between two sizes, without antialiasing and without rounding: target pixel i
 * reads at (i + ½) · from/to − ½, clamped to the image, both ways.
 *
 * @param channels values a pixel
 * @returns a function from values of shape (from.height, from.width, channels) to shape (to.height, to.width, channels);
 *   it gives the values themselves where the sizes are the same
 */
export function plainBilinear(
  from: ImageSize,
  to: ImageSize,
  channels: number,
): (values: Uint8Array) => Uint8Array | Float32Array {
  // At their own size the pixels stay what they are.
  if (from.width === to.width && from.height === to.height) return values => values
  const across = taps(from.width, to.width)
  const down = taps(from.height, to.height)
  return values => {
    const resized = new Float32Array(to.height * to.width * channels)
    let at = 0
    for (const { first: top, next: below, share: v } of down) {
      for (const { first: left, next: right, share: u } of across) {
        for (let c = 0; c < channels; c++) {
          const value = (y: number, x: number) => values[(y * from.width + x) * channels + c]
          const upper = value(top, left) * (1 - u) + value(top, right) * u
          const lower = value(below, left) * (1 - u) + value(below, right) * u
          resized[at++] = upper * (1 - v) + lower * v
        }
      }
    }
    return resized
  }
}

interface Taps {
  readonly first: number
  readonly next: number
  /** Share of `next`. */
  readonly share: number
}

function taps(from: number, to: number): readonly Taps[] {
  return Array.from({ length: to }, (_, target) => {
    const place = Math.min(from - 1, Math.max(0, ((target + 0.5) * from) / to - 0.5))
    const first = Math.floor(place)
    return { first, next: Math.min(from - 1, first + 1), share: place - first }
  })
}
