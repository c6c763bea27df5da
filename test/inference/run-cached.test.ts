import { existsSync, mkdirSync, readdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  ActivationCache,
  defaultCacheFolder,
  runCached,
  type CachedRun,
  type ModelOutputs,
} from '../../src/inference/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { modelBytes, node, type GraphParts } from '../onnx-models.ts'
import { CLASSIFIER, ROWS } from './classifier.ts'
import { workersFromSource } from './from-source.ts'
import { numbersOf, prepared } from './prepared.ts'

beforeAll(workersFromSource)

let folder: string
let cache: ActivationCache

beforeEach(async () => {
  folder = temporaryFolder()
  cache = await ActivationCache.open(join(folder, 'cache'))
})

async function runOf(parts: GraphParts, more: Partial<CachedRun> = {}): Promise<CachedRun> {
  const model = join(folder, 'model.onnx')
  writeFileSync(model, modelBytes(parts))
  const inputs = await prepared(folder, { x: { values: ROWS.x, rowShape: [2] } })
  return { model, modelSha256: 'aa', inputs, layers: 'last', labels: 3, ...more }
}

async function outputsOf(run: CachedRun, from = cache): Promise<ModelOutputs> {
  const outcome = await runCached(run, from)
  if (outcome.kind === 'failure') throw new Error(outcome.reason)
  return outcome
}

