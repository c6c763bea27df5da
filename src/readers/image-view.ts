import type { Feature, NumericColumn } from '../dataset/index.ts'

/** What is made of images before they are sketched. */
export interface ImageView {
  /** Goes into the sketch, so that a search can tell when two sketches look at images in different ways. */
  readonly name: string
  /** Images are resized to this, whatever their shape. */
  readonly width: number
  readonly height: number
  readonly features: readonly Feature[]
  /**
   * @param images RGB bytes, each of shape (height, width, 3)
   * @returns one column per feature, each of shape (images)
   */
  columns(images: readonly Uint8Array[]): Promise<readonly NumericColumn[]>
}
