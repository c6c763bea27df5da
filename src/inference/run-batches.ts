import type { InferenceSession } from 'onnxruntime-node'
import { ModelHubError } from '../common/index.ts'
import { FeedReader, type Feeds } from './feed-reader.ts'
import { floatValues } from './float-values.ts'
import { BATCH_STEP, FIRST_BATCH, nextBatch } from './next-batch.ts'
import { openModel, type OpenModel } from './open-model.ts'
import { OutputWriter } from './output-writer.ts'
import { reduceRows } from './reduce-rows.ts'
import { runtimeFault } from './runtime-fault.ts'
import type { WorkerRequest, WorkerResult } from './worker-message.ts'

/** What a run waits for, and whom it tells. */
export interface BatchWatch {
  /** Awaited when the model is open, before the first batch. */
  readonly untilTurn: () => Promise<void>
  /** Told how many rows are done, after each batch. */
  readonly onRows: (rows: number) => void
}

/**
 * Runs a model on all rows of its inputs, batch by batch, and writes what is wanted of it.
 *
 * @throws MODEL_INVALID, MODEL_UNSAFE, MODEL_MISMATCH, MODEL_FAILED, MODEL_LIMIT, and the codes of `openNpy`
 */
export async function runBatches(request: WorkerRequest, { untilTurn, onRows }: BatchWatch): Promise<WorkerResult> {
  const model = await openModel(request.model, request)
  const reader = await FeedReader.open(request.inputs)
  await untilTurn()
  const names = [...new Set([...(model.scores === null ? [] : [model.scores]), ...model.layers])]
  const writers = new Map(
    names.map((name, i) => [name, new OutputWriter(request.folder, { name, file: `${i}.npy` })] as const),
  )
  const run: Run = { model, reader, writers, request, runtimeSpans: [] }
  const { rows } = request.inputs
  const baseBytes = process.memoryUsage.rss()
  let batch = model.fixedBatch ?? request.batch ?? FIRST_BATCH
  for (let from = 0; from < rows;) {
    const to = Math.min(from + batch, rows)
    const answer = await answerOf(run, from, to)
    if (answer === 'no memory') {
      if (batch === 1 || model.fixedBatch !== undefined) throw noMemory(batch)
      batch = Math.max(1, Math.floor(batch / BATCH_STEP))
      run.shrunk = true
      continue
    }
    await write(run, answer, to - from)
    from = to
    onRows(from)
    if ((model.fixedBatch ?? request.batch) === undefined && !run.shrunk) {
      // The runtime keeps what a batch has taken: what is held after it is the most that it held.
      const heldBytes = process.memoryUsage.rss()
      batch = nextBatch({ rows: batch, baseBytes, heldBytes, limitBytes: request.memoryBytes })
    }
  }
  await Promise.all([reader.close(), model.session.release()])
  const tensors = await Promise.all([...writers.values()].map(writer => writer.close()))
  const { runtimeSpans } = run
  const secondsInRuntime = runtimeSpans.reduce((sum, [since, until]) => sum + (until - since) / 1000, 0)
  const layers = model.layers.filter(name => writers.has(name))
  const facts = request.layers === 'all' ? { ...model.facts, layers } : model.facts
  return { tensors, scores: model.scores, layers, facts, secondsInRuntime, runtimeSpans, peakBytes: peakBytes() }
}

interface Run {
  readonly model: OpenModel
  readonly reader: FeedReader
  readonly writers: Map<string, OutputWriter>
  readonly request: WorkerRequest
  readonly runtimeSpans: [fromMs: number, toMs: number][]
  /** Memory ran out once: batches do not grow any more. */
  shrunk?: boolean
}

interface Answer {
  readonly feeds: Feeds
  readonly outputs: InferenceSession.OnnxValueMapType
}

async function answerOf(run: Run, from: number, to: number): Promise<Answer | 'no memory'> {
  let fed = sinceEpoch()
  try {
    const feeds = await run.reader.read(from, to, run.model.fixedBatch)
    fed = sinceEpoch()
    const outputs = await run.model.session.run(feeds.tensors, [...run.writers.keys()])
    run.runtimeSpans.push([fed, sinceEpoch()])
    return { feeds, outputs }
  } catch (cause) {
    if (cause instanceof ModelHubError) throw cause
    const fault = runtimeFault('MODEL_FAILED', `ONNX Runtime fails on rows ${from} to ${to}`, cause)
    if (fault.code !== 'MODEL_LIMIT') throw fault
    run.runtimeSpans.push([fed, sinceEpoch()])
    return 'no memory'
  }
}

async function write({ model, writers, request }: Run, { feeds, outputs }: Answer, rows: number): Promise<void> {
  for (const [name, writer] of writers) {
    const tensor = outputs[name]
    const pooling = name === model.scores ? 'flatten' : request.pooling
    const fed = model.fixedBatch ?? rows
    if (request.layers === 'all' && name !== model.scores && tensor.dims[0] !== fed && writer.isEmpty) {
      writers.delete(name)
      continue
    }
    const values = floatValues(name, tensor)
    const reduced = reduceRows({ name, values, dims: tensor.dims }, { rows: fed, pooling, mask: feeds.mask })
    const width = reduced.length / fed
    if (name === model.scores && request.labels !== undefined && width !== request.labels) {
      throw new ModelHubError('MODEL_MISMATCH', `output ${name}: expected ${request.labels} scores a row, got ${width}`)
    }
    await writer.append(reduced.subarray(0, rows * width), rows)
  }
}

function noMemory(batch: number): ModelHubError {
  const what = batch === 1 ? 'one row does' : `${batch} rows at a time, as its graph demands, do`
  return new ModelHubError('MODEL_LIMIT', `it asks for more memory than it is allowed: ${what} not fit`)
}

function sinceEpoch(): number {
  return performance.timeOrigin + performance.now()
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024
}
