/**
 * How fast are the scores of `modelhub rank` and a whole ranking, beside scikit-learn, NumPy and onnxruntime for Python?
 *
 *   MODELHUB_PYTHON=python npm run bench:rank-speed     (packages: bench/peers/requirements.txt)
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../src/common/random.ts'
import { ortEngine } from '../src/inference/index.ts'
import type { Embeddings, Points } from '../src/math/embeddings.ts'
import { parseModelCard, renderCard } from '../src/model/index.ts'
import type { RankCandidate } from '../src/rank/index.ts'
import { NpyWriter } from '../src/tensors/index.ts'
import { logME, principalComponents, silhouette } from '../src/transferability/index.ts'
import { markdownTable } from './markdown-table.ts'
import { GREY, prepareDigits, runZooModel } from './neuralrank-runs.ts'
import { boundReport, processorTimes, rankingBound, type RankingBound } from './ranking-bound.ts'
import { rankingPieces } from './ranking-pieces.ts'
import { recordResult, type Bar } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'

const NINE = ['M10', 'M04', 'M59', 'F10', 'F04', 'F59', 'C10', 'C04', 'C59']
const RUNS = 3
/** Images that a ranking is of, unless another number is given. */
const IMAGES = Number(process.argv[2] ?? 10_000)

interface Peer {
  readonly versions: Readonly<Record<string, string>>
  readonly silhouette: { readonly seconds: number; readonly value: number }
  readonly pca: { readonly full: number; readonly randomised: number }
  readonly logme: { readonly seconds: number; readonly value: number }
  readonly inference: number
}

const startedAt = performance.now()
const shared = sharedFolder()
const zoo = join(shared, 'zoo/neuralrank')
const fashion = join(shared, 'data/fashion-mnist/t10k-images-idx3-ubyte.gz')
const scratch = mkdtempSync(join(tmpdir(), 'bench-rank-'))
const engine = ortEngine()

try {
  const points = clusters(10_000)
  const before = processorTimes()
  const digits = await prepareDigits('Fashion', fashion, { folder: join(scratch, 'fashion'), rows: IMAGES })
  const preparing = processorTimes().own - before.own
  const model = { id: 'F10', file: join(zoo, 'F10.onnx'), labels: [], sourceAccuracy: 0, parameters: 0 }
  const { embeddings } = await runZooModel(model, digits, { folder: join(scratch, 'F10'), layers: ['dense'] })
  const layer = embeddings!
  await write('points.npy', points.points)
  await write('points-classes.npy', asColumn(points.classes))
  await write('layer.npy', layer)
  await write('layer-classes.npy', asColumn(digits.classOf))
  await write('images.npy', digits.pixels, [1, 28, 28])
  const own = await ownTimes(points, layer, digits.classOf)
  const ranking = await wholeRanking()
  const run = { model: model.file, inputs: digits.prepared, scores: 'logits', layers: ['dense'] }
  const pieces = await rankingPieces(run, layer, scratch)
  const peer = peerTimes()
  const bound = await rankingBound(join(scratch, 'images.npy'), NINE.map(onnxFile))
  recordResult({
    name: 'rank-speed',
    question: `How fast are the scores of modelhub rank, and a whole ranking of ${IMAGES} images?`,
    command: `npm run bench:rank-speed${IMAGES === 10_000 ? '' : ` -- ${IMAGES}`}`,
    startedAt,
    bars: barsOf(own, { ranking, peer, bound }),
    markdown: [
      report(own, ranking, peer),
      boundReport(bound, { ...ranking, preparing, pieces }, { peer: peer.inference, models: NINE.length }),
    ].join('\n\n'),
    figures: { images: IMAGES, own, ranking, preparing, pieces, peer, bound },
  })
} finally {
  await engine.close()
  rmSync(scratch, { recursive: true })
}

type Own = Awaited<ReturnType<typeof ownTimes>>
type Ranked = Awaited<ReturnType<typeof wholeRanking>>

