import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runModel, type ModelOutcome } from '../../src/inference/index.ts'
import type { PreparedInputs } from '../../src/tensors/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { modelBytes, node, value, type GraphParts, type Weight } from '../onnx-models.ts'
import { CLASSIFIER, ENDLESS, ROWS } from './classifier.ts'
import { workersFromSource } from './from-source.ts'
import { numbersOf, prepared } from './prepared.ts'
import { hasProc, peakOfChildren } from './worker-children.ts'

beforeAll(workersFromSource)

const MEMORY = 2 ** 30
const LIMITS = { seconds: 5, memoryBytes: MEMORY }
const w1: Weight = CLASSIFIER.weights![0]
const w2: Weight = CLASSIFIER.weights![1]
const scores = node('MatMul', ['dense', 'w2'], ['scores'])

/** The classifier, its scores led through more nodes to the output. */
const withTail = (weights: readonly Weight[], ...nodes: GraphParts['nodes']): GraphParts => ({
  ...CLASSIFIER,
  weights: [...CLASSIFIER.weights!, ...weights],
  nodes: [...CLASSIFIER.nodes.slice(0, 2), scores, ...nodes],
})

/** Twice as many rows at each of thirty steps: a few hundred bytes that want to be 36 GB of zeros. */
const bomb = Array.from({ length: 30 }, (_, i) => {
  const from = i === 0 ? 'scores' : `twice${i - 1}`
  return node('Concat', [from, from], [`twice${i}`], { axis: 0 })
})

const good = modelBytes(CLASSIFIER)

/** Ten bad models: name, file, code of the failure, words of its reason. */
const BAD: [string, Uint8Array, string, RegExp][] = [
  ['truncated', good.subarray(0, good.length - 20), 'MODEL_INVALID', /cut short/],
  ['wrong input', modelBytes({ ...CLASSIFIER, inputs: [value('x', ['N', 7])] }), 'MODEL_MISMATCH', /input x takes .*7/],
  [
    'NaN weights',
    modelBytes({ ...CLASSIFIER, weights: [w1, { ...w2, floats: Array<number>(6).fill(NaN) }] }),
    'MODEL_FAILED',
    /row 0 holds NaN/,
  ],
  ['endless Loop', modelBytes(ENDLESS), 'MODEL_LIMIT', /longer than the 5 s/],
  [
    '30 GB tensor',
    modelBytes(
      withTail(
        [{ name: 'dims', dims: [3], integers: [2_500_000_000, 1, 3] }],
        node('Expand', ['scores', 'dims'], ['huge']),
        node('ReduceMax', ['huge'], ['logits'], { axes: [0], keepdims: 0 }),
      ),
    ),
    'MODEL_LIMIT',
    /memory/,
  ],
  [
    'external data outside its folder',
    modelBytes({ ...CLASSIFIER, weights: [w1, { name: 'w2', dims: [2, 3], location: '../w.bin' }] }),
    'MODEL_UNSAFE',
    /inside the model's folder/,
  ],
  ['unknown operator', modelBytes(withTail([], node('Quux', ['scores'], ['logits']))), 'MODEL_INVALID', /Quux/],
  [
    'wrong label count',
    modelBytes({
      ...CLASSIFIER,
      outputs: ['logits'],
      weights: [w1, { ...w2, dims: [2, 5], floats: ROWS.logits.concat(1) }],
    }),
    'MODEL_MISMATCH',
    /expected 3 scores a row, got 5/,
  ],
  [
    'empty output',
    modelBytes({
      ...withTail(
        [
          { name: 'none', dims: [1], integers: [0] },
          { name: 'axis', dims: [1], integers: [1] },
        ],
        node('Slice', ['scores', 'none', 'none', 'axis'], ['logits']),
      ),
      outputs: ['logits'],
    }),
    'MODEL_MISMATCH',
    /logits: empty/,
  ],
  [
    'zip bomb of zeros',
    modelBytes({ ...withTail([], ...bomb, node('Identity', ['twice29'], ['logits'])), outputs: ['logits'] }),
    'MODEL_LIMIT',
    /memory/,
  ],
]

describe('ten bad models', () => {
  let inputs: PreparedInputs
  let folder: string

  const run = (bytes: Uint8Array, name: string): Promise<ModelOutcome> => {
    const model = join(folder, `${name}.onnx`)
    writeFileSync(model, bytes)
    return runModel({ model, inputs, labels: 3, layers: [], folder: join(folder, `out-${name}`), limits: LIMITS })
  }

  const expectGood = async (name: string) => {
    const outcome = await run(good, name)
    if (outcome.kind === 'failure') throw new Error(outcome.reason)
    expect(await numbersOf(outcome.outputs.get('logits')!.path)).toEqual(ROWS.logits)
  }

  it.skipIf(!hasProc)(
    'needs /proc: each gives its reason within its memory, and good ones run before and after',
    async () => {
      folder = temporaryFolder()
      inputs = await prepared(folder, { x: { values: ROWS.x, rowShape: [2] } })
      expect(BAD).toHaveLength(10)
      const { peakBytes } = await peakOfChildren(async () => {
        await expectGood('before')
        for (const [name, bytes, code, reason] of BAD) {
          const outcome = await run(bytes, name)
          expect([name, outcome]).toEqual([name, { kind: 'failure', code, reason: expect.stringMatching(reason) }])
        }
        await expectGood('after')
      })
      expect(peakBytes).toBeGreaterThan(5e7)
      expect(peakBytes).toBeLessThan(MEMORY)
    },
  )
})
