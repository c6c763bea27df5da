/**
 * Prepares the stretching of grey images of one size to another, by the rule of sharp's linear kernel and to within a few
 * of its grey levels, so that an image in an IDX file gives what it gives as a PNG.
 *
 * Reducing: a triangle of one target pixel either way about the pixel's centre (t + ½) · scale − ½, normalised at the
 * borders. Enlarging: bilinear at t · scale − ½, where libvips samples, half a target pixel short of the centre.
 *
 * @returns a function from the values of an image, shape (height, width), to RGB bytes, shape (to.height, to.width, 3)
 */
export function greyResizer(
  from: { readonly width: number; readonly height: number },
  to: { readonly width: number; readonly height: number },
): (values: Uint8Array) => Uint8Array {
  const across = triangleTaps(from.width, to.width)
  const down = triangleTaps(from.height, to.height)
  const between = new Float64Array(from.height * to.width)
  return values => {
    for (let y = 0; y < from.height; y++) {
      for (let x = 0; x < to.width; x++) {
        const { first, weights } = across[x]
        let sum = 0
        for (let k = 0; k < weights.length; k++) sum += weights[k] * values[y * from.width + first + k]
        between[y * to.width + x] = sum
      }
    }
    const rgb = new Uint8Array(to.width * to.height * 3)
    for (let y = 0; y < to.height; y++) {
      const { first, weights } = down[y]
      for (let x = 0; x < to.width; x++) {
        let sum = 0
        for (let k = 0; k < weights.length; k++) sum += weights[k] * between[(first + k) * to.width + x]
        const at = (y * to.width + x) * 3
        rgb[at] = rgb[at + 1] = rgb[at + 2] = Math.round(sum)
      }
    }
    return rgb
  }
}

interface Taps {
  readonly first: number
  readonly weights: Float64Array
}

function triangleTaps(from: number, to: number): readonly Taps[] {
  const scale = from / to
  const reach = Math.max(1, scale)
  return Array.from({ length: to }, (_, target) => {
    const centre = (scale < 1 ? target : target + 0.5) * scale - 0.5
    const first = Math.max(0, Math.ceil(centre - reach))
    const last = Math.min(from - 1, Math.floor(centre + reach))
    const weights = Float64Array.from({ length: last - first + 1 }, (_, k) =>
      Math.max(0, 1 - Math.abs(first + k - centre) / reach),
    )
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return { first, weights: weights.map(weight => weight / total) }
  })
}
