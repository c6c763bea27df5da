import { crc32 } from 'node:zlib'
import { findVersionsById, hubRevision, hubStamp, listMembers, loadBlockStarts } from '../catalog/index.ts'
import type { Catalog, MemberTable } from '../catalog/index.ts'
import { inTurn } from '../catalog/in-turn.ts'
import { ModelHubError, throwIfCancelled, type ProgressHook } from '../common/index.ts'
import { writeFault } from '../common/write-fault.ts'
import { placesWhere } from '../math/places-where.ts'
import { codeCandidate, domainBlock, type IndexedDomain } from '../search/index.ts'
import { DomainSegments, readMembers, removeStaleTemporaries, writeMembers } from '../segments/index.ts'
import type { CodedDomain, Coverage, IndexMembers, LoadedSegments, SegmentEntry } from '../segments/index.ts'
import { decodeWhole } from '../sketch/block-codec.ts'
import { blockColumns } from '../sketch/dataset-blocks.ts'
import { encodeBins } from '../sketch/domain-codec.ts'
import type { Domain } from '../sketch/domain.ts'
import { loadDomain } from './stored-domain.ts'

/** Blocks read from the catalog at once. */
const MODELS_A_READ = 64
/** A damaged file is made anew; more of them than this, and something else is wrong. */
const MOST_MENDED = 3

export interface IndexWork {
  readonly signal?: AbortSignal
  readonly onProgress?: ProgressHook
}

/** The latest versions of a domain, indexed. */
export interface OpenDomain extends IndexedDomain {
  /** The latest versions alone may be found. */
  readonly allowed: Uint8Array
  /** Catalog ids, by number in the block. */
  readonly ids: Uint32Array
  /** Rows of those that are allowed in the table of members, by number in the block. */
  readonly rows: Uint32Array
  readonly segments: DomainSegments
}

/**
 * The index of a hub, domain by domain, as it stands in files. What the catalog has and the files have not is added when
 * a domain is opened; what the catalog has no more is masked. Nothing in it is ever the only copy.
 */
export class HubIndex {
  readonly #catalog: Catalog
  readonly #turn = inTurn()
  readonly #open = new Map<number, OpenDomain>()
  #revision = -1
  #members: MemberTable | undefined

  constructor(catalog: Catalog) {
    this.#catalog = catalog
  }

  /** The latest version of every model, as the catalog has them at a revision; kept in a file until the hub changes. */
  async members(revision: number): Promise<MemberTable> {
    this.#forgetUnless(revision)
    this.#members ??= await this.#readMembers()
    return this.#members
  }

