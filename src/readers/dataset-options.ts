import type { ImageView } from './image-view.ts'
import type { TableOptions } from './table.ts'

/** How a dataset of any kind is to be read. */
export interface DatasetOptions extends TableOptions {
  /**
   * What to look at: of images `descriptor` (default) or `pixels`; of a table `records` or `text:COL1,COL2`, which join
   * columns into one text.
   */
  readonly view?: string
  /** A view of images made elsewhere, as by an encoder, instead of a named one. */
  readonly imageView?: ImageView
}
