import { seededRandom } from '../../src/common/random.ts'
import { estimatedJaccard, l2OfCentres, pairwiseJensenShannon, type Vector } from '../../src/divergence/index.ts'
import { jensenShannonOfRows, jointRows } from '../../src/divergence/joint-rows.ts'
import {
  affinePermutations,
  ContainmentBands,
  jsLshIndex,
  jsLshParameters,
  l2LshIndex,
  MaskedBlock,
  maskedSearch,
  MinHashBands,
  minHashSigner,
  OverlapSearch,
  pStableHashes,
  rootDimensions,
  type JointHistogram,
  type MaskedQuery,
} from '../../src/retrieval/index.ts'
import { matchFeatures, type MatchableFeature } from '../../src/sketch/index.ts'
import { probabilityMinHash } from '../../src/sketch/min-hash.ts'
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

retrievalContract('MinHash bands for containment', () => {
  const random = seededRandom(5)
  const sign = minHashSigner(affinePermutations(128, 1))
  const pool = Array.from({ length: 10 }, () => Array.from({ length: 400 }, () => random() * 2 ** 32))
  const entries = Array.from({ length: ENTRIES }, (_, i) => {
    const elements = pool[i % 10].slice(0, 40 + Math.floor(360 * random()))
    return { signature: sign(Uint32Array.from(elements)), size: elements.length }
  })
  const weights = { falsePositive: 0.1, falseNegative: 0.9 }
  const engine = new ContainmentBands(
    entries.map((entry, key) => [key, entry] as const),
    { threshold: 0.6, weights },
  )
  const agreement = (a: Uint32Array, b: Uint32Array) => estimatedJaccard(a, b)
  return {
    engine,
    entries: ENTRIES,
    queries: entries.slice(0, QUERIES),
    oracle: query =>
      passing(
        entries.map(({ signature, size }) => {
          const [jaccard, ratio] = [agreement(signature, query.signature), size / query.size]
          return Math.min(1, ratio, (jaccard * (1 + ratio)) / (1 + jaccard))
        }),
        value => value > 0.6,
      ),
    better: 'greater',
    recall: 0.98,
  }
})

retrievalContract('MinHash bands of all features, for the overlap', () => {
  const random = seededRandom(3)
  const feature = (): MatchableFeature => {
    const from = 1000 * Math.floor(30 * random()) + Math.floor(12 * random())
    const elements = Uint32Array.from({ length: 40 }, (_, i) => Math.imul(from + i, 0x9e3779b1))
    const weights = new Float64Array(elements.length).fill(1)
    return { name: String(from), type: 'numeric', signatures: [probabilityMinHash({ elements, weights }, 0)] }
  }
  const datasets = Array.from({ length: ENTRIES }, () => Array.from({ length: 8 }, feature))
  const engine = new OverlapSearch<number>({ t1: 0.4, t2: 0.6 })
  datasets.forEach((features, key) => engine.insert(key, features))
  return {
    engine,
    entries: ENTRIES,
    queries: datasets.slice(0, QUERIES),
    oracle: query =>
      passing(
        datasets.map(other => {
          const matches = matchFeatures(query, other, { match: 'distribution', t2: 0.6 })
          return matches.filter(Boolean).length / query.length
        }),
        value => value > 0.4,
      ),
    better: 'greater',
    recall: 0.97,
  }
})

retrievalContract('the masked block, of targets with some of the features', () => {
  const most = 10
  const block = neighbourhoods(ENTRIES, { features: 12, bins: 16, seed: 1 })
  const { offsets } = block
  const width = 12 * 16
  const coded = new MaskedBlock(offsets)
  const fine: Uint8Array[] = []
  const rows = Array.from({ length: ENTRIES }, (_, row) => block.values.slice(row * width, (row + 1) * width))
  for (const values of rows) {
    const one = coded.code(values, allFeatures(block))
    coded.append(one)
    fine.push(one.fine)
  }
  const rowOf = (values: Float32Array, features: Uint32Array) =>
    jointRows({ partitions: 1, offsets, values, rows: Float64Array.of(1) }, features)[0]
  const divergenceFrom = ({ values, features }: MaskedQuery) => {
    const own = rowOf(Float32Array.from(values), features)
    return (i: number) => jensenShannonOfRows(rowOf(rows[i], features), own)
  }
  return {
    engine: {
      size: ENTRIES,
      query: (query: MaskedQuery) =>
        maskedSearch(coded, query, { most, fineCodes: i => fine[i], divergence: divergenceFrom(query) }),
    },
    entries: ENTRIES,
    queries: rows.slice(0, QUERIES).map((row, i): MaskedQuery => {
      const features = allFeatures(block).filter(f => (f + i) % 4 !== 0)
      const values = new Float32Array(width)
      for (const f of features) values.set(row.subarray(offsets[f], offsets[f + 1]), offsets[f])
      return { values, features }
    }),
    oracle: query => {
      const values = rows.map((_, i) => divergenceFrom(query)(i))
      const last = [...values].sort((a, b) => a - b)[most - 1]
      return passing(values, value => value <= last)
    },
    better: 'smaller',
    recall: 1,
  }
})
