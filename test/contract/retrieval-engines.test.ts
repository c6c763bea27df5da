import { seededRandom } from '../../src/common/random.ts'
import { estimatedJaccard, l2OfCentres, pairwiseJensenShannon, type Vector } from '../../src/divergence/index.ts'
import {
  affinePermutations,
  jsLshIndex,
  jsLshParameters,
  l2LshIndex,
  MinHashBands,
  minHashSigner,
  pStableHashes,
  rootDimensions,
  type JointHistogram,
} from '../../src/retrieval/index.ts'
import { allFeatures } from '../arbitrary-partition-block.ts'
import { neighbourhoods } from '../retrieval/neighbourhoods.ts'
import { retrievalContract } from './retrieval-contract.ts'

const ENTRIES = 200
const QUERIES = 40

/** The entries whose value passes. */
function passing(values: readonly number[], passes: (value: number) => boolean): Map<number, number> {
  return new Map(values.map((value, key) => [key, value] as const).filter(([, value]) => passes(value)))
}

retrievalContract('MinHashBands', () => {
  const random = seededRandom(1)
  const sign = minHashSigner(affinePermutations(128, 1))
  const centres = Array.from({ length: 12 }, () => Array.from({ length: 80 }, () => random() * 2 ** 32))
  const signatures = Array.from({ length: ENTRIES }, (_, i) => {
    const kept = 0.5 + 0.5 * random()
    return sign(Uint32Array.from(centres[i % 12], one => (random() < kept ? one : random() * 2 ** 32)))
  })
  const engine = new MinHashBands<number>({ threshold: 0.5, weights: { falsePositive: 0.1, falseNegative: 0.9 } })
  signatures.forEach((signature, key) => engine.insert(key, signature))
  return {
    engine,
    entries: ENTRIES,
    queries: signatures.slice(0, QUERIES),
    oracle: query =>
      passing(
        signatures.map(other => estimatedJaccard(other, query)),
        value => value > 0.5,
      ),
    better: 'greater',
    recall: 0.98,
  }
})

for (const { space, features, bins } of [
  { space: 'joint', features: 12, bins: 16 },
  { space: 'pooled', features: 1, bins: 100 },
]) {
  for (const probes of [0, 3]) {
    retrievalContract(`JS-LSH in the ${space} space with ${probes} probes`, () => {
      const threshold = 0.05
      const block = neighbourhoods(ENTRIES, { features, bins, seed: 1 })
      const all = allFeatures(block)
      const width = features * bins
      const entries = Array.from({ length: ENTRIES }, (_, row): JointHistogram => {
        const values = block.values.slice(row * width, (row + 1) * width)
        return { block: { ...block, partitions: 1, values, rows: Float64Array.of(1) }, features: all }
      })
      const chosen = jsLshParameters({ threshold, recall: 0.9 })
      const hashes = pStableHashes({ dimensions: rootDimensions(block), ...chosen, seed: 4 })
      const engine = jsLshIndex<number>(hashes, { threshold, probes })
      entries.forEach((entry, key) => engine.insert(key, entry))
      return {
        engine,
        entries: ENTRIES,
        queries: entries.slice(0, QUERIES),
        oracle: query =>
          passing(Array.from(pairwiseJensenShannon(block, query.block, all)), value => value <= threshold),
        better: 'smaller',
        recall: probes === 0 ? 0.9 : 0.98,
      }
    })
  }
}

retrievalContract('L2-LSH', () => {
  const random = seededRandom(2)
  const centres = Array.from({ length: ENTRIES }, (): Vector => Float64Array.from({ length: 6 }, random))
  const parameters = { shape: { bands: 24, values: 4 }, width: 1.5 }
  const engine = l2LshIndex<number>(pStableHashes({ dimensions: 6, ...parameters, seed: 3 }), { threshold: 0.5 })
  centres.forEach((centre, key) => engine.insert(key, centre))
  return {
    engine,
    entries: ENTRIES,
    queries: centres.slice(0, QUERIES),
    oracle: query =>
      passing(
        centres.map(centre => l2OfCentres(centre, query)),
        value => value <= 0.5,
      ),
    better: 'smaller',
    recall: 0.99,
  }
})
