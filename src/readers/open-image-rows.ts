import { throwIfCancelled } from '../common/index.ts'
import type { ReadOptions } from '../dataset/index.ts'
import { BrokenItems } from './broken-items.ts'
import { centreCrop, sizeBeforeCrop, type CropSource } from './centre-crop.ts'
import { decodeImage, decodeWhole, imageSize, stretchGrey, type ImageSize, type ResizeKernel } from './decode-image.ts'
import { imagePlaces, type ImageDecoder } from './image-places.ts'
import type { FoundPlaces } from './media-places.ts'
import { plainBilinear } from './plain-bilinear.ts'

/** The size images are brought to, and the rule. `bilinear` is `plainBilinear`; the others are sharp's kernels. */
export interface ImageRaster extends ImageSize {
  readonly resize: ResizeKernel | 'bilinear'
  /** What an image is brought to first, its centre being cut out then; it is stretched to the size when absent. */
  readonly crop?: CropSource
}

/** RGB values in 0…255, shape (height, width, 3): bytes, or floats where the rule does not round. */
export type RgbValues = Uint8Array | Float32Array

/** One image of a dataset, decoded. */
export interface ImageRow {
  /** Its ordinal in the dataset, counted from 0, broken images included. */
  readonly row: number
  readonly rgb: RgbValues
}

/** A dataset of images that gives pixels. */
export interface ImageRows {
  readonly files: readonly string[]
  /** What the user should know; complete once the images have been read. */
  readonly warnings: readonly string[]
  /** The name of the folder each image lies in, or the label of an IDX file; null where there is none. No image is decoded. */
  labels(options?: ReadOptions): Promise<readonly (string | null)[]>
  /**
   * The images, in order, a few decoded at once; those that are not chosen are passed over, broken ones are skipped.
   *
   * @param isChosen by the ordinal in the dataset
   * @throws FILE_DAMAGED when more than 5 % of the chosen are broken, EMPTY_DATASET when there are none, CANCELLED
   */
  rows(isChosen: (row: number) => boolean, options?: ReadOptions): AsyncGenerator<ImageRow>
}

/**
 * Opens images (as `openDataset` finds them) as rows of pixels of one size.
 *
 * @throws USAGE, FILE_NOT_FOUND, FILE_UNREADABLE, FILE_DAMAGED
 */
export async function openImageRows(paths: readonly string[], raster: ImageRaster): Promise<ImageRows> {
  return new OpenedImages(await imagePlaces(paths, decoderOf(raster)))
}

function decoderOf({ resize, crop, ...to }: ImageRaster): ImageDecoder<RgbValues> {
  const before = (from: ImageSize) => (crop === undefined ? to : sizeBeforeCrop(from, crop))
  const cut = (rgb: RgbValues, from: ImageSize) =>
    crop === undefined ? rgb : centreCrop(rgb, { from, to, channels: 3 })
  if (resize === 'bilinear') {
    return {
      async ofFile(bytes) {
        const { rgb, ...from } = await decodeWhole(bytes)
        const size = before(from)
        return cut(plainBilinear(from, size, 3)(rgb), size)
      },
      ofGrey(from) {
        const size = before(from)
        const interpolate = plainBilinear(from, size, 1)
        return grey => cut(rgbOf(interpolate(grey)), size)
      },
    }
  }
  return {
    async ofFile(bytes) {
      const size = typeof crop === 'number' ? before(await imageSize(bytes)) : before(to)
      return cut(await decodeImage(bytes, size, resize), size)
    },
    ofGrey(from) {
      const size = before(from)
      const isSame = from.width === size.width && from.height === size.height
      const resized = (grey: Uint8Array) =>
        isSame ? rgbOf(grey) : stretchGrey(grey, { from, to: size, kernel: resize })
      return async grey => cut(await resized(grey), size)
    },
  }
}

/** Grey levels as red, green and blue. */
function rgbOf(grey: RgbValues): RgbValues {
  const rgb = grey instanceof Uint8Array ? new Uint8Array(grey.length * 3) : new Float32Array(grey.length * 3)
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) rgb[at] = rgb[at + 1] = rgb[at + 2] = grey[i]
  return rgb
}

class OpenedImages implements ImageRows {
  readonly files: readonly string[]
  private readonly found: FoundPlaces<RgbValues>
  private readonly broken = new BrokenItems('images')
  private labelled?: readonly (readonly (string | null)[])[]

  constructor(found: FoundPlaces<RgbValues>) {
    this.found = found
    this.files = found.places.map(({ path }) => path)
  }

  get warnings(): readonly string[] {
    return [...this.found.warnings, ...this.broken.warnings]
  }

  async labels({ signal }: ReadOptions = {}): Promise<readonly (string | null)[]> {
    return (await this.labelsByPlace(signal)).flat()
  }

  async *rows(isChosen: (row: number) => boolean, { signal }: ReadOptions = {}): AsyncGenerator<ImageRow> {
    const labels = await this.labelsByPlace(signal)
    let whole = 0
    let before = 0
    for (const [at, place] of this.found.places.entries()) {
      const chosen = Array.from(labels[at].keys(), ordinal => before + ordinal).filter(isChosen)
      const first = before
      let next = 0
      for await (const item of place.items({ signal, isChosen: ordinal => isChosen(first + ordinal) })) {
        throwIfCancelled(signal, place.path)
        const row = chosen[next++]
        if (item.value === undefined) this.broken.add(place.path, item)
        else {
          whole++
          yield { row, rgb: item.value }
        }
      }
      before += labels[at].length
    }
    this.broken.checkEnd(this.files[0], whole)
  }

  private async labelsByPlace(signal?: AbortSignal): Promise<readonly (readonly (string | null)[])[]> {
    if (this.labelled) return this.labelled
    const labelled: (readonly (string | null)[])[] = []
    for (const place of this.found.places) {
      throwIfCancelled(signal, place.path)
      labelled.push(await place.labels(signal))
    }
    this.labelled = labelled
    return labelled
  }
}
