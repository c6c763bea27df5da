import { listDomains, type Catalog } from '../catalog/index.ts'
import { ModelHubError, throwIfCancelled } from '../common/index.ts'
import { seededRandom } from '../common/random.ts'
import { jensenShannonOfRows, jointRows, type JointRow } from '../divergence/joint-rows.ts'
import { MaskedBlock, maskedSearch, tuneJsLsh, type BoundShares, type TunedLsh } from '../retrieval/index.ts'
import type { HubIndex, IndexWork, OpenDomain } from './hub-index.ts'
import { keepLshParameters } from './lsh-parameters.ts'
import { readConsistently } from './read-consistently.ts'

const SEED = 1
const MOST_PROBES = 100
const MOST_SAMPLED = 500
const FEWEST_SAMPLED = 20
const QUERIES = 40
/** Nearest models of the hub that should be found. */
const WANTED = 10
const COARSE = [2, 4, 8, 16] as const
const EFFORTS = [10, 15, 20, 30, 50, 100, 200] as const
/** Share of the queries whose nearest models lie within what is shown as near. */
const NEAR_QUANTILE = 0.9

export interface TuneOptions extends IndexWork {
  /** Share of near models that JS-LSH must find, in (0, 1); .95 by default. */
  readonly recall?: number
  /** Neighbouring buckets that JS-LSH probes in each band, in place of bands, an integer in [0, 100]; 0 by default. */
  readonly probes?: number
}

/** What merged bins of a feature are worth. */
export interface CoarsePoint {
  readonly coarseBins: number
  /** Bytes of memory a model. */
  readonly bytes: number
  /** Share of the models left by inner products of merged bins, by their JS, and by JS of all bins. */
  readonly afterRoots: number
  readonly afterMerged: number
  readonly verified: number
}

/** What an end of the search before its bounds end it costs. */
export interface EffortPoint {
  /** Models whose codes of all bins are looked at. */
  readonly effort: number
  /** Share of the ten nearest that are found. */
  readonly recall: number
}

/** The curves of one domain. */
export interface DomainTuning {
  readonly domain: string
  readonly models: number
  /** Models of the sample; 0 where there are too few to tune by. */
  readonly sample: number
  /** JS within which a model counts as near, nats. */
  readonly threshold?: number
  readonly lsh?: TunedLsh
  readonly block?: readonly CoarsePoint[]
  readonly efforts?: readonly EffortPoint[]
}

/** What is tuned by: models under the same slots. */
type TunedDomain = Pick<OpenDomain, 'block' | 'fineCodes' | 'allowed'>

/** What was tuned. */
export interface IndexTuning {
  readonly recall: number
  /** Buckets that JS-LSH probes in each band, beside a query's own. */
  readonly probes: number
  readonly domains: readonly DomainTuning[]
}

/**
 * Measures an index on a sample of each domain and keeps the parameters of JS-LSH that it picks: see `tuneJsLsh`.
 *
 * @throws OUT_OF_RANGE for a recall that is none, or probes that cannot be
 */
export async function tuneIndex(catalog: Catalog, index: HubIndex, options: TuneOptions = {}): Promise<IndexTuning> {
  const { recall = 0.95, probes = 0, ...work } = options
  if (!(recall > 0 && recall < 1)) {
    throw new ModelHubError('OUT_OF_RANGE', `recall: expected a number between 0 and 1, got ${recall}`)
  }
  if (!Number.isInteger(probes) || probes < 0 || probes > MOST_PROBES) {
    throw new ModelHubError('OUT_OF_RANGE', `probes: expected an integer in [0, ${MOST_PROBES}], got ${probes}`)
  }
  return index.exclusively(async () => {
    const opened = await readConsistently(catalog, async revision => {
      const members = await index.members(revision)
      const records = await listDomains(catalog.db)
      const found: { readonly id: number; readonly name: string; readonly domain: OpenDomain }[] = []
      for (const { id, name } of records) {
        if (!members.domainIds.includes(id)) continue
        const domain = await index.domain(id, revision, work)
        await domain.block.rows.settle()
        found.push({ id, name, domain })
      }
      return found
    })
    const domains: DomainTuning[] = []
    for (const [done, { id, name, domain }] of opened.entries()) {
      throwIfCancelled(work.signal, 'index')
      work.onProgress?.({ stage: 'tuning', done, total: opened.length, unit: 'domains' })
      const tuned = tuneDomain(name, domain, { recall, probes })
      domains.push(tuned)
      if (!tuned.lsh) continue
      const { shape, width } = tuned.lsh.picked
      keepLshParameters(catalog.indexFolder, { [id]: { shape, width, probes } })
    }
    return { recall, probes, domains }
  })
}

/** The curves of a domain, and the parameters of JS-LSH that reach a recall of the ten nearest models there. */
export function tuneDomain(
  name: string,
  domain: TunedDomain,
  { recall, probes = 0 }: Pick<TuneOptions, 'probes'> & { readonly recall: number },
): DomainTuning {
  const models = domain.allowed.reduce((sum, one) => sum + one, 0)
  const sample = sampleOf(domain)
  if (sample.rows.length < FEWEST_SAMPLED) return { domain: name, models, sample: 0 }
  const queries = sample.rows.slice(0, QUERIES)
  const all = queries.flatMap(query => sample.rows.filter(row => row !== query).map(row => pairOf(row, query)))
  const near = queries.map(query => nearestPairs(domain, sample, query))
  const edges = near.map(pairs => Math.max(...pairs.map(({ js }) => js))).sort((a, b) => a - b)
  const threshold = edges[Math.floor(NEAR_QUANTILE * (edges.length - 1))]
  return {
    ...{ domain: name, models, sample: sample.rows.length, threshold },
    lsh: tuneJsLsh({
      near: near.flat().map(({ distance }) => distance),
      all: all.map(({ distance }) => distance),
      entries: models,
      ...{ recall, probes },
    }),
    block: COARSE.map(coarseBins => coarsePoint(sample, coarseBins)),
    efforts: effortPoints(sample),
  }
}