async function ownTimes(points: ReturnType<typeof clusters>, layer: Embeddings, classes: Int32Array) {
  const many = clusters(100_000)
  return {
    silhouette: await timed(() => silhouette(points.points, points.classes)),
    silhouetteOfMany: await timed(() => silhouette(many.points, many.classes)),
    pca: await timed(async () => (await principalComponents(layer, 10, { engine })).explainedVariance[0]),
    logme: await timed(() => logME(layer, classes, { engine })),
  }
}

/** `rank` over nine models, from the images to the ranking, as it is built: workers start from what is installed. */
async function wholeRanking() {
  const built = new URL('../dist/rank/index.js', import.meta.url).href
  const { rankModels } = (await import(built)) as typeof import('../src/rank/index.ts')
  const before = processorTimes()
  const began = performance.now()
  const options = { scratch: join(scratch, 'rank'), sample: IMAGES, work: { engine } }
  const { ranked, failed, by, leftOut } = await rankModels(NINE.map(candidate), [fashion], options)
  const seconds = (performance.now() - began) / 1000
  const after = processorTimes()
  const [ownSeconds, workerSeconds] = [after.own - before.own, after.ended - before.ended]
  if (failed.length > 0) throw new Error(failed[0].reason)
  const ofModels = ranked.reduce((sum, { secondsInRuntime }) => sum + secondsInRuntime, 0)
  const inRuntime = secondsCovered(ranked.flatMap(({ runtimeSpans }) => runtimeSpans))
  const computed = [...ranked[0].scores.keys()]
  return { seconds, ownSeconds, workerSeconds, inRuntime, ofModels, by, computed, leftOut }
}

/** Wall clock that is covered by at least one span, seconds. */
function secondsCovered(spans: readonly (readonly [fromMs: number, toMs: number])[]): number {
  let covered = 0
  let end = -Infinity
  for (const [from, to] of [...spans].sort(([a], [b]) => a - b)) {
    covered += Math.max(0, to - Math.max(from, end))
    end = Math.max(end, to)
  }
  return covered / 1000
}

function candidate(id: string): RankCandidate {
  const front = {
    modelhub: {
      name: `zoo/${id}`,
      input: GREY,
      output: { kind: 'logits' as const },
      labels: id.endsWith('10') ? Array.from('0123456789') : Array.from('01234'),
    },
  }
  const onnxPath = onnxFile(id)
  return {
    ...{ name: `zoo/${id}`, version: 1, sha256: id, folder: dirname(onnxPath), onnxPath, embedding: 'dense' },
    card: parseModelCard(renderCard(front, '')),
    ...{ sizeBytes: readFileSync(onnxPath).length, license: null, sourceAccuracy: null },
  }
}

function onnxFile(id: string): string {
  return join(zoo, `${id}.onnx`)
}

function peerTimes(): Peer {
  const script = fileURLToPath(new URL('peers/rank_speed.py', import.meta.url))
  const files = NINE.map(onnxFile)
  const python = process.env.MODELHUB_PYTHON ?? 'python3'
  return JSON.parse(execFileSync(python, [script, scratch, ...files], { encoding: 'utf8' })) as Peer
}

interface Measured {
  readonly ranking: Ranked
  readonly peer: Peer
  readonly bound: RankingBound
}

function barsOf(own: Own, { ranking: { seconds, inRuntime }, peer, bound }: Measured): Bar[] {
  const faster = (name: string, value: number, bar: number): Bar => ({ name, value, bar, must: 'atLeast' })
  const slower = (name: string, value: number, bar: number): Bar => ({ name, value, bar, must: 'atMost' })
  return [
    faster(
      'silhouette of 10,000, times as fast as scikit-learn',
      peer.silhouette.seconds / own.silhouette.seconds,
      100,
    ),
    slower('PCA of the layer, time over that of scikit-learn, full', own.pca.seconds / peer.pca.full, 1.5),
    slower('PCA of the layer, time over that of scikit-learn, randomised', own.pca.seconds / peer.pca.randomised, 1.5),
    slower('LogME, time over that of NumPy', own.logme.seconds / peer.logme.seconds, 1),
    faster('ranking of nine models, share of the time in which a model is inside inference', inRuntime / seconds, 0.85),
    faster('images a second of the whole ranking over those of onnxruntime for Python', peer.inference / seconds, 1),
    faster(
      'images a second of bare inference, as workers call it, over those of onnxruntime for Python',
      peer.inference / bound.allThreads.seconds,
      1,
    ),
  ]
}

