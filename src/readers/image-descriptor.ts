import type { Feature } from '../dataset/index.ts'
import type { ImageView } from './image-view.ts'

const SIDE = 32
const GRID = 4
const CELL = SIDE / GRID
const PIXELS = CELL * CELL
const ORIENTATIONS = 8
const CELL_FEATURES = 6 + ORIENTATIONS
const COLOURS = ['red', 'green', 'blue'] as const

/** cos and sin of the inner borders between orientations, at π/8 steps; the exact ones are written out. */
const COS = [1, 0.9238795325112867, Math.SQRT1_2, 0.3826834323650898, 0]
const BORDERS = [1, 2, 3, 4, 5, 6, 7].map(i =>
  i <= 4 ? { cos: COS[i], sin: COS[4 - i] } : { cos: -COS[8 - i], sin: COS[i - 4] },
)

/** Luma of ITU-R BT.601 in thousandths: whole numbers, so that equal gradients are exactly equal. */
const LUMA = { red: 299, green: 587, blue: 114, scale: 255_000 } as const

/**
 * The fixed descriptor of an image of 32 × 32 pixels, 224 numbers: in each cell of a 4 × 4 grid (8 × 8 pixels) the mean
 * and the standard deviation (of the population) of red, green and blue in [0, 1], and the mean over the cell's pixels
 * of the gradient's magnitude in each of 8 unsigned orientations.
 *
 * Gradients are central differences of the luma (BT.601) in [0, 1], one-sided at the image's border; orientation k holds
 * the angles atan2(g_y, g_x) mod π in [k π/8, (k + 1) π/8). In the manner of Dalal and Triggs (2005), without
 * interpolation or block normalisation.
 */
export const imageDescriptor: ImageView = {
  name: 'descriptor',
  width: SIDE,
  height: SIDE,
  features: descriptorFeatures(),
  columns: async images => {
    const columns = Array.from({ length: GRID * GRID * CELL_FEATURES }, () => new Float32Array(images.length))
    const described = new Float64Array(columns.length)
    const luma = new Int32Array(SIDE * SIDE)
    images.forEach((rgb, row) => {
      takeLuma(rgb, luma)
      for (let cell = 0; cell < GRID * GRID; cell++) {
        const corner = { top: Math.floor(cell / GRID) * CELL, left: (cell % GRID) * CELL }
        const own = described.subarray(cell * CELL_FEATURES, (cell + 1) * CELL_FEATURES)
        colourMoments(rgb, corner, own)
        orientations(luma, corner, own.subarray(6))
      }
      for (let f = 0; f < columns.length; f++) columns[f][row] = described[f]
    })
    return columns
  },
}

interface Corner {
  readonly top: number
  readonly left: number
}

function descriptorFeatures(): Feature[] {
  const own = [
    ...COLOURS.map(colour => `${colour}_mean`),
    ...COLOURS.map(colour => `${colour}_deviation`),
    ...Array.from({ length: ORIENTATIONS }, (_, k) => `gradient_${k}`),
  ]
  const cells = Array.from({ length: GRID * GRID }, (_, i) => `cell_${Math.floor(i / GRID)}_${i % GRID}`)
  return cells.flatMap(cell => own.map(name => ({ name: `${cell}.${name}`, type: 'numeric' as const })))
}

function takeLuma(rgb: Uint8Array, luma: Int32Array): void {
  for (let i = 0; i < luma.length; i++) {
    luma[i] = LUMA.red * rgb[3 * i] + LUMA.green * rgb[3 * i + 1] + LUMA.blue * rgb[3 * i + 2]
  }
}

/** Writes the means, then the deviations. */
function colourMoments(rgb: Uint8Array, { top, left }: Corner, target: Float64Array): void {
  for (let colour = 0; colour < 3; colour++) {
    let sum = 0
    let squares = 0
    for (let y = top; y < top + CELL; y++) {
      for (let x = left; x < left + CELL; x++) {
        const value = rgb[(y * SIDE + x) * 3 + colour]
        sum += value
        squares += value * value
      }
    }
    target[colour] = sum / (PIXELS * 255)
    target[3 + colour] = Math.sqrt(PIXELS * squares - sum * sum) / (PIXELS * 255)
  }
}

/** Writes the mean magnitude in each orientation. */
function orientations(luma: Int32Array, { top, left }: Corner, target: Float64Array): void {
  target.fill(0)
  for (let y = top; y < top + CELL; y++) {
    for (let x = left; x < left + CELL; x++) {
      const gx = doubledGradient(luma, y * SIDE + x, { at: x, step: 1 })
      const gy = doubledGradient(luma, y * SIDE + x, { at: y, step: SIDE })
      if (gx !== 0 || gy !== 0) target[orientation(gx, gy)] += Math.sqrt(gx * gx + gy * gy)
    }
  }
  for (let k = 0; k < ORIENTATIONS; k++) target[k] /= 2 * LUMA.scale * PIXELS
}

/** Twice the gradient, a whole number: the difference of the neighbours, or twice that to the only one. */
function doubledGradient(luma: Int32Array, pixel: number, { at, step }: { at: number; step: number }): number {
  if (at === 0) return 2 * (luma[pixel + step] - luma[pixel])
  if (at === SIDE - 1) return 2 * (luma[pixel] - luma[pixel - step])
  return luma[pixel + step] - luma[pixel - step]
}

/** The angle lies at or past a border when sin(angle − border) ≥ 0. */
function orientation(gx: number, gy: number): number {
  const isUpper = gy > 0 || (gy === 0 && gx > 0)
  const x = isUpper ? gx : -gx
  const y = isUpper ? gy : -gy
  let passed = 0
  while (passed < BORDERS.length && BORDERS[passed].cos * y - BORDERS[passed].sin * x >= 0) passed++
  return passed
}
