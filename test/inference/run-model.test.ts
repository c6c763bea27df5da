import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runModel, type ModelOutputs, type ModelRun } from '../../src/inference/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { modelBytes, node, value, type GraphParts } from '../onnx-models.ts'
import { CLASSIFIER, ENDLESS, ROWS } from './classifier.ts'
import { workersFromSource } from './from-source.ts'
import { numbersOf, prepared, type InputValues } from './prepared.ts'

beforeAll(workersFromSource)

const LIMITS = { seconds: 60, memoryBytes: 2 ** 30 }
const THREE_ROWS = { x: { values: ROWS.x, rowShape: [2] } }

type Given = Partial<ModelRun> & { readonly fed?: Readonly<Record<string, InputValues>> }

/** A run of a graph in a folder of its own. */
async function runOf(parts: GraphParts, { fed = THREE_ROWS, ...given }: Given = {}): Promise<ModelRun> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'model.onnx'), modelBytes(parts))
  const inputs = await prepared(folder, fed)
  return {
    model: join(folder, 'model.onnx'),
    inputs,
    layers: 'last',
    folder: join(folder, 'out'),
    limits: LIMITS,
    ...given,
  }
}

async function outputsOf(parts: GraphParts, given?: Given): Promise<ModelOutputs> {
  const outcome = await runModel(await runOf(parts, given))
  if (outcome.kind === 'failure') throw new Error(outcome.reason)
  return outcome
}

const numbers = ({ outputs }: ModelOutputs, name: string) => numbersOf(outputs.get(name)!.path)

describe('runModel', () => {
  it('gives scores and the last dense layer, by hand', async () => {
    const progress: unknown[] = []
    const run = await runOf(CLASSIFIER, { labels: 3 })
    const outcome = (await runModel(run, { onProgress: event => progress.push(event) })) as ModelOutputs
    expect(outcome).toMatchObject({ kind: 'outputs', scores: 'logits', layers: ['dense'], rows: 3 })
    expect(outcome.outputs.get('dense')!.shape).toEqual([3, 2])
    expect(await numbers(outcome, 'logits')).toEqual(ROWS.logits)
    expect(await numbers(outcome, 'dense')).toEqual(ROWS.dense)
    expect(progress).toEqual([{ stage: 'running', done: 3, total: 3, unit: 'rows' }])
    expect(outcome.secondsInRuntime).toBeLessThan(outcome.seconds)
    expect(outcome.peakBytes).toBeGreaterThan(1e7)
  })

  it('gives the same whatever the batch, and when batches grow', async () => {
    const rows = Array.from({ length: 301 }, (_, i) => [i, -i]).flat()
    const expected = Array.from({ length: 301 }, (_, i) => [i, i]).flat()
    for (const batch of [1, 7, undefined]) {
      const outcome = await outputsOf(CLASSIFIER, { batch, fed: { x: { values: rows, rowShape: [2] } } })
      expect(await numbers(outcome, 'dense')).toEqual(expected)
    }
  })

  it('feeds a graph that fixes the number of rows, the last batch filled up', async () => {
    const fixed = { ...CLASSIFIER, inputs: [value('x', [2, 2])], outputs: [value('logits', [2, 3])] }
    const outcome = await outputsOf(fixed)
    expect(await numbers(outcome, 'logits')).toEqual(ROWS.logits)
    expect(outcome.outputs.get('dense')!.shape).toEqual([3, 2])
  })

  it('takes all layers, layers by name, or scores alone', async () => {
    const deep = {
      ...CLASSIFIER,
      nodes: [node('MatMul', ['x', 'w1'], ['first']), node('MatMul', ['first', 'w1'], ['dense']), CLASSIFIER.nodes[2]],
    }
    expect((await outputsOf(deep, { layers: 'all' })).layers).toEqual(['first', 'dense'])
    const named = await outputsOf(CLASSIFIER, { layers: ['pre', 'logits'], scores: null })
    expect([...named.outputs.keys()]).toEqual(['pre', 'logits'])
    expect(await numbers(named, 'pre')).toEqual([1, 1, 2, -5, -3, 4])
    expect([...(await outputsOf(CLASSIFIER, { layers: [] })).outputs.keys()]).toEqual(['logits'])
  })

  it('reads external data in its own folder, with tensors exposed', async () => {
    const folder = temporaryFolder()
    const weights = [{ name: 'w1', dims: [2, 2], location: 'w/1.bin' }, CLASSIFIER.weights![1]]
    mkdirSync(join(folder, 'w'))
    writeFileSync(join(folder, 'w/1.bin'), new Uint8Array(Float32Array.of(1, 0, 0, -1).buffer))
    writeFileSync(join(folder, 'model.onnx'), modelBytes({ ...CLASSIFIER, weights }))
    const run = await runOf(CLASSIFIER, { model: join(folder, 'model.onnx') })
    expect(await numbers((await runModel(run)) as ModelOutputs, 'dense')).toEqual(ROWS.dense)
  })

  it('refuses external data that a link leads out of the folder', async () => {
    const [folder, elsewhere] = [temporaryFolder(), temporaryFolder()]
    const weights = [{ name: 'w1', dims: [2, 2], location: '1.bin' }, CLASSIFIER.weights![1]]
    writeFileSync(join(elsewhere, '1.bin'), new Uint8Array(16))
    symlinkSync(join(elsewhere, '1.bin'), join(folder, '1.bin'))
    writeFileSync(join(folder, 'model.onnx'), modelBytes({ ...CLASSIFIER, weights }))
    const outcome = await runModel(await runOf(CLASSIFIER, { model: join(folder, 'model.onnx') }))
    expect(outcome).toMatchObject({ kind: 'failure', code: 'MODEL_UNSAFE' })
  })

  it.each([
    ['an unknown layer', { layers: ['fc9'] }, 'MODEL_MISMATCH', 'it has no tensor fc9; its layers: dense'],
    ['an unknown output', { scores: 'dense' }, 'MODEL_MISMATCH', 'it has no output dense; its outputs: logits'],
    ['nothing wanted', { scores: null, layers: [] }, 'USAGE', 'neither scores nor layers are wanted of it'],
    ['another input', { fed: { y: { values: [1], rowShape: [1] } } }, 'MODEL_MISMATCH', 'it takes inputs x, got y'],
    [
      'another type',
      { fed: { x: { values: [1, 2], rowShape: [2], type: 'int64' } } },
      'MODEL_MISMATCH',
      'input x takes float32, got int64',
    ],
    [
      'another shape',
      { fed: { x: { values: [1, 2, 3], rowShape: [3] } } },
      'MODEL_MISMATCH',
      'input x takes shape (N, 2), got (1, 3)',
    ],
    ['no rows', { fed: { x: { values: [], rowShape: [2] } } }, 'EMPTY_DATASET', 'there are no rows to run it on'],
    ['no file', { model: 'none.onnx' }, 'FILE_NOT_FOUND', 'its file is not there'],
  ] as [string, Given, string, string][])('tells of %s, and leaves no folder', async (_, given, code, reason) => {
    const run = await runOf(CLASSIFIER, given)
    expect(await runModel(run)).toEqual({ kind: 'failure', code, reason })
    expect(existsSync(run.folder)).toBe(false)
  })

  it.each([
    ['seconds', { seconds: 0, memoryBytes: 2 ** 30 }],
    ['memory', { seconds: 1, memoryBytes: 1e6 }],
  ])('refuses limits without room: %s', async (_, limits) => {
    await expect(runModel(await runOf(CLASSIFIER, { limits }))).rejects.toMatchObject({ code: 'OUT_OF_RANGE' })
  })

  it('does not write into a folder that is there', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'kept'), 'kept')
    await expect(runModel(await runOf(CLASSIFIER, { folder }))).rejects.toMatchObject({ code: 'USAGE' })
    expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('kept')
  })

  it('stops when it is cancelled, before and in the middle', async () => {
    const run = await runOf(ENDLESS, { layers: [] })
    await expect(runModel(run, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(runModel(run, { signal: AbortSignal.timeout(1500) })).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(existsSync(run.folder)).toBe(false)
  })
})