interface Sample {
  readonly offsets: Uint32Array
  /** The same of all: the set that most models have. */
  readonly features: Uint32Array
  readonly rows: readonly SampledModel[]
}

interface SampledModel {
  /** In the block. */
  readonly number: number
  readonly values: Float32Array
  readonly row: JointRow
}

/** Models with the commonest set of features, drawn at random; their histograms are those that the codes stand for. */
function sampleOf({ block, fineCodes, allowed }: TunedDomain): Sample {
  const { setOf } = block.rounding
  const counts = new Uint32Array(block.sets.all.length)
  for (let i = 0; i < setOf.length; i++) counts[setOf[i]] += allowed[i]
  const set = counts.indexOf(Math.max(...counts))
  const eligible = Array.from(setOf.keys()).filter(i => allowed[i] === 1 && setOf[i] === set)
  const random = seededRandom(SEED)
  for (let i = 0; i < Math.min(MOST_SAMPLED, eligible.length); i++) {
    const other = i + Math.floor(random() * (eligible.length - i))
    ;[eligible[i], eligible[other]] = [eligible[other], eligible[i]]
  }
  const { offsets } = block
  const features = block.sets.all[set]
  const rows = eligible.slice(0, MOST_SAMPLED).map(i => modelOf(i, fineCodes(i), { offsets, features }))
  return { offsets, features, rows }
}

function modelOf(
  number: number,
  codes: Uint8Array,
  { offsets, features }: Pick<Sample, 'offsets' | 'features'>,
): SampledModel {
  const values = normalised(codes, offsets)
  return { number, values, row: jointRows({ partitions: 1, offsets, values, rows: Float64Array.of(1) }, features)[0] }
}

/** The models of the whole domain that are nearest to one of the sample, which is not among them. */
function nearestPairs(domain: TunedDomain, sample: Sample, query: SampledModel): readonly Pair[] {
  const { block, fineCodes, allowed } = domain
  const other = (number: number) => modelOf(number, fineCodes(number), sample)
  const { found } = maskedSearch(
    block,
    { values: query.values, features: sample.features },
    {
      most: WANTED + 1,
      leastShared: sample.features.length,
      ...{ allowed, fineCodes },
      divergence: number => jensenShannonOfRows(other(number).row, query.row),
    },
  )
  return found.filter(({ key }) => key !== query.number).map(({ key }) => pairOf(other(key), query))
}

function normalised(codes: Uint8Array, offsets: Uint32Array): Float32Array {
  const values = Float32Array.from(codes, code => code * code)
  for (let f = 0; f + 1 < offsets.length; f++) {
    const bins = values.subarray(offsets[f], offsets[f + 1])
    const sum = bins.reduce((total, value) => total + value, 0)
    if (sum > 0) bins.forEach((value, b) => (bins[b] = value / sum))
  }
  return values
}

interface Pair {
  readonly js: number
  readonly distance: number
}

/** JS in nats, and c = ‖√P − √Q‖₂. */
function pairOf({ row: p }: SampledModel, { row: q }: SampledModel): Pair {
  let product = 0
  for (let b = 0; b < p.values.length; b++) product += Math.sqrt(p.values[b] * q.values[b])
  const distance = Math.sqrt(Math.max(1e-12, 2 * (1 - product / p.features)))
  return { js: jensenShannonOfRows(p, q), distance }
}

interface Searching {
  readonly block: MaskedBlock
  readonly search: (query: SampledModel, effort?: number) => ReturnType<typeof maskedSearch>
}

function searching({ offsets, features, rows }: Sample, coarseBins: number): Searching {
  const block = new MaskedBlock(offsets, coarseBins)
  const fine = rows.map(({ values }) => {
    const coded = block.code(values, features)
    block.append(coded)
    return coded.fine
  })
  const search = (query: SampledModel, effort?: number) =>
    maskedSearch(
      block,
      { values: query.values, features },
      {
        most: WANTED,
        effort,
        fineCodes: i => fine[i],
        divergence: i => jensenShannonOfRows(rows[i].row, query.row),
      },
    )
  return { block, search }
}

function coarsePoint(sample: Sample, coarseBins: number): CoarsePoint {
  const { block, search } = searching(sample, coarseBins)
  const answers = sample.rows.slice(0, QUERIES).map(query => search(query).bounds)
  const mean = (of: keyof BoundShares) =>
    answers.reduce((sum, bounds) => sum + bounds[of] / bounds.eligible, 0) / answers.length
  return {
    coarseBins,
    bytes: block.rows.stride + 24,
    afterRoots: mean('afterRoots'),
    afterMerged: mean('afterMerged'),
    verified: mean('afterFine'),
  }
}

function effortPoints(sample: Sample): EffortPoint[] {
  const { search } = searching(sample, 8)
  const queries = sample.rows.slice(0, QUERIES)
  const truth = queries.map(query => search(query).found.map(({ key }) => key))
  return EFFORTS.filter(effort => effort <= sample.rows.length).map(effort => {
    const shares = queries.map((query, i) => {
      const found = new Set(search(query, effort).found.map(({ key }) => key))
      return truth[i].filter(key => found.has(key)).length / truth[i].length
    })
    return { effort, recall: shares.reduce((sum, share) => sum + share, 0) / shares.length }
  })
}