function report(own: Own, ranking: Ranked, peer: Peer): string {
  const { seconds, inRuntime, ofModels, by, computed, leftOut } = ranking
  const images = (time: number) => Math.round((NINE.length * IMAGES) / time).toLocaleString('en')
  const s = (time: number) => `${time.toPrecision(3)} s`
  const rows = [
    ['silhouette, 10,000 × 10, 10 classes', s(own.silhouette.seconds), `scikit-learn ${s(peer.silhouette.seconds)}`],
    ['silhouette, 100,000 × 10, 10 classes', s(own.silhouetteOfMany.seconds), 'not run'],
    [
      ...[`PCA, ${IMAGES} × 1,024 to 10`, s(own.pca.seconds)],
      `scikit-learn full ${s(peer.pca.full)}, randomised ${s(peer.pca.randomised)}`,
    ],
    [`LogME, ${IMAGES} × 1,024, 10 classes`, s(own.logme.seconds), `NumPy ${s(peer.logme.seconds)}`],
    [
      ...['nine models, wall clock with one inside inference', `${s(inRuntime)}, ${images(inRuntime)} images/s`],
      `onnxruntime for Python ${s(peer.inference)}, ${images(peer.inference)} images/s`,
    ],
    ['the same, added up over models that run at a time', s(ofModels), ''],
    ['the whole ranking', `${s(seconds)}, ${images(seconds)} images/s`, ''],
  ]
  const versions = Object.entries(peer.versions).map(([name, version]) => `${name} ${version}`)
  return [
    markdownTable(['', 'ModelHub', 'peer'], rows),
    `Silhouettes: ${own.silhouette.value.toFixed(8)} here, ${peer.silhouette.value.toFixed(8)} by scikit-learn. LogME: ` +
      `${own.logme.value.toFixed(6)} and ${peer.logme.value.toFixed(6)}. Layer and images are those of F10 on ${IMAGES} of Fashion's ` +
      `test images. The ranking is by ${by.join(', ')} and computes ${computed.join(', ')}; ` +
      `left out as dear: ${leftOut.join(', ')}. Its models run in processes apart, as many at a time as there are cores; ` +
      `meanwhile the next one is opened and the one before scored, which lengthens the time inside inference; the peer runs them one after the other, each on all cores, and computes logits alone. Peers: ${versions.join(', ')}, one after the other with ours.`,
  ].join('\n\n')
}

async function timed(work: () => number | Promise<number>): Promise<{ seconds: number; value: number }> {
  const times: number[] = []
  let value = NaN
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now()
    value = await work()
    times.push((performance.now() - began) / 1000)
  }
  return { seconds: times.sort((a, b) => a - b)[Math.floor(RUNS / 2)], value }
}

/** Ten overlapping clusters in ten dimensions. */
function clusters(rows: number): { readonly points: Points; readonly classes: Int32Array } {
  const random = seededRandom(7)
  const classes = Int32Array.from({ length: rows }, (_, i) => i % 10)
  const values = new Float64Array(rows * 10)
  classes.forEach((label, i) => {
    for (let d = 0; d < 10; d++) values[10 * i + d] = random() - 0.5 + (d === label ? 0.5 : 0)
  })
  return { points: { rows, dimensions: 10, values }, classes }
}

function asColumn(classes: Int32Array): Embeddings {
  return { rows: classes.length, dimensions: 1, values: Float32Array.from(classes) }
}

async function write(name: string, { values, dimensions }: Embeddings | Points, shape?: readonly number[]) {
  const rowShape = shape ?? (dimensions === 1 ? [] : [dimensions])
  const npy = await NpyWriter.create(join(scratch, name), 'float32', rowShape)
  await npy.append(Float32Array.from(values))
  await npy.close()
}