  /**
   * Opens a domain at a revision of the hub; what is open at that revision already is given again.
   *
   * @throws HUB_DAMAGED when the catalog has no block of a version
   */
  async domain(domainId: number, revision: number, work: IndexWork = {}): Promise<OpenDomain> {
    this.#forgetUnless(revision)
    const found = this.#open.get(domainId)
    if (found) {
      // Who asks again will ask often: from then on codes are in memory.
      await found.block.rows.settle()
      return found
    }
    const members = membersOf(await this.members(revision), domainId)
    const domain = await loadDomain(this.#catalog.db, domainId)
    const opened = await this.#bringUpToDate({ domain, domainId, members }, work)
    if ((await hubRevision(this.#catalog.db)) === revision) opened.segments.removeUnused()
    this.#open.set(domainId, opened)
    return opened
  }

  /** Makes the files of a domain anew; the old ones are removed when the new ones are there. */
  async rebuild(domainId: number, revision: number, work: IndexWork): Promise<void> {
    this.#forgetUnless(revision)
    this.#open.get(domainId)?.segments.close()
    this.#open.delete(domainId)
    const members = membersOf(await this.members(revision), domainId)
    const domain = await loadDomain(this.#catalog.db, domainId)
    const folder = this.#catalog.indexFolder
    const segments = DomainSegments.empty(folder, codedDomain(domain, domainId))
    try {
      const missing = Uint32Array.from(members.ids.keys())
      await segments.append(codedMembers(this.#catalog, { domain, members, missing, work }))
      segments.removeUnused()
    } finally {
      segments.close()
    }
  }

  /**
   * Does work with the index that nothing else in this process disturbs, and once more where it met a damaged file, which
   * has been removed then.
   *
   * @throws WRITE_FAILED when the folder of the index cannot be written to
   */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#turn(async () => {
      for (let mended = 0; ; mended++) {
        try {
          return await work()
        } catch (error) {
          if (mended === MOST_MENDED || !isDamaged(error)) throw unwritable(this.#catalog.indexFolder, error)
          this.close()
        }
      }
    })
  }

  close(): void {
    for (const { segments } of this.#open.values()) segments.close()
    this.#open.clear()
  }

  #forgetUnless(revision: number): void {
    if (this.#revision === revision) return
    this.close()
    this.#members = undefined
    this.#revision = revision
  }

  async #readMembers(): Promise<MemberTable> {
    const { db, indexFolder } = this.#catalog
    const stamp = await hubStamp(db)
    const kept = readMembers(indexFolder, stamp)
    if (kept) return kept
    const members = await listMembers(db)
    if ((await hubStamp(db)) === stamp) keepMembers(indexFolder, stamp, members)
    return members
  }

  async #bringUpToDate(
    { domain, domainId, members }: { domain: Domain; domainId: number; members: DomainMembers },
    work: IndexWork,
  ): Promise<OpenDomain> {
    const folder = this.#catalog.indexFolder
    for (let mended = 0; ; mended++) {
      let segments: DomainSegments | undefined
      try {
        removeStaleTemporaries(folder)
        segments = DomainSegments.open(folder, codedDomain(domain, domainId))
        const { loaded, coverage } = await this.#complete(segments, { domain, members, work })
        const rows = coverage.memberOf.map(place => members.rows[place])
        return { domain, ...loaded, allowed: coverage.allowed, ids: segments.ids, rows, segments }
      } catch (error) {
        segments?.close()
        if (mended === MOST_MENDED || !isDamaged(error)) throw error
      }
    }
  }

  async #complete(
    segments: DomainSegments,
    { domain, members, work }: { domain: Domain; members: IndexMembers; work: IndexWork },
  ): Promise<{ readonly loaded: LoadedSegments; readonly coverage: Coverage }> {
    let coverage = segments.coverage(members)
    if (coverage.missing.length > 0) {
      await segments.append(codedMembers(this.#catalog, { domain, members, missing: coverage.missing, work }))
      coverage = segments.coverage(members)
    }
    const loaded = segments.load()
    if (segments.shouldJoin(coverage)) await segments.join(loaded, coverage)
    return { loaded, coverage }
  }
}

/** What the codes of a domain's members depend on beside themselves. */
export function codedDomain(domain: Domain, domainId: number): CodedDomain {
  const { offsets } = blockColumns(domain, Int32Array.from(domain.slots.keys()))
  const references = domain.slots.map(({ reference }) => crc32(JSON.stringify(encodeBins(reference))))
  return { domain: domainId, offsets, references }
}

/** The members of a domain, with their rows in the table of all. */
interface DomainMembers extends IndexMembers {
  readonly rows: Uint32Array
}

/** The members of one domain. */
export function membersOf({ domainIds, ids, contents }: MemberTable, domainId: number): DomainMembers {
  const rows = placesWhere(domainIds.length, row => domainIds[row] === domainId)
  return { rows, ids: rows.map(row => ids[row]), contents: rows.map(row => contents[row]) }
}

/** Where the folder takes no file, the members are read from the catalog again next time. */
function keepMembers(folder: string, stamp: string, members: MemberTable): void {
  try {
    writeMembers(folder, stamp, members)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

interface Missing {
  readonly domain: Domain
  readonly members: IndexMembers
  /** Their places. */
  readonly missing: Uint32Array
  readonly work: IndexWork
}

/** The codes of members, made from what the catalog keeps of them. */
async function* codedMembers(
  catalog: Catalog,
  { domain, members, missing, work }: Missing,
): AsyncGenerator<SegmentEntry> {
  const block = domainBlock(domain)
  const most = 4 * block.offsets[block.offsets.length - 1]
  const contents = new Map(Array.from(missing, place => [members.ids[place], members.contents[place]]))
  for (let from = 0; from < missing.length; from += MODELS_A_READ) {
    throwIfCancelled(work.signal, 'index')
    const ids = Array.from(missing.subarray(from, from + MODELS_A_READ), place => members.ids[place])
    const versions = await findVersionsById(catalog.db, ids)
    const starts = await loadBlockStarts(catalog.db, ids, most)
    for (const { id, name, version, featureSlots } of versions) {
      const start = starts.get(id)
      if (!start) throw new ModelHubError('HUB_DAMAGED', `${name}@${version}: its block is missing`)
      const columns = blockColumns(domain, featureSlots)
      yield { id, content: contents.get(id)!, ...codeCandidate(block, columns, decodeWhole(start, columns)) }
    }
    const done = Math.min(missing.length, from + MODELS_A_READ)
    work.onProgress?.({ stage: 'indexing', done, total: missing.length, unit: 'models' })
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof ModelHubError && error.code === 'FILE_DAMAGED'
}

/** A file where the folder should be is told as a place that cannot be written to, too. */
function unwritable(folder: string, error: unknown): unknown {
  const fault = writeFault(error, folder)
  const inTheWay = error instanceof Error && 'code' in error && ['ENOTDIR', 'EEXIST'].includes(String(error.code))
  const message = fault instanceof Error ? fault.message : ''
  if (!inTheWay && !(fault instanceof ModelHubError && fault !== error)) return error
  return new ModelHubError('WRITE_FAILED', `index: ${message}; the engine exact needs none`, { cause: error })
}