describe('reductions', () => {
  const MAPS: GraphParts = {
    inputs: [value('x', ['N', 2, 2])],
    outputs: [value('y', ['N', 2, 2])],
    nodes: [node('Identity', ['x'], ['y'])],
  }
  const TOKENS: GraphParts = {
    inputs: [value('x', ['N', 2, 2]), value('attention_mask', ['N', 'T'], 'int64')],
    outputs: [value('y', ['N', 2, 2])],
    weights: [{ name: 'axis', dims: [1], integers: [2] }],
    nodes: [
      node('Cast', ['attention_mask'], ['mask'], { to: 1 }),
      node('Unsqueeze', ['mask', 'axis'], ['wide']),
      node('Sub', ['wide', 'wide'], ['zero']),
      node('Add', ['x', 'zero'], ['y']),
    ],
  }
  const x = { values: [1, 2, 3, 4, 10, 20, 30, 40], rowShape: [2, 2] }
  const attention_mask = { values: [1, 1, 1, 0], rowShape: [2], type: 'int64' as const }

  it.each([
    ['flatten', MAPS, { x }, x.values],
    ['auto', MAPS, { x }, x.values],
    ['cls', MAPS, { x }, x.values],
    ['mean', MAPS, { x }, [1.5, 3.5, 15, 35]],
    ['flatten', TOKENS, { x, attention_mask }, x.values],
    ['auto', TOKENS, { x, attention_mask }, [2, 3, 10, 20]],
    ['mean', TOKENS, { x, attention_mask }, [2, 3, 10, 20]],
    ['cls', TOKENS, { x, attention_mask }, [1, 2, 10, 20]],
  ] as const)('%s, by hand', async (pooling, parts, fed, expected) => {
    const outcome = await outputsOf(parts, { pooling, fed, scores: null, layers: ['y'] })
    expect(await numbers(outcome, 'y')).toEqual(expected)
  })

  it('half precision becomes single', async () => {
    const halves = [0, -0, 1, -2.5, 65504, 2 ** -24, 2 ** -14, 1 / 3]
    const parts = {
      inputs: [value('x', ['N', 1])],
      outputs: [value('y', ['N', 1], 'float16')],
      nodes: [node('Cast', ['x'], ['y'], { to: 10 })],
    }
    const outcome = await outputsOf(parts, { layers: [], fed: { x: { values: halves, rowShape: [1] } } })
    expect(await numbers(outcome, 'y')).toEqual([...halves.slice(0, -1), 0.333251953125])
  })
})
