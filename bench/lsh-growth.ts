import { openLsh } from '../src/hub/lsh-candidates.ts'
import { keepLshParameters } from '../src/hub/lsh-parameters.ts'
import { tuneDomain } from '../src/hub/tune-index.ts'
import { maskedSearch, type MaskedRetrieval } from '../src/retrieval/index.ts'
import { allFeatures, processorMs, type SimulatedIndex } from './simulated-index.ts'
import type { SimulatedHub } from './simulated-hub.ts'

const TOP = 10
const RECALL = 0.95
/** The domain of a simulated index. */
const DOMAIN = '1'

/** What JS-LSH costs in one hub. */
export interface LshCost {
  readonly values: number
  readonly bands: number
  readonly width: number
  /** Models whose codes were looked at, mean over the targets. */
  readonly candidates: number
  /** Of the ten nearest. */
  readonly recall: number
  readonly processorMs: number
  readonly tablesMs: number
}

export interface LshTargets {
  readonly folder: string
  readonly targets: readonly Float32Array[]
  /** What the exact search found for each of them. */
  readonly exact: readonly MaskedRetrieval[]
  /** The exact divergence of a model from a target, nats. */
  readonly divergence: (model: number, target: Float32Array) => number
}

/** Tunes JS-LSH for the hub as `index tune` does, makes its tables, and asks them for the nearest models. */
export async function lshCost(
  hub: SimulatedHub,
  index: SimulatedIndex,
  { folder, targets, exact, divergence }: LshTargets,
): Promise<LshCost> {
  const allowed = new Uint8Array(index.block.size).fill(1)
  const opened = { ...index, domain: hub.domain, allowed, rows: index.ids }
  const { picked } = tuneDomain(DOMAIN, opened, { recall: RECALL }).lsh!
  keepLshParameters(folder, { [DOMAIN]: { shape: picked.shape, width: picked.width, probes: 0 } })
  const began = processorMs()
  const { among } = await openLsh(folder, opened, { most: 1 })
  const tablesMs = processorMs() - began
  const features = allFeatures(hub)
  const asked = targets.map((values, i) => {
    const started = processorMs()
    const candidates = among({ values, features }) ?? new Uint32Array(0)
    const { found } = maskedSearch(
      index.block,
      { values, features },
      {
        ...{ most: TOP, among: candidates, fineCodes: index.fineCodes },
        divergence: model => divergence(model, values),
      },
    )
    const spent = processorMs() - started
    const keys = new Set(found.map(({ key }) => key))
    const truth = exact[i].found
    return {
      spent,
      candidates: candidates.length,
      recall: truth.filter(({ key }) => keys.has(key)).length / truth.length,
    }
  })
  const mean = (of: (one: (typeof asked)[number]) => number) =>
    asked.reduce((sum, one) => sum + of(one), 0) / asked.length
  return {
    ...picked.shape,
    width: picked.width,
    candidates: mean(one => one.candidates),
    recall: mean(one => one.recall),
    processorMs: mean(one => one.spent),
    tablesMs,
  }
}
