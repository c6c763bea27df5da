import { closeSync, openSync, readdirSync, readSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { MaskedBlock } from '../src/retrieval/index.ts'
import { DomainSegments, type CodedDomain, type LoadedSegments, type SegmentEntry } from '../src/segments/index.ts'
import type { SimulatedHub } from './simulated-hub.ts'

const MODELS_A_WRITE = 500

/** The index of a simulated hub, as the product keeps it, and the exact histograms, which a hub has in its catalog. */
export interface SimulatedIndex extends LoadedSegments {
  readonly sizeBytes: number
  readonly segments: DomainSegments
  /** Ordinals of the models in the simulated hub, by number in the block. */
  readonly ids: Uint32Array
  /** The exact histograms; good until the next call. */
  exact(model: number): Float32Array
  close(): void
}

/** What building took, in processor milliseconds, and left on disk. */
export interface BuildCost {
  readonly buildMs: number
  readonly indexBytes: number
  readonly catalogBytes: number
}

/** Writes the index of a simulated hub, model by model; the making of the models is not counted. */
export async function buildIndex(hub: SimulatedHub, folder: string, models: number): Promise<BuildCost> {
  const exact = openSync(join(folder, EXACT), 'w')
  const segments = DomainSegments.open(folder, domainOf(hub))
  const spent = { makingMs: 0 }
  const started = processorMs()
  await segments.append(entries(hub, { models, exact, spent }))
  const buildMs = processorMs() - started - spent.makingMs
  segments.close()
  closeSync(exact)
  const sizes = readdirSync(folder).map(name => ({ name, size: statSync(join(folder, name)).size }))
  const bytesOf = (kept: (name: string) => boolean) =>
    sizes.filter(({ name }) => kept(name)).reduce((sum, { size }) => sum + size, 0)
  return { buildMs, indexBytes: bytesOf(name => name !== EXACT), catalogBytes: bytesOf(name => name === EXACT) }
}

const EXACT = 'exact'

interface Making {
  readonly models: number
  readonly exact: number
  /** What is not the index's work. */
  readonly spent: { makingMs: number }
}

async function* entries(hub: SimulatedHub, { models, exact, spent }: Making): AsyncGenerator<SegmentEntry> {
  const block = new MaskedBlock(hub.offsets)
  const features = allFeatures(hub)
  for (let from = 0; from < models; from += MODELS_A_WRITE) {
    const started = processorMs()
    const values = Array.from({ length: Math.min(MODELS_A_WRITE, models - from) }, (_, i) => hub.model(from + i))
    writeSync(exact, Buffer.concat(values.map(({ buffer, byteLength }) => new Uint8Array(buffer, 0, byteLength))))
    spent.makingMs += processorMs() - started
    for (const [i, one] of values.entries()) yield { id: from + i, content: from + i, ...block.code(one, features) }
  }
}

/** Opens what `buildIndex` wrote, as a search does: coverage of the members checked, merged codes read when asked for. */
export function openIndex(hub: SimulatedHub, folder: string, models: number): SimulatedIndex {
  const exact = openSync(join(folder, EXACT), 'r')
  const segments = DomainSegments.open(folder, domainOf(hub))
  const members = Uint32Array.from({ length: models }, (_, id) => id)
  const { missing } = segments.coverage({ ids: members, contents: members })
  if (missing.length > 0) throw new Error(`${missing.length} models are missing in the index`)
  const width = hub.offsets[hub.offsets.length - 1]
  const exactRow = new Float32Array(width)
  const ids = segments.ids
  return {
    ...segments.load(),
    sizeBytes: segments.sizeBytes,
    segments,
    ids,
    exact: model => (readSync(exact, new Uint8Array(exactRow.buffer), 0, 4 * width, 4 * ids[model] * width), exactRow),
    close: () => {
      segments.close()
      closeSync(exact)
    },
  }
}

function domainOf({ offsets }: SimulatedHub): CodedDomain {
  return { domain: 1, offsets, references: Array.from({ length: offsets.length - 1 }, (_, f) => f) }
}

/** Numbers of all features of a simulated hub. */
export function allFeatures({ offsets }: SimulatedHub): Uint32Array {
  return Uint32Array.from({ length: offsets.length - 1 }, (_, f) => f)
}

/** Processor time of this process so far, in milliseconds. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
