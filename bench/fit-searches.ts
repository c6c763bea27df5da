import { rmSync } from 'node:fs'
import { Hub, type SearchResult } from '../src/hub/index.ts'
import { simulatedTarget, writeSimulatedCatalog } from './simulated-catalog.ts'
import type { SimulatedHub } from './simulated-hub.ts'
import { processorMs } from './simulated-index.ts'

const ROUNDS = 4

interface Times {
  readonly processorMs: number
  readonly wallMs: number
}

/** What searches by fit through the index of a hub found and took. */
export interface FitSearches {
  /** Share of the ten best by fit that they found, mean over targets. */
  readonly recall: number
  readonly p50: Times
  readonly p95: Times
  /** Mean of the models that were compared. */
  readonly compared: number
}

interface Searching {
  readonly models: number
  /** Of the targets. */
  readonly ordinals: readonly number[]
  /** Names of the ten best of each target, by comparing all. */
  readonly best: readonly (readonly string[])[]
  /** The models whose partitions are stored. */
  readonly stored: ReadonlySet<number>
  /** A search that compares more looked at models whose partitions are not stored. */
  readonly mostCompared: number
}

/** Makes a hub in a folder, searches it by fit through its index several times for each target, and removes it. */
export async function searchByFit(hub: SimulatedHub, folder: string, options: Searching): Promise<FitSearches> {
  const { models, ordinals, best, stored, mostCompared } = options
  await writeSimulatedCatalog(hub, folder, { models, parts: true, partsOf: stored })
  const targets = ordinals.map(ordinal => simulatedTarget(hub, ordinal, { models, parts: true }))
  const opened = await Hub.open(folder)
  const times: Times[] = []
  const results: SearchResult[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [t, target] of targets.entries()) {
      const [processor, wall] = [processorMs(), performance.now()]
      results[t] = await opened.search(target, { metric: 'fit', engine: 'block' })
      // The first round makes the index, reads it, and warms up.
      if (round > 0) times.push({ processorMs: processorMs() - processor, wallMs: performance.now() - wall })
    }
  }
  await opened.close()
  rmSync(folder, { recursive: true })
  if (results.some(({ engine }) => engine.compared > mostCompared)) throw new Error('a search compared too many models')
  const shares = results.map(({ results: found }, t) => {
    const names = new Set(found.map(({ model }) => model))
    return best[t].filter(name => names.has(name)).length / best[t].length
  })
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    recall: mean(shares),
    ...{ p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    compared: mean(results.map(({ engine }) => engine.compared)),
  }
}

function quantile(times: readonly Times[], share: number): Times {
  const at = (of: (one: Times) => number) =>
    times.map(of).sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))]
  return { processorMs: at(one => one.processorMs), wallMs: at(one => one.wallMs) }
}
