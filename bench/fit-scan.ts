/**
 * A process that compares models of a simulated hub with targets by fit; `fit-truth.ts` starts it and sends it ranges.
 */
import { fit, sizeCorrected, type WholeAndCells } from '../src/divergence/index.ts'
import { fitBound, type FitBound } from './fit-bound.ts'
import { sharedFolder } from './shared-folder.ts'
import { simulatedTargetBlocks } from './simulated-catalog.ts'
import { simulatedHub, type SimulatedHub } from './simulated-hub.ts'
import { allFeatures } from './simulated-index.ts'

export const SEED = Number(process.env.HUB_SEED ?? 1)
export const BINS = 31

/** Models [from, to) of a hub of so many, and the ordinals of the targets. */
export interface ScanRange {
  readonly models: number
  readonly targets: readonly number[]
  readonly from: number
  readonly to: number
  /** What fit a model must have to be among the ten best of each target, as far as is known. */
  readonly least: readonly number[]
}

/** Stands for the fit of a model that a bound excludes from the ten best. */
const EXCLUDED = -1

/** For each target the models' fits and then their JS of the whole datasets, nats: shape (targets × 2 × models). */
export type Scanned = Float64Array

if (process.send) await serve()

async function serve(): Promise<void> {
  const hub = await simulatedHub(sharedFolder(), { seed: SEED, bins: BINS })
  const known = new Map<string, Compare>()
  process.on('message', (range: ScanRange) => {
    const comparers = range.targets.map(ordinal => {
      const name = `${ordinal} of ${range.models}`
      const compare = known.get(name) ?? comparerOf(hub, ordinal, range.models)
      known.set(name, compare)
      return compare
    })
    process.send!(scan(hub, comparers, range))
  })
  process.send!('ready')
}

interface Compare {
  readonly fit: (source: WholeAndCells) => number
  readonly bound: (source: WholeAndCells) => FitBound
}

function comparerOf(hub: SimulatedHub, ordinal: number, models: number): Compare {
  const shared = allFeatures(hub)
  const target = simulatedTargetBlocks(hub, ordinal, models)
  const compare = sizeCorrected(target, { shared, rowCounted: shared })
  const count = { shared: shared.length, targetFeatures: shared.length }
  return { fit: source => fit({ ...compare(source), ...count }), bound: fitBound(target, shared) }
}

function scan(hub: SimulatedHub, comparers: readonly Compare[], { from, to, least }: ScanRange): Scanned {
  const count = to - from
  const scanned = new Float64Array(2 * comparers.length * count)
  for (let i = 0; i < count; i++) {
    const source = hub.modelParts(from + i)
    comparers.forEach((compare, t) => {
      const { upper, js } = compare.bound(source)
      scanned[2 * t * count + i] = upper < least[t] ? EXCLUDED : compare.fit(source)
      scanned[(2 * t + 1) * count + i] = js
    })
  }
  return scanned
}
