import { ModelHubError } from '../common/index.ts'
import type { InputSignature } from '../model/index.ts'

/** Where the values of an image go in a tensor. */
export interface ImageLayout {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  /** True for (channels, height, width), false for (height, width, channels). */
  readonly isChannelsFirst: boolean
  /** Sizes of one row of the tensor. */
  readonly rowShape: readonly number[]
}

const DEFAULT_SIDE = 224

/**
 * The layout that a card's single tensor states: (N, C, H, W), (N, H, W, C), or (N, H, W) of one channel. C is 1 or 3,
 * told by its size, in the second place before the last; where no place has such a size and the second is open, it is 3
 * channels there. An open height or width is 224.
 *
 * @throws MODEL_MISMATCH when there is more than one tensor, or it has none of these shapes
 */
export function imageLayout({ tensors }: InputSignature): ImageLayout {
  const [{ name, shape }] = tensors
  const sizes = shape.slice(1)
  const isChannels = (size: number | string): size is 1 | 3 => size === 1 || size === 3
  const side = (size: number | string) => (typeof size === 'number' ? size : DEFAULT_SIDE)
  if (tensors.length === 1 && sizes.length === 2) {
    const [height, width] = sizes.map(side)
    return { width, height, channels: 1, isChannelsFirst: true, rowShape: [height, width] }
  }
  if (tensors.length === 1 && sizes.length === 3) {
    const [second, third, last] = sizes
    if (isChannels(second) || (typeof second === 'string' && !isChannels(last))) {
      const channels = isChannels(second) ? second : 3
      const [height, width] = [side(third), side(last)]
      return { width, height, channels, isChannelsFirst: true, rowShape: [channels, height, width] }
    }
    if (isChannels(last)) {
      const [height, width] = [side(second), side(third)]
      return { width, height, channels: last, isChannelsFirst: false, rowShape: [height, width, last] }
    }
  }
  throw new ModelHubError(
    'MODEL_MISMATCH',
    `input ${name}: expected images, (N, C, height, width) or (N, height, width, C) of 1 or 3 channels, ` +
      `got ${tensors.length} inputs, the first (${shape.join(', ')})`,
  )
}
