import { join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import { placesWhere } from '../math/places-where.ts'
import { COARSE_BINS, MaskedBlock, type RowSource } from '../retrieval/index.ts'
import { removeSegment } from './band-file.ts'
import { segmentNames } from './segment-files.ts'
import { Segment } from './segment.ts'
import { SegmentWriter, type SegmentEntry } from './write-segment.ts'

/** Most datasets of one segment: what a writer holds in memory, and loses when it is killed. */
const SEGMENT_DATASETS = 65_536
/** More segments than this, beside full ones, are joined. */
const MOST_SMALL = 8

/** What the codes of a domain depend on beside its datasets. */
export interface CodedDomain {
  readonly domain: number
  /** Feature f occupies the columns [offsets[f], offsets[f+1]). */
  readonly offsets: Uint32Array
  /** What the reference bins of each feature are, as 32 bits, shape (features). */
  readonly references: readonly number[]
}

/** The datasets that an index should have, each of shape (members). */
export interface IndexMembers {
  readonly ids: Uint32Array
  /** First 32 bits of what their contents hash to. */
  readonly contents: Uint32Array
}

/** What the segments of a domain have of some members. */
export interface Coverage {
  /** 1 for datasets that are members now, each member once, by number over all segments. */
  readonly allowed: Uint8Array
  /** Place of each dataset that is allowed among the members, by number over all segments. */
  readonly memberOf: Uint32Array
  /** Places of the members that are in no segment. */
  readonly missing: Uint32Array
}

/** A file that could not be used, and why. */
export interface UnusedSegment {
  readonly path: string
  readonly reason: 'damaged' | 'outdated'
  readonly message: string
}

/** The segments of one domain in a folder, open. Numbers of datasets run over all segments, in their order. */
export class DomainSegments {
  readonly folder: string
  readonly shape: CodedDomain
  readonly segments: Segment[] = []
  readonly unused: UnusedSegment[] = []

  private constructor(folder: string, shape: CodedDomain) {
    this.folder = folder
    this.shape = shape
  }

  /** Opens what there is; damaged files and those of other bins are not used, and listed. */
  static open(folder: string, shape: CodedDomain): DomainSegments {
    const opened = new DomainSegments(folder, shape)
    for (const name of segmentNames(folder, shape.domain)) opened.#open(join(folder, name))
    return opened
  }

  get size(): number {
    return this.segments.reduce((sum, { footer }) => sum + footer.datasets, 0)
  }

  get sizeBytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.sizeBytes, 0)
  }

  /** Ids of all datasets, shape (size). */
  get ids(): Uint32Array {
    const ids = new Uint32Array(this.size)
    let at = 0
    for (const { numbers } of this.segments) {
      ids.set(numbers.ids, at)
      at += numbers.ids.length
    }
    return ids
  }

  /** Which datasets are members with the content and the bins of today, and which members are not here. */
  coverage({ ids, contents }: IndexMembers): Coverage {
    let highest = 0
    for (let place = 0; place < ids.length; place++) if (ids[place] > highest) highest = ids[place]
    // By id: one more than its place while it is wanted.
    const wanted = new Uint32Array(highest + 1)
    for (let place = 0; place < ids.length; place++) wanted[ids[place]] = place + 1
    const [allowed, memberOf] = [new Uint8Array(this.size), new Uint32Array(this.size)]
    let number = 0
    for (const { footer, numbers } of this.segments) {
      const current = footer.sets.map(set => set.every(f => footer.references[f] === this.shape.references[f]))
      for (let i = 0; i < footer.datasets; i++, number++) {
        const id = numbers.ids[i]
        const place = id > highest ? -1 : wanted[id] - 1
        if (place < 0 || contents[place] !== numbers.contents[i] || !current[numbers.setOf[i]]) continue
        allowed[number] = 1
        memberOf[number] = place
        wanted[id] = 0
      }
    }
    return { allowed, memberOf, missing: placesWhere(ids.length, place => wanted[ids[place]] !== 0) }
  }

  /** Writes datasets to new segments, one file after the other, and opens them. */
  async append(entries: AsyncIterable<SegmentEntry>): Promise<void> {
    let writer: SegmentWriter | undefined
    try {
      for await (const entry of entries) {
        writer ??= this.#writer()
        writer.add(entry)
        if (writer.size < SEGMENT_DATASETS) continue
        this.#open(join(this.folder, writer.finish()))
        writer = undefined
      }
      const last = writer?.finish()
      writer = undefined
      if (last !== undefined) this.#open(join(this.folder, last))
    } finally {
      writer?.discard()
    }
  }

  /**
   * All datasets, those that are members or not. Their codes are read when they are asked for: what reads a damaged file
   * removes it, so that the next opening finds its datasets missing, and throws FILE_DAMAGED.
   */
  load(): LoadedSegments {
    const block = new MaskedBlock(this.shape.offsets, COARSE_BINS)
    block.reserve(this.size)
    for (const segment of this.segments) block.extendFrom(segment.rounding(block), mergedOf(segment, block))
    const starts = [0]
    for (const { footer } of this.segments) starts.push(starts[starts.length - 1] + footer.datasets)
    const row = new Uint8Array(this.shape.offsets[this.shape.offsets.length - 1])
    const fineCodes = (dataset: number): Uint8Array => {
      const at = segmentOf(starts, dataset)
      try {
        this.segments[at].readFine(dataset - starts[at], row.fill(0))
      } catch (error) {
        removingDamaged(this.segments[at].path, error)
      }
      return row
    }
    return { block, fineCodes }
  }

  /** Reads all; segments with a checksum that does not match are closed, and do not count any more. */
  damaged(): UnusedSegment[] {
    const found: UnusedSegment[] = []
    for (const segment of [...this.segments]) {
      try {
        segment.verify()
      } catch (error) {
        if (!(error instanceof ModelHubError)) throw error
        found.push({ path: segment.path, reason: 'damaged', message: error.message })
        this.segments.splice(this.segments.indexOf(segment), 1)
        segment.close()
      }
    }
    return found
  }

  /** A new set of segments for the same domain that has nothing yet; the files there are become unused. */
  static empty(folder: string, shape: CodedDomain): DomainSegments {
    const fresh = new DomainSegments(folder, shape)
    for (const name of segmentNames(folder, shape.domain)) {
      const path = join(folder, name)
      fresh.unused.push({ path, reason: 'outdated', message: `${path}: made anew` })
    }
    return fresh
  }

  /** Whether joining would leave fewer files, or many that are gone lie in the way. */
  shouldJoin({ allowed }: Coverage): boolean {
    const small = this.segments.filter(({ footer }) => footer.datasets < SEGMENT_DATASETS / 2)
    const live = allowed.reduce((sum, one) => sum + one, 0)
    return small.length > MOST_SMALL || (this.size > 0 && 2 * live < this.size)
  }

  /** Writes the members of the segments to new ones, then removes the old files; what is open stays so. */
  async join(loaded: LoadedSegments, { allowed }: Coverage): Promise<void> {
    const old = this.segments.map(({ path }) => path)
    const before = this.segments.length
    await this.append(entriesOf(this, loaded, allowed))
    for (const segment of this.segments.splice(before)) segment.close()
    for (const path of old) removeSegment(path)
  }

  /** Removes the files that are not used. */
  removeUnused(): void {
    for (const { path } of this.unused.splice(0)) removeSegment(path)
  }

  close(): void {
    for (const segment of this.segments.splice(0)) segment.close()
  }

  #open(path: string): void {
    try {
      const segment = Segment.open(path)
      if (isOf(segment, this.shape)) return void this.segments.push(segment)
      segment.close()
      this.unused.push({ path, reason: 'outdated', message: `${path}: made for other reference bins` })
    } catch (error) {
      if (!(error instanceof ModelHubError)) throw error
      // Another process may have joined it with others since the folder was listed.
      if (error.code === 'FILE_NOT_FOUND') return
      this.unused.push({ path, reason: 'damaged', message: error.message })
    }
  }

  #writer(): SegmentWriter {
    const block = new MaskedBlock(this.shape.offsets, COARSE_BINS)
    const { domain, offsets, references } = this.shape
    const shape = { domain, offsets, references: [...references], coarseBins: COARSE_BINS, stride: block.rows.stride }
    return new SegmentWriter(this.folder, shape)
  }
}

