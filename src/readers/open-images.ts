import { ModelHubError } from '../common/index.ts'
import type { DatasetOptions } from './dataset-options.ts'
import { decodeImage } from './decode-image.ts'
import { greyResizer } from './grey-resizer.ts'
import { imageDescriptor } from './image-descriptor.ts'
import { imagePixels } from './image-pixels.ts'
import { imagePlaces } from './image-places.ts'
import type { ImageView } from './image-view.ts'
import { MediaTable } from './media-table.ts'
import type { Table } from './table.ts'

const VIEWS: readonly ImageView[] = [imageDescriptor, imagePixels]

/**
 * Opens images as one dataset, one row each: what `imagePlaces` finds. What is made of them is the view.
 *
 * @throws USAGE, FILE_NOT_FOUND, FILE_UNREADABLE, FILE_DAMAGED
 */
export async function openImages(paths: readonly string[], options: DatasetOptions): Promise<Table> {
  const view = imageView(options)
  const found = await imagePlaces<Uint8Array>(paths, {
    ofFile: bytes => decodeImage(bytes, view),
    ofGrey: size => greyResizer(size, view),
  })
  return new MediaTable<Uint8Array>({
    ...found,
    kind: 'images',
    features: view.features,
    view: view.name,
    columns: images => view.columns(images),
  })
}

function imageView({ view, imageView: made }: DatasetOptions): ImageView {
  if (made && view !== undefined) throw new ModelHubError('USAGE', `view: expected ${view} or an encoder, got both`)
  const found = made ?? VIEWS.find(({ name }) => name === (view ?? imageDescriptor.name))
  if (found) return found
  const known = VIEWS.map(({ name }) => name).join(', ')
  throw new ModelHubError('USAGE', `view: of images expected one of ${known}, got ${view}`)
}
