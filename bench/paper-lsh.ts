/**
 * The paper's Fig. 3, 4 and 5 and Table 1 on the 111 sensor tables: how fast, precise and complete is JS-LSH?
 *
 *   tsx bench/paper-lsh.ts
 */
import { recallAt, type PStableParameters } from '../src/retrieval/index.ts'
import { adaptivityLatencies } from './adaptivity-latency.ts'
import { dynamicOverlap, JOINT_PARAMETERS, jointBlock, storedBytes } from './dynamic-overlap.ts'
import { readHarTables } from './har-tables.ts'
import { markdownTable } from './markdown-table.ts'
import { measureLatencies } from './measure-latencies.ts'
import {
  allDivergences,
  lshQuality,
  PAPER,
  pooled,
  pooledRows,
  pooledSketch,
  queryLatencies,
  THRESHOLD,
  type LshQuality,
} from './pooled-lsh.ts'
import { recordResult } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'

const BINS = [20, 50, 100, 200, 400]
const WIDTHS = [0.4, 0.7, 1, 1.3, 1.6, 2, 3]
const VALUES = [3, 5, 7, 9, 11, 13, 16, 20]
const BANDS = [1, 5, 10, 20, 30, 46, 70, 100]
const PROBES = [1, 4, 16]

const startedAt = performance.now()
const tables = await readHarTables(sharedFolder())
const stored = tables.map(({ paper }) => pooledSketch(paper))
const divergences = allDivergences(stored)
const pairs = stored.length * (stored.length - 1)
const truePairs = (divergences.filter(js => js <= THRESHOLD).length - stored.length) / pairs

const latencies = queryLatencies(tables)
const quality = lshQuality(stored, PAPER)
const curves = fourCurves()
const probes = PROBES.map(count => {
  const parameters = { ...PAPER, shape: { ...PAPER.shape, bands: 8 } }
  return { probes: count, ...lshQuality(stored, parameters, { probes: count }) }
})
const measures = measureLatencies(tables)
const adaptivities = adaptivityLatencies(tables.filter(({ id }) => id.startsWith('dsads')))
const block = jointBlock(tables)
const ways = dynamicOverlap(block)
const bytes = storedBytes(block)
const { worst, best } = recallAt(THRESHOLD, PAPER)
const likePaper = latencies.pairwiseRows / latencies.lshAtQueryTime

recordResult({
  name: 'paper-lsh',
  question: 'How fast, precise and complete is JS-LSH on the sensor tables, beside the 2020 paper?',
  command: 'npm run bench:paper-lsh',
  startedAt,
  bars: [
    { name: 'recall of true pairs, mean over five seeds', value: quality.recall, bar: 0.93, must: 'atLeast' },
    { name: 'precision after verification', value: quality.precision, bar: 1, must: 'atLeast' },
    {
      name: 'speed-up over histograms recomputed per pair, stored sketches hashed at query time',
      value: likePaper,
      bar: 5,
      must: 'atLeast',
    },
    {
      name: 'speed-up from stored sketches, pooled per pair',
      value: latencies.pairwiseStored / latencies.lshPrecomputed,
      bar: 5,
      must: 'atLeast',
    },
    {
      name: 'speed-up from stored pooled histograms',
      value: latencies.pairwisePooled / latencies.lshPrecomputed,
      bar: 1,
      must: 'atLeast',
    },
  ],
  markdown: [fig3(), fig4(), table1(), fig5(), overlapTable()].join('\n\n'),
  figures: { truePairs, latencies, quality, curves, probes, measures, adaptivities, ways, bytes },
})

/** Each parameter over its range, the others the paper's. */
function fourCurves(): { readonly parameter: string; readonly value: number; readonly quality: LshQuality }[] {
  const point = (parameter: string, value: number, parameters: PStableParameters) => {
    return { parameter, value, quality: lshQuality(stored, parameters, { seeds: 3 }) }
  }
  return [
    ...WIDTHS.map(width => point('r', width, { ...PAPER, width })),
    ...VALUES.map(values => point('K', values, { ...PAPER, shape: { ...PAPER.shape, values } })),
    ...BANDS.map(bands => point('L', bands, { ...PAPER, shape: { ...PAPER.shape, bands } })),
    ...BINS.map(bins => {
      const histograms = tables.map(table => pooled(pooledRows(table, bins)))
      return { parameter: 'bins', value: bins, quality: lshQuality(histograms, PAPER, { seeds: 3 }) }
    }),
  ]
}

