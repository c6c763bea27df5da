import { seededRandom } from '../../src/common/random.ts'
import type { PartitionBlock } from '../../src/divergence/index.ts'
import { blockOf } from '../arbitrary-partition-block.ts'

/** Partitions around a few centres, near ones and far ones: `features` histograms of `bins` bins each. */
export function neighbourhoods(
  partitions: number,
  { features, bins, seed }: { readonly features: number; readonly bins: number; readonly seed: number },
): PartitionBlock {
  const random = seededRandom(seed)
  const place = seededRandom(77)
  const centres = Array.from({ length: 5 }, () => Array.from({ length: features }, () => 0.1 + 0.8 * place()))
  return blockOf(
    Array.from({ length: partitions }, () => {
      const centre = centres[Math.floor(5 * random())]
      const spread = 0.4 * random() ** 2
      return centre.map(middle => {
        const at = (middle + spread * (random() - 0.5)) * bins
        const masses = Array.from({ length: bins }, (_, b) => Math.exp(-(((b + 0.5 - at) / 2.5) ** 2) / 2))
        const total = masses.reduce((sum, mass) => sum + mass, 0)
        return masses.map(mass => mass / total)
      })
    }),
  )
}
