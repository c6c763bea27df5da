import { loadBlockEnds, type Catalog } from '../catalog/index.ts'
import { throwIfCancelled } from '../common/index.ts'
import { bandKey, collectBand, featureBandCells, featureBands, mostMet, sortBands } from '../retrieval/index.ts'
import type { FeatureBands, SortedBands } from '../retrieval/index.ts'
import { readBands, writeBands } from '../segments/index.ts'
import { SIGNATURE_LENGTH } from '../sketch/min-hash.ts'
import type { IndexWork, OpenDomain } from './hub-index.ts'

/** Signatures read from the catalog at once. */
const MODELS_A_READ = 64

/** What is asked of the MinHash bands of a domain. */
export interface MinHashQuery {
  /** The target's signature in a slot; undefined where it lacks the slot. */
  readonly signatureOf: (slot: number) => Uint32Array | undefined
  /** 0 for models that may not be found, by number in the block. */
  readonly allowed: Uint8Array
  /** Most models to give. */
  readonly most: number
}

/**
 * The models of a domain that share most MinHash bands with a target, by number in the block, most bands first. Tables are
 * made segment by segment where there are none; a model enters those of the slots that it has.
 */
export async function minHashCandidates(
  catalog: Catalog,
  opened: OpenDomain,
  { signatureOf, allowed, most, ...work }: MinHashQuery & IndexWork,
): Promise<Uint32Array> {
  const slots = opened.domain.slots.length
  const bands = featureBands(slots, SIGNATURE_LENGTH)
  const cells = featureBandCells(bands, signatureOf)
  const met = new Uint16Array(opened.block.size)
  let first = 0
  for (const { path, footer } of opened.segments.segments) {
    const header = { key: `min-hash of ${slots} features`, bands: bands.shape.bands, entries: footer.datasets }
    let sorted = readBands('min-hash', path, header)
    if (!sorted) {
      const keys = await keysOf(catalog, opened, { bands, first, count: footer.datasets, work })
      sorted = sortBands(keys, bands.shape.bands)
      writeBands('min-hash', path, header, sorted)
    }
    countMet(met, { sorted, first, bands, cells, signatureOf })
    first += footer.datasets
  }
  for (let i = 0; i < met.length; i++) met[i] *= allowed[i]
  return mostMet(met, most)
}

interface Counting extends Pick<MinHashQuery, 'signatureOf'> {
  readonly sorted: SortedBands
  /** Number of the segment's first dataset. */
  readonly first: number
  readonly bands: FeatureBands
  readonly cells: Int32Array
}

function countMet(met: Uint16Array, { sorted, first, bands, cells, signatureOf }: Counting): void {
  const { shape, featureOf } = bands
  for (let band = 0; band < shape.bands; band++) {
    if (!signatureOf(featureOf[band])) continue
    const found = new Set<number>()
    collectBand(sorted, shape.bands, { band, key: bandKey(cells, band, shape), into: found })
    for (const entry of found) met[first + entry]++
  }
}

interface Keys {
  readonly bands: FeatureBands
  readonly first: number
  readonly count: number
  readonly work: IndexWork
}

/** Keys of the models of a segment, from the signatures in the catalog; of models that are gone, those of no features. */
async function keysOf(
  { db }: Catalog,
  { ids, block, domain }: OpenDomain,
  { bands, first, count, work }: Keys,
): Promise<Uint32Array> {
  const { shape } = bands
  const keys = new Uint32Array(shape.bands * count)
  for (let from = 0; from < count; from += MODELS_A_READ) {
    throwIfCancelled(work.signal, 'index')
    const size = Math.min(MODELS_A_READ, count - from)
    const some = Array.from(ids.subarray(first + from, first + from + size))
    const ends = await loadBlockEnds(db, some, 4 * SIGNATURE_LENGTH * domain.slots.length)
    some.forEach((id, i) => {
      const features = block.sets.all[block.rounding.setOf[first + from + i]]
      const signatures = signaturesIn(ends.get(id), features)
      const cells = featureBandCells(bands, slot => signatures.get(slot))
      for (let band = 0; band < shape.bands; band++) keys[band * count + from + i] = bandKey(cells, band, shape)
    })
    work.onProgress?.({ stage: 'hashing', done: from + size, total: count, unit: 'models' })
  }
  return keys
}

/** Signatures by slot; they end a block, in order of slot. */
function signaturesIn(end: Uint8Array | undefined, features: Uint32Array): ReadonlyMap<number, Uint32Array> {
  const bytes = 4 * SIGNATURE_LENGTH * features.length
  if (!end || end.length < bytes) return new Map()
  const all = new Uint32Array(end.slice(end.length - bytes).buffer)
  return new Map(
    Array.from(features, (slot, i) => [slot, all.subarray(i * SIGNATURE_LENGTH, (i + 1) * SIGNATURE_LENGTH)]),
  )
}
