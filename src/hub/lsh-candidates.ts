import { throwIfCancelled } from '../common/index.ts'
import type { PartitionBlock } from '../divergence/partition-block.ts'
import {
  bandKey,
  cellsOf,
  collectBand,
  probingSequence,
  pStableHashes,
  rootDimensions,
  rootPlaces,
  sortBands,
  type MaskedQuery,
  type PStableHashes,
  type SortedBands,
} from '../retrieval/index.ts'
import { readBands, writeBands } from '../segments/index.ts'
import type { IndexWork, OpenDomain } from './hub-index.ts'
import { lshParametersOf, type LshParameters } from './lsh-parameters.ts'

/** Least share of a domain's models that must have just the features that the target has. */
const SAME_FEATURES = 0.9
const MODELS_A_TICK = 1000

/** JS-LSH of a domain. */
export interface LshLookup {
  /** Candidates for a target; undefined where the block must do, and `note` says why. */
  readonly among: (query: MaskedQuery) => Uint32Array | undefined
  readonly note: () => string | undefined
}

/**
 * The hash tables of a domain, segment by segment, made where there are none of its parameters (`modelhub index tune`).
 *
 * Signatures are of all features that a model has: they serve a target with the same ones (see jsLshIndex). The few models
 * with others are candidates always.
 *
 * @param most how many candidates are wanted at least
 */
export async function openLsh(
  folder: string,
  opened: OpenDomain,
  { most, ...work }: IndexWork & { readonly most: number },
): Promise<LshLookup> {
  const { offsets } = opened.block
  const parameters = lshParametersOf(folder, opened.segments.shape.domain)
  const hashes = pStableHashes({ dimensions: rootDimensions({ offsets }), ...parameters })
  const tables = await tablesOf(opened, { hashes, parameters, work })
  let note: string | undefined
  const among = (query: MaskedQuery): Uint32Array | undefined => {
    const own = opened.block.sets.numberOf(query.features)
    const { setOf } = opened.block.rounding
    const [same, others] = [new Set<number>(), new Set<number>()]
    let live = 0
    for (let i = 0; i < setOf.length; i++) {
      if (opened.allowed[i] === 0) continue
      live++
      if (setOf[i] !== own) others.add(i)
    }
    if (live - others.size < SAME_FEATURES * live) {
      note = 'lsh: most models have other features than the target, which its signatures cannot serve; the block did'
      return undefined
    }
    const block = blockOfCodes(offsets, query.values)
    const places = rootPlaces(hashes, block, { partition: 0, features: query.features, side: 'source' })
    for (const { first, sorted } of tables) lookUp({ sorted, first, into: same }, places, parameters)
    for (const i of others) same.add(i)
    const found = Uint32Array.from(same).filter(i => opened.allowed[i] === 1)
    if (found.length >= Math.min(most, live)) return found
    note = `lsh: ${found.length} candidates, fewer than the ${most} that are looked for; the block found the others`
    return undefined
  }
  return { among, note: () => note }
}

interface Table {
  /** Number of the segment's first dataset. */
  readonly first: number
  readonly sorted: SortedBands
}

interface Making {
  readonly hashes: PStableHashes
  readonly parameters: LshParameters
  readonly work: IndexWork
}

async function tablesOf(opened: OpenDomain, making: Making): Promise<Table[]> {
  const tables: Table[] = []
  let first = 0
  for (const { path, footer } of opened.segments.segments) {
    const { shape } = making.parameters
    const header = { key: JSON.stringify(making.parameters), bands: shape.bands, entries: footer.datasets }
    let sorted = readBands('js', path, header)
    if (!sorted) {
      const keys = await keysOf(opened, { ...making, first, count: footer.datasets })
      sorted = sortBands(keys, shape.bands)
      writeBands('js', path, header, sorted)
    }
    tables.push({ first, sorted })
    first += footer.datasets
  }
  return tables
}

async function keysOf(
  { block, fineCodes }: OpenDomain,
  { hashes, parameters, work, first, count }: Making & { readonly first: number; readonly count: number },
): Promise<Uint32Array> {
  const { shape } = parameters
  const keys = new Uint32Array(shape.bands * count)
  const { setOf } = block.rounding
  for (let i = 0; i < count; i++) {
    const values = Float32Array.from(fineCodes(first + i), code => (code / 255) ** 2)
    const features = block.sets.all[setOf[first + i]]
    const dataset = blockOfCodes(block.offsets, values)
    const cells = cellsOf(rootPlaces(hashes, dataset, { partition: 0, features, side: 'source' }))
    for (let band = 0; band < shape.bands; band++) keys[band * count + i] = bandKey(cells, band, shape)
    if (i % MODELS_A_TICK !== 0) continue
    throwIfCancelled(work.signal, 'index')
    work.onProgress?.({ stage: 'hashing', done: i, total: count, unit: 'models' })
    await new Promise(resolve => setImmediate(resolve))
  }
  return keys
}

function lookUp(
  { sorted, first, into }: { readonly sorted: SortedBands; readonly first: number; readonly into: Set<number> },
  places: Float64Array,
  { shape, probes }: LshParameters,
): void {
  const cells = cellsOf(places)
  const found = new Set<number>()
  const moved = cells.slice()
  for (let band = 0; band < shape.bands; band++) {
    const at = band * shape.values
    const collect = (of: Int32Array) => {
      collectBand(sorted, shape.bands, { band, key: bandKey(of, band, shape), into: found })
    }
    collect(cells)
    if (probes === 0) continue
    for (const moves of probingSequence(places.subarray(at, at + shape.values), probes)) {
      for (let k = 0; k < shape.values; k++) moved[at + k] = cells[at + k] + moves[k]
      collect(moved)
    }
  }
  for (const entry of found) into.add(first + entry)
}

function blockOfCodes(offsets: Uint32Array, values: ArrayLike<number>): PartitionBlock {
  const own = values instanceof Float32Array ? values : Float32Array.from(values)
  return { partitions: 1, offsets, values: own, rows: Float64Array.of(1) }
}
