import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { MaskedBlock } from '../src/retrieval/index.ts'
import type { SimulatedHub } from './simulated-hub.ts'

const MODELS_A_WRITE = 500
const BYTES_A_READ = 2 ** 26

/** An index on disk: merged codes and rounding to be read at once, all codes and exact histograms by position. */
export interface SimulatedIndex {
  readonly block: MaskedBlock
  /** The codes of all bins of a model; good until the next call. */
  fineCodes(model: number): Uint8Array
  /** The exact histograms, which a hub has in its catalog; good until the next call. */
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
export function buildIndex(hub: SimulatedHub, folder: string, { models, coarseBins }: IndexShape): BuildCost {
  const block = new MaskedBlock(hub.offsets, coarseBins)
  const features = allFeatures(hub)
  const files = FILES.map(name => openSync(join(folder, name), 'w'))
  const [coarse, fine, exact, rounding] = files
  let buildMs = 0
  for (let from = 0; from < models; from += MODELS_A_WRITE) {
    const values = Array.from({ length: Math.min(MODELS_A_WRITE, models - from) }, (_, i) => hub.model(from + i))
    const started = processorMs()
    const coded = values.map(one => block.code(one, features))
    writeSync(coarse, Buffer.concat(coded.map(one => one.coarse)))
    writeSync(fine, Buffer.concat(coded.map(one => one.fine)))
    writeSync(rounding, Float32Array.from(coded.flatMap(one => [one.coarseError, one.fineError])))
    buildMs += processorMs() - started
    writeSync(exact, Buffer.concat(values.map(({ buffer, byteLength }) => new Uint8Array(buffer, 0, byteLength))))
  }
  const sizes = files.map(file => fstatSync(file).size)
  files.forEach(closeSync)
  return { buildMs, indexBytes: sizes[0] + sizes[1] + sizes[3], catalogBytes: sizes[2] }
}

export interface IndexShape {
  readonly models: number
  readonly coarseBins: number
}

const FILES = ['coarse', 'fine', 'exact', 'rounding'] as const

/** Opens what `buildIndex` wrote: merged codes and rounding come into memory. */
export function openIndex(hub: SimulatedHub, folder: string, { models, coarseBins }: IndexShape): SimulatedIndex {
  const [coarse, fine, exact, rounding] = FILES.map(name => openSync(join(folder, name), 'r'))
  const block = new MaskedBlock(hub.offsets, coarseBins)
  block.reserve(models)
  const errors = new Float32Array(2 * models)
  readSync(rounding, errors)
  const codes = block.extend({
    setOf: new Uint32Array(models).fill(block.sets.numberOf(allFeatures(hub))),
    coarseErrors: errors.filter((_, i) => i % 2 === 0),
    fineErrors: errors.filter((_, i) => i % 2 === 1),
  })
  for (let at = 0; at < codes.length; at += BYTES_A_READ) {
    readSync(coarse, codes, at, Math.min(BYTES_A_READ, codes.length - at), at)
  }
  const width = hub.offsets[hub.offsets.length - 1]
  const [fineRow, exactRow] = [new Uint8Array(width), new Float32Array(width)]
  return {
    block,
    fineCodes: model => (readSync(fine, fineRow, 0, width, model * width), fineRow),
    exact: model => (readSync(exact, new Uint8Array(exactRow.buffer), 0, 4 * width, 4 * model * width), exactRow),
    close: () => [coarse, fine, exact, rounding].forEach(closeSync),
  }
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
