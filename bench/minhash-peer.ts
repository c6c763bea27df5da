/**
 * How fast are MinHash signatures and bands beside datasketch, in one run on the same sets?
 *
 *   tsx bench/minhash-peer.ts
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { seededRandom } from '../src/common/random.ts'
import { affineMinHash, affinePermutations, MinHashBands, minHashSigner } from '../src/retrieval/index.ts'
import { plainProbabilityMinHash, probabilityMinHash } from '../src/sketch/min-hash.ts'
import { bestOf } from './best-of.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult } from './record-result.ts'
import { runPeer } from './run-peer.ts'

const COUNT = 20_000
const SIZE = 256
/** Sets around one centre: only they have elements in common. */
const NEIGHBOURS = 50
const QUERIES = 2000
const THRESHOLD = 0.5
const ROUNDS = 5
const PLAIN_SETS = 2000
/** Elements of a weighted set: values of a feature on the lattice. */
const WEIGHTED = 400

interface Peer {
  readonly peer: string
  readonly bands: [number, number]
  /** Seconds. */
  readonly sign: number
  readonly bulk: number
  readonly insert: number
  readonly ask: number
  readonly verify: number
  readonly found: number[][]
  readonly checksum: number
}

const startedAt = performance.now()
const scratch = mkdtempSync(join(tmpdir(), 'bench-minhash-'))
const permutations = affinePermutations(128, 1)

try {
  const sets = makeSets()
  const file = join(scratch, 'sets')
  writeFileSync(file, Buffer.concat(sets.map(({ buffer }) => new Uint8Array(buffer as ArrayBuffer))))
  const signer = minHashSigner(permutations)
  const [sign, signatures] = bestOf(ROUNDS, () => sets.map(signer))
  const [plain] = bestOf(ROUNDS, () => sets.slice(0, PLAIN_SETS).map(set => affineMinHash(permutations, set)))
  const [insert, bands] = bestOf(ROUNDS, () => {
    const index = new MinHashBands<number>({ threshold: THRESHOLD, shape: { bands: 25, values: 5 } })
    signatures.forEach((signature, key) => index.insert(key, signature))
    return index
  })
  const asked = signatures.slice(0, QUERIES)
  const [ask, found] = bestOf(ROUNDS, () => asked.map(signature => bands.candidates(signature)))
  const [verify, verified] = bestOf(ROUNDS, () =>
    asked.map(signature => bands.query(signature).found.map(({ key }) => key)),
  )
  const peer = runPeer<Peer>('min-hash.py', [file, COUNT, SIZE, QUERIES, THRESHOLD, ROUNDS].map(String))
  requireSame(peer, signatures, found)
  const truth = asked.map((_, query) => trueNeighbours(sets, query))
  const quality = {
    candidates: qualityOf(found, truth),
    'candidates of datasketch': qualityOf(peer.found, truth),
    verified: qualityOf(verified, truth),
  }
  const weighted = weightedSeconds()
  const recallRatio = quality.candidates.recall / quality['candidates of datasketch'].recall
  const ratios = {
    signatures: Math.min(peer.sign, peer.bulk) / sign,
    queries: peer.ask / ask,
    insertions: peer.insert / insert,
    verifiedQueries: peer.verify / verify,
  }
  const row = (name: string, ours: number, theirs: number, of: number) => {
    const rate = (seconds: number) => Math.round(of / seconds).toLocaleString('en')
    return [name, rate(ours), rate(theirs), `${(theirs / ours).toFixed(1)}×`]
  }
  recordResult({
    name: 'minhash-peer',
    question: 'How fast are MinHash signatures and bands beside datasketch?',
    command: 'npm run bench:minhash-peer',
    startedAt,
    bars: [
      { name: 'signatures/s over the peer’s best', value: ratios.signatures, bar: 5, must: 'atLeast' },
      { name: 'queries/s over the peer’s', value: ratios.queries, bar: 2, must: 'atLeast' },
      { name: 'recall over the peer’s', value: recallRatio, bar: 1, must: 'atLeast' },
    ],
    markdown: [
      `${COUNT.toLocaleString('en')} sets of ${SIZE} hashes, 128 permutations, ${peer.bands.join(' bands of ')} values for a Jaccard of ${THRESHOLD}; one thread each, the best of ${ROUNDS}. Peer: ${peer.peer}.`,
      markdownTable(
        ['per second', 'ours', 'datasketch', 'ratio'],
        [
          row('signatures (peer one by one)', sign, peer.sign, COUNT),
          row('signatures (peer in bulk)', sign, peer.bulk, COUNT),
          row('insertions', insert, peer.insert, COUNT),
          row('queries, candidates alone', ask, peer.ask, QUERIES),
          row('queries, verified on the whole signature', verify, peer.verify, QUERIES),
        ],
      ),
      `Plain TypeScript signs ${Math.round(PLAIN_SETS / plain).toLocaleString('en')} sets/s: WebAssembly SIMD is ${(plain / PLAIN_SETS / (sign / COUNT)).toFixed(0)} times as fast, bit for bit equal.`,
      markdownTable(
        ['against the exact Jaccard', 'recall', 'precision'],
        Object.entries(quality).map(([name, { recall, precision }]) => [name, recall.toFixed(4), precision.toFixed(4)]),
      ),
      `P-MinHash of ${WEIGHTED} weighted elements, as sketches have it: ${perSecond(weighted.plain)} signatures/s in plain TypeScript, ${perSecond(weighted.simd)} in WebAssembly SIMD (${(weighted.plain / weighted.simd).toFixed(1)}×), bit for bit equal.`,
      'Signatures (by checksum) and candidates of every query are equal on both sides, so recall and precision are too.',
    ].join('\n\n'),
    figures: {
      ratios,
      weighted,
      ours: { sign, insert, ask, verify, plainSignOfSome: plain, plainSets: PLAIN_SETS },
      peer: { ...peer, found: undefined },
      quality,
    },
  })
} finally {
  rmSync(scratch, { recursive: true })
}

