import type { ImageView } from './image-view.ts'

const SIDE = 32
const COLOURS = ['red', 'green', 'blue'] as const

/** Raw pixels, as Zhou et al. (2020) take them: an image of 32 × 32 pixels flattened to 3,072 numbers in [0, 1]. */
export const imagePixels: ImageView = {
  name: 'pixels',
  width: SIDE,
  height: SIDE,
  features: Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return { name: `pixel_${Math.floor(pixel / SIDE)}_${pixel % SIDE}.${COLOURS[i % 3]}`, type: 'numeric' }
  }),
  columns: async images =>
    Array.from({ length: SIDE * SIDE * 3 }, (_, i) => Float32Array.from(images, rgb => rgb[i] / 255)),
}