function fig3(): string {
  const row = (how: string, pairwise: number, lsh: number) => [
    how,
    pairwise.toFixed(3),
    lsh.toFixed(3),
    `${(pairwise / lsh).toFixed(1)}×`,
  ]
  const share = (value: number) => `${(100 * value).toFixed(1)} %`
  return [
    `Fig. 3: ${tables.length} tables, truth JS ≤ ${THRESHOLD} in the pooled space (${share(truePairs)} of all pairs), 100 bins, r = 1.3, K = 11, L = 46. Milliseconds per query:`,
    markdownTable(
      ['', 'pair-wise', 'JS-LSH', 'speed-up'],
      [
        ['paper (162 tables)', '–', '–', '5×'],
        row(
          'histograms recomputed per pair; stored sketches hashed at query time',
          latencies.pairwiseRows,
          latencies.lshAtQueryTime,
        ),
        row(
          'histograms recomputed per pair; sources in tables before',
          latencies.pairwiseRows,
          latencies.lshRowsPrecomputed,
        ),
        row('the same, sources hashed at query time too', latencies.pairwiseRows, latencies.lshRowsAtQueryTime),
        row(
          'stored sketches, pooled per pair; sources in tables before',
          latencies.pairwiseStored,
          latencies.lshPrecomputed,
        ),
        row('the same, sources hashed at query time too', latencies.pairwiseStored, latencies.lshAtQueryTime),
        row('stored pooled histograms; sources in tables before', latencies.pairwisePooled, latencies.lshPrecomputed),
        row('the same, candidates not verified', latencies.pairwisePooled, latencies.lshUnverified),
      ],
    ),
    markdownTable(
      ['', 'recall', 'precision of candidates', 'precision verified', 'pairs compared'],
      [
        ['paper', '> 93 %', '100 %', '–', '–'],
        [
          'measured',
          share(quality.recall),
          share(quality.candidatePrecision),
          share(quality.precision),
          share(quality.compared),
        ],
        ['by the collision formula', share(quality.predictedRecall), '–', '–', '–'],
      ],
    ),
    `At JS = ${THRESHOLD} itself the formula gives ${share(worst)} at the worst distance and ${share(best)} at the best.`,
  ].join('\n\n')
}

function fig4(): string {
  const row = (name: string, { recall, predictedRecall, candidatePrecision, compared, msPerQuery }: LshQuality) => [
    name,
    ...[recall, predictedRecall, candidatePrecision, compared, msPerQuery].map(value => value.toFixed(3)),
  ]
  const head = ['', 'recall', 'by formula', 'precision of candidates', 'compared', 'ms per query']
  return [
    'Fig. 4: one parameter varied, the others r = 1.3, K = 11, L = 46 and 100 bins (three seeds):',
    markdownTable(
      head,
      curves.map(({ parameter, value, quality: found }) => row(`${parameter} = ${value}`, found)),
    ),
    'Multi-probe instead of tables, L = 8 (the formula knows no probes):',
    markdownTable(
      head,
      probes.map(one => row(`${one.probes} probes a band`, one)),
    ),
  ].join('\n\n')
}

function table1(): string {
  const paper: Record<string, string> = { Jaccard: '379 s', KL: '29 s', JS: '87 s', MMD: '6451 s' }
  return [
    `Table 1: milliseconds of one query against ${tables.length} tables (${measures.queries} queries), ours from stored sketches; peers: ${measures.peer}, one thread. The paper's are for its whole workload.`,
    markdownTable(
      ['', 'ours', 'peer', 'ratio', 'paper', 'peer'],
      measures.rows.map(({ measure, ours, peer, peerHow }) => {
        return [
          measure,
          ours.toFixed(3),
          peer.toFixed(2),
          `${(peer / ours).toFixed(0)}×`,
          paper[measure] ?? '–',
          peerHow,
        ]
      }),
    ),
  ].join('\n\n')
}

function fig5(): string {
  return [
    'Fig. 5: latency of adaptivity over that of JS of the whole, by rows of a partition (40 DSADS tables, t = .005, pooled space, stored histograms). The paper has 1.7 to 3 at 500:',
    markdownTable(
      [
        'rows',
        'partitions',
        'pair-wise',
        'JS-LSH at query time',
        'JS-LSH, stored signatures',
        'adaptivity exact',
        'verified',
        'estimated',
      ],
      adaptivities.map(one => [
        String(one.partitionRows),
        one.partitions.toFixed(1),
        ...[one.exactOverJs, one.lshOverJs, one.lshStoredOverJs].map(ratio => ratio.toFixed(2)),
        ...[one.meanExact, one.meanVerified, one.meanEstimated].map(value => value.toFixed(3)),
      ]),
    ),
  ].join('\n\n')
}

function overlapTable(): string {
  const { threshold, recall, mostHashes } = JOINT_PARAMETERS
  return [
    `Dynamic overlap in the joint space: whole tables, JS ≤ ${threshold}, (K, L, r) for a recall of ${recall} with ${mostHashes} hashes:`,
    markdownTable(
      ['way', 'features', 'ms per query', 'recall', 'compared'],
      ways.map(({ way, features, msPerQuery, recall: found, compared }) => {
        return [way, String(features), msPerQuery.toFixed(2), found.toFixed(3), compared.toFixed(3)]
      }),
    ),
    `Stored per dataset: √P ${bytes.roots} bytes, signatures of (b) ${bytes.signatures}, projections of (c) ${bytes.projections}.`,
  ].join('\n\n')
}