/** Seconds per P-MinHash signature, both ways. */
function weightedSeconds(): { readonly plain: number; readonly simd: number } {
  const elements = Uint32Array.from({ length: WEIGHTED }, (_, i) => Math.imul(i + 1, 0x9e3779b1))
  const set = { elements, weights: Float64Array.from(elements, element => 1 + (element % 50)) }
  const seeds = Array.from({ length: 200 }, (_, seed) => seed)
  const seconds = (sign: typeof probabilityMinHash) =>
    bestOf(ROUNDS, () => seeds.map(seed => sign(set, seed)))[0] / seeds.length
  return { plain: seconds(plainProbabilityMinHash), simd: seconds(probabilityMinHash) }
}

function perSecond(seconds: number): string {
  return Math.round(1 / seconds).toLocaleString('en')
}

/** Sets that keep from 40 % to all of their centre's elements, the rest their own. */
function makeSets(): Uint32Array[] {
  const random = seededRandom(11)
  const element = () => Math.floor(random() * 2 ** 32)
  let centre: number[] = []
  return Array.from({ length: COUNT }, (_, i) => {
    if (i % NEIGHBOURS === 0) centre = Array.from({ length: SIZE }, element)
    const kept = 0.4 + 0.6 * random()
    return Uint32Array.from(centre, one => (random() < kept ? one : element()))
  })
}

/** Ends the benchmark unless both sides made the same signatures and found the same candidates. */
function requireSame(peer: Peer, signatures: readonly Uint32Array[], found: readonly number[][]): void {
  const checksum = signatures.reduce((sum, { buffer }) => crc32(new Uint8Array(buffer), sum), 0)
  if (checksum !== peer.checksum) throw new Error('signatures differ from those of datasketch')
  found.forEach((keys, query) => {
    const ours = [...keys].sort((a, b) => a - b).join()
    if (ours !== peer.found[query].join()) throw new Error(`query ${query}: candidates differ from those of datasketch`)
  })
}

/** Those whose Jaccard similarity is above the threshold; sets of other centres share nothing to speak of. */
function trueNeighbours(sets: readonly Uint32Array[], query: number): Set<number> {
  const first = query - (query % NEIGHBOURS)
  const own = new Set(sets[query])
  const near = Array.from({ length: NEIGHBOURS }, (_, i) => first + i).filter(other => {
    const shared = sets[other].reduce((sum, element) => sum + Number(own.has(element)), 0)
    return shared / (2 * SIZE - shared) > THRESHOLD
  })
  return new Set(near)
}

function qualityOf(found: readonly number[][], truth: readonly Set<number>[]): { recall: number; precision: number } {
  let [met, given, expected] = [0, 0, 0]
  found.forEach((keys, query) => {
    met += keys.filter(key => truth[query].has(key)).length
    given += keys.length
    expected += truth[query].size
  })
  return { recall: met / expected, precision: met / given }
}
