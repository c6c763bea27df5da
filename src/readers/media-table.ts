import { ModelHubError, throwIfCancelled } from '../common/index.ts'
import type { Column, ColumnChunk, Feature, ReadOptions } from '../dataset/index.ts'
import { BrokenItems } from './broken-items.ts'
import type { Table } from './table.ts'

const CHUNK_ITEMS = 512

/** One image or text: its value, or what was wrong with it. */
export interface MediaItem<Value> {
  readonly name: string
  readonly label: string | null
  readonly value?: Value
  readonly fault?: string
}

/** Which items of a place are to be read. */
export interface MediaRead {
  readonly signal?: AbortSignal
  /** Whether the item of an ordinal, counted from 0 in the place's order, is to be decoded; all when absent. */
  readonly isChosen?: (ordinal: number) => boolean
}

/** A folder, archive or file of images or texts. */
export interface MediaPlace<Value> {
  readonly path: string
  items(read?: MediaRead): AsyncIterable<MediaItem<Value>>
  /** The labels of all items in order, broken ones included; nothing is decoded. */
  labels(signal?: AbortSignal): Promise<readonly (string | null)[]>
}

/** Everything that was settled when the dataset was opened. */
export interface OpenedMedia<Value> {
  /** What the items are, in the plural, as in `images`. */
  readonly kind: string
  readonly places: readonly MediaPlace<Value>[]
  readonly features: readonly Feature[]
  readonly view?: string
  readonly sizeBytes: number
  readonly warnings: readonly string[]
  /** One column per feature. */
  columns(values: readonly Value[]): Promise<readonly Column[]>
}

/**
 * A dataset of images or texts, one row each. Broken ones are skipped, counted and named in the warnings, which are
 * complete once the dataset has been read.
 */
export class MediaTable<Value> implements Table {
  readonly label = 'folder'
  readonly features: readonly Feature[]
  readonly view?: string
  readonly files: readonly string[]
  readonly sizeBytes: number
  private readonly opened: OpenedMedia<Value>
  private readonly broken: BrokenItems
  private knownLabels?: readonly (string | null)[]
  private isClosed = false

  constructor(opened: OpenedMedia<Value>) {
    this.opened = opened
    this.broken = new BrokenItems(opened.kind)
    this.features = opened.features
    this.view = opened.view
    this.files = opened.places.map(({ path }) => path)
    this.sizeBytes = opened.sizeBytes
  }

  get warnings(): readonly string[] {
    return [...this.opened.warnings, ...this.broken.warnings]
  }

  /** @throws FILE_DAMAGED when more than 5 % are broken, EMPTY_DATASET when there are none, CANCELLED */
  async *chunks(options: ReadOptions = {}): AsyncGenerator<ColumnChunk> {
    const labels: (string | null)[] = []
    for (const [file, place] of this.opened.places.entries()) {
      let firstRow = 0
      for await (const items of this.batches(place, options)) {
        const columns = await this.opened.columns(items.map(({ value }) => value!))
        yield { file, firstRow, rows: items.length, columns }
        firstRow += items.length
        for (const { label } of items) labels.push(label)
        options.onProgress?.({ stage: 'reading', done: labels.length, unit: this.opened.kind })
      }
    }
    this.broken.checkEnd(this.files[0], labels.length)
    this.knownLabels = labels
  }

  /** The name of the folder each item lies in, or the label of an IDX file; null where there is none. */
  async labels(options: ReadOptions = {}): Promise<readonly (string | null)[]> {
    if (!this.knownLabels) {
      const all = this.chunks(options)
      while (!(await all.next()).done);
    }
    return this.knownLabels!
  }

  close(): void {
    this.isClosed = true
  }

  private async *batches(
    place: MediaPlace<Value>,
    { signal }: ReadOptions,
  ): AsyncGenerator<readonly MediaItem<Value>[]> {
    let batch: MediaItem<Value>[] = []
    for await (const item of place.items({ signal })) {
      throwIfCancelled(signal, place.path)
      if (this.isClosed) throw new ModelHubError('USAGE', `${this.opened.kind}: read after it was closed`)
      if (item.value === undefined) this.broken.add(place.path, item)
      else batch.push(item)
      if (batch.length === CHUNK_ITEMS) {
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
  }
}
