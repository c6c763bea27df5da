import { seededRandom } from '../../src/common/random.ts'
import type { KnownTarget } from '../../src/decision/index.ts'
import { gaussian } from '../../src/math/gaussian.ts'

export interface SimulatedHistory {
  readonly targets: number
  readonly candidates: number
  readonly seed: number
  /** How much of a value `fit` tells, from 0. */
  readonly signal?: number
}

/** Targets whose candidates’ values lie around what their fits say, and of which each is its own kin. */
export function simulatedHistory({ targets, candidates, seed, signal = 0.2 }: SimulatedHistory): KnownTarget[] {
  const random = seededRandom(seed)
  const normal = gaussian(seededRandom(seed + 1000))
  return Array.from({ length: targets }, (_, t): KnownTarget => {
    const level = 0.6 + 0.05 * normal()
    const fits = Array.from({ length: candidates }, () => random())
    return {
      ...{ name: `target-${t}`, kin: `target-${t}` },
      candidates: fits.map((fit, c) => ({
        name: `lab/model-${c}`,
        evidence: { fit, confidence: random(), 'source-accuracy': 0.5 + 0.4 * random() },
      })),
      values: fits.map(fit => Math.min(1, Math.max(0, level + signal * (fit - 0.5) + 0.03 * normal()))),
    }
  })
}