/** The datasets of a domain's segments, ready to be searched. */
export interface LoadedSegments {
  readonly block: MaskedBlock
  /** The codes of all bins of a dataset, shape (bins), good until the next call. */
  readonly fineCodes: (dataset: number) => Uint8Array
}

async function* entriesOf(
  { segments }: DomainSegments,
  { block, fineCodes }: LoadedSegments,
  allowed: Uint8Array,
): AsyncGenerator<SegmentEntry> {
  const { setOf } = block.rounding
  let number = 0
  for (const { numbers } of [...segments]) {
    for (let i = 0; i < numbers.ids.length; i++, number++) {
      if (allowed[number] === 0) continue
      yield await Promise.resolve({
        id: numbers.ids[i],
        content: numbers.contents[i],
        features: block.sets.all[setOf[number]],
        coarse: block.rows.codes().subarray(number * block.rows.stride, (number + 1) * block.rows.stride),
        coarseError: numbers.coarseErrors[i],
        fine: fineCodes(number),
        fineError: numbers.fineErrors[i],
      })
    }
  }
}

/** A segment serves a domain that has its features first, with as many bins. */
function isOf({ footer }: Segment, { offsets }: CodedDomain): boolean {
  return footer.coarseBins === COARSE_BINS && footer.offsets.every((offset, f) => offset === offsets[f])
}

function segmentOf(starts: readonly number[], dataset: number): number {
  let at = 0
  while (starts[at + 1] <= dataset) at++
  return at
}

/** The merged codes of a segment, which is removed when it turns out to be damaged. */
function mergedOf(segment: Segment, { rows }: MaskedBlock): RowSource {
  const merged = segment.merged(rows.stride)
  return {
    rows: merged.rows,
    read: (from, into) => {
      try {
        merged.read(from, into)
      } catch (error) {
        removingDamaged(segment.path, error)
      }
    },
    readAll: into => merged.readAll(into).catch((error: unknown) => removingDamaged(segment.path, error)),
  }
}

function removingDamaged(path: string, error: unknown): never {
  if (error instanceof ModelHubError && error.code === 'FILE_DAMAGED') removeSegment(path)
  throw error
}