const numbers = ({ outputs }: ModelOutputs, name: string) => numbersOf(outputs.get(name)!.path)
const npyFiles = () =>
  readdirSync(join(folder, 'cache'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.npy'))

/** The classifier with a layer more, and one whose tensor is turned on its side. */
const DEEP: GraphParts = {
  ...CLASSIFIER,
  nodes: [
    node('MatMul', ['x', 'w1'], ['first']),
    node('Transpose', ['first'], ['turned']),
    node('MatMul', ['w1', 'turned'], ['sideways']),
    node('Relu', ['first'], ['dense']),
    CLASSIFIER.nodes[2],
  ],
}

describe('runCached', () => {
  it('runs a model once', async () => {
    const run = await runOf(CLASSIFIER)
    const first = await outputsOf(run)
    expect(first.seconds).toBeGreaterThan(0)
    expect(first.millisecondsPerRow).toBeCloseTo((1000 * first.secondsInRuntime) / 3, 12)
    const again = await outputsOf(
      { ...run, model: join(folder, 'gone.onnx') },
      await ActivationCache.open(join(folder, 'cache')),
    )
    expect(again).toEqual({ ...first, seconds: 0, secondsInRuntime: 0, runtimeSpans: [], peakBytes: 0 })
    expect(await numbers(again, 'logits')).toEqual(ROWS.logits)
    expect(await numbers(again, 'dense')).toEqual(ROWS.dense)
  })

  it('runs again for another model, other rows, another pooling, and another number of labels', async () => {
    const run = await runOf(CLASSIFIER)
    await outputsOf(run)
    const others: Partial<CachedRun>[] = [
      { modelSha256: 'bb' },
      { inputs: { ...run.inputs, sha256: 'bb' } },
      { pooling: 'mean' },
      { labels: 4 },
    ]
    for (const other of others) {
      const outcome = await runCached({ ...run, ...other, model: join(folder, 'gone.onnx') }, cache)
      expect(outcome).toMatchObject({ kind: 'failure', code: 'FILE_NOT_FOUND' })
    }
  })

  it('runs for what is missing only, and all layers serve for the last', async () => {
    const run = await runOf(DEEP)
    const all = await outputsOf({ ...run, layers: 'all' })
    expect(all.layers).toEqual(['first', 'dense'])
    const gone = { ...run, model: join(folder, 'gone.onnx') }
    expect((await outputsOf({ ...gone, layers: 'all' })).layers).toEqual(['first', 'dense'])
    expect(await numbers(await outputsOf({ ...gone, layers: 'last' }), 'dense')).toEqual(ROWS.dense)
    const more = await outputsOf({ ...run, layers: ['dense', 'first', 'logits'] })
    expect([more.seconds, [...more.outputs.keys()]]).toEqual([0, ['logits', 'dense', 'first']])
    await expect(runCached({ ...gone, layers: ['dense', 'nope'] }, cache)).resolves.toMatchObject({ kind: 'failure' })
  })

  it('adds to what is there', async () => {
    const run = await runOf(DEEP, { layers: [] })
    await outputsOf(run)
    const more = await outputsOf({ ...run, layers: 'last' })
    expect(more).toMatchObject({ scores: 'logits', layers: ['dense'] })
    expect(more.seconds).toBeGreaterThan(0)
    expect(await numbers(more, 'logits')).toEqual(ROWS.logits)
    expect(await numbers(more, 'dense')).toEqual(ROWS.dense)
  })

  it('keeps nothing of a run that fails or is cancelled', async () => {
    const run = await runOf(CLASSIFIER)
    expect(await runCached({ ...run, labels: 4 }, cache)).toMatchObject({ kind: 'failure', code: 'MODEL_MISMATCH' })
    const signal = AbortSignal.timeout(50)
    await expect(runCached(run, cache, { signal })).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(readdirSync(join(folder, 'cache'))).toEqual([])
  })

  it('runs again when a file is damaged', async () => {
    const run = await runOf(CLASSIFIER, { layers: [] })
    const { outputs } = await outputsOf(run)
    truncateSync(outputs.get('logits')!.path, 100)
    expect(await numbers(await outputsOf(run), 'logits')).toEqual(ROWS.logits)
  })
})

describe('ActivationCache', () => {
  const key = (tensor: string) => ({ model: 'aa', inputs: 'bb', tensor, pooling: 'flatten' }) as const

  /** Keeps a tensor of 1,000 numbers: 4,128 bytes. */
  async function keep(into: ActivationCache, tensor: string): Promise<string> {
    const { folder: made, tensors } = await prepared(folder, {
      [tensor]: { values: new Float32Array(1000), rowShape: [10] },
    })
    const kept = await into.keep(key(tensor), { path: join(made, tensors[0].file), shape: [100, 10] })
    return kept.path
  }

  it('lets the least recently used go beyond its size, but none in use', async () => {
    const place = join(folder, 'cache')
    const paths = [await keep(cache, 'a'), await keep(cache, 'b'), await keep(cache, 'c')]
    paths.forEach((path, i) => utimesSync(path, 1000 + i, 1000 + i))
    const later = await ActivationCache.open(place, 3 * 4200)
    expect((await later.find(key('a')))?.shape).toEqual([100, 10])
    await keep(later, 'd')
    expect(paths.map(path => existsSync(path))).toEqual([true, false, true])
    const tight = await ActivationCache.open(place, 1)
    await keep(tight, 'e')
    const last = await keep(tight, 'f')
    expect(npyFiles()).toHaveLength(2)
    await tight.release([last])
    expect(existsSync(last)).toBe(false)
    expect(npyFiles()).toHaveLength(1)
  })

  it('lets none go that somebody else has still to read', async () => {
    const path = await keep(cache, 'a')
    const tight = await ActivationCache.open(join(folder, 'cache'), 1)
    await tight.find(key('a'))
    await tight.find(key('a'))
    await tight.release([path])
    expect(existsSync(path)).toBe(true)
    await tight.release([path])
    expect(existsSync(path)).toBe(false)
  })

  it('is counted while the folders of other runs come and go', async () => {
    await keep(cache, 'kept')
    let going = true
    const others = Array.from({ length: 4 }, async () => {
      while (going) {
        const scratch = cache.scratchFolder()
        await mkdir(scratch)
        await rm(scratch, { recursive: true })
      }
    })
    const counts = new Set<number>()
    try {
      for (let i = 0; i < 300; i++) counts.add((await cache.status()).tensors)
    } finally {
      going = false
      await Promise.all(others)
    }
    expect([...counts]).toEqual([1])
  })

  it('finds nothing that was never kept', async () => {
    expect(await cache.find(key('a'))).toBeUndefined()
    expect(await cache.facts('aa')).toBeUndefined()
  })

  it('is cleared of what is its own', async () => {
    await keep(cache, 'a')
    await cache.keepFacts('aa', { outputs: [], layers: [], lastDense: null })
    writeFileSync(join(folder, 'cache', 'note.txt'), 'mine')
    await cache.clear()
    expect(readdirSync(join(folder, 'cache'))).toEqual(['note.txt'])
  })

  it('removes what a killed run left behind, once it is a day old', async () => {
    const [old, fresh] = [cache.scratchFolder(), cache.scratchFolder()]
    mkdirSync(old)
    mkdirSync(fresh)
    utimesSync(old, 1000, 1000)
    await ActivationCache.open(join(folder, 'cache'))
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true])
  })

  it('lies in the cache folder of the user', () => {
    const before = process.env.XDG_CACHE_HOME
    process.env.XDG_CACHE_HOME = '/somewhere'
    expect(defaultCacheFolder()).toBe(join('/somewhere', 'modelhub'))
    if (before === undefined) delete process.env.XDG_CACHE_HOME
    else process.env.XDG_CACHE_HOME = before
  })
})
