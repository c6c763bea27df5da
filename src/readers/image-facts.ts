import { throwIfCancelled } from '../common/index.ts'
import type { ReadOptions } from '../dataset/index.ts'
import { decodeWhole, type ImageSize } from './decode-image.ts'
import { imagePlaces } from './image-places.ts'

/** Where an image lies, and how large it is. */
export interface ImageFacts extends ImageSize {
  /** Its path within the place, after the place's own. */
  readonly path: string
}

/**
 * Where some images of a dataset lie, and how large they are, by their ordinals, counted as `openImageRows` does. A
 * broken image is missing.
 *
 * @throws what opening throws, CANCELLED
 */
export async function imageFacts(
  paths: readonly string[],
  rows: ReadonlySet<number>,
  { signal }: ReadOptions = {},
): Promise<ReadonlyMap<number, ImageFacts>> {
  const size = ({ width, height }: ImageSize): ImageSize => ({ width, height })
  const decoder = {
    ofFile: async (bytes: Uint8Array) => size(await decodeWhole(bytes)),
    ofGrey: (of: ImageSize) => () => size(of),
  }
  const facts = new Map<number, ImageFacts>()
  let before = 0
  for (const place of (await imagePlaces(paths, decoder)).places) {
    throwIfCancelled(signal, place.path)
    const labels = await place.labels(signal)
    const first = before
    const chosen = Array.from(labels.keys(), ordinal => first + ordinal).filter(row => rows.has(row))
    let next = 0
    for await (const { name, value } of place.items({ signal, isChosen: ordinal => rows.has(first + ordinal) })) {
      const row = chosen[next++]
      if (value) facts.set(row, { path: `${place.path}/${name}`, ...value })
    }
    before += labels.length
  }
  return facts
}
