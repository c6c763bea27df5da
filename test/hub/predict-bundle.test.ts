import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { BundleOptions } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { workersFromSource } from '../inference/from-source.ts'
import { modelBytes, node, value } from '../onnx-models.ts'
import { csvOf, makeModelFolder, sketchColumns, uniformColumns } from './made-models.ts'
import { newHub } from './open-hub.ts'

const LIMITS = { seconds: 20, memoryBytes: 2 ** 30 }

/** Says the first of its labels where a is below `border`, else the second. */
const byBorder = (border: number) =>
  modelBytes({
    inputs: [value('x', ['N', 2])],
    outputs: [value('logits', ['N', 2])],
    weights: [
      { name: 'w', dims: [2, 2], floats: [-5, 5, 0, 0] },
      { name: 'c', dims: [2], floats: [5 * border, -5 * border] },
    ],
    nodes: [node('Gemm', ['x', 'w', 'c'], ['logits'])],
  })

beforeAll(workersFromSource)

/** Two models, each right about one half of the target, and a third one of other data. */
async function scene() {
  const { hub } = await newHub()
  const within = temporaryFolder()
  const publish = async (name: string, at: number, labels: readonly string[]) => {
    const tensors = [{ name: 'x', shape: ['N', 2], type: 'float32' as const }]
    const modelhub = { input: { kind: 'table' as const, tensors, columns: ['a', 'b'] }, labels: [...labels] }
    const sketch = await sketchColumns(uniformColumns({ a: at, b: at }, { seed: at + 1 }))
    const onnx = byBorder(at + 0.5)
    const folder = makeModelFolder(within, { name, onnx, sketch, modelhub: { ...modelhub, calibration: undefined } })
    await hub.publish({ folder })
  }
  await publish('x/near', 0, ['low', 'high'])
  await publish('x/far', 10, ['High', 'top'])
  await publish('x/elsewhere', 90, ['low', 'high'])
  const [near, far] = [0, 10].map(at => uniformColumns({ a: at, b: at }, { rows: 200, seed: at + 5 }))
  const a = Float64Array.of(...near.a, ...far.a)
  const b = Float64Array.of(...near.b, ...far.b)
  const y = Array.from(a, x => (x < 0.5 ? 'low' : x < 10.5 ? 'high' : 'top'))
  const target = join(within, 'target.csv')
  writeFileSync(target, csvOf({ a, b, y }))
  const predict = (options: BundleOptions = {}) =>
    hub.predictBundle([target], { label: 'y', limits: LIMITS, ...options })
  return { hub, target, predict }
}

describe('predictions of a bundle', () => {
  it('are given by the model that covers each row, labels joined by name', async () => {
    const { hub, target, predict } = await scene()
    const found = await predict()
    expect([...found.models].sort()).toEqual(['x/far', 'x/near'])
    expect(found.model).toBe(found.models.join(' + '))
    expect(found.labels.map(label => label.toLowerCase()).sort()).toEqual(['high', 'low', 'top'])
    expect(found).toMatchObject({ coverage: 1, accuracy: 1 })
    expect(new Set(found.answeredBy.slice(0, 200).map(([place]) => found.models[place]))).toEqual(new Set(['x/near']))
    expect(new Set(found.answeredBy.slice(200).map(([place]) => found.models[place]))).toEqual(new Set(['x/far']))
    const single = await hub.predict('x/near', [target], { label: 'y', limits: LIMITS })
    expect(single.accuracy).toBeLessThan(0.8)
  })

  it('are the same of a sample, and where the mean of those that cover a row is taken', async () => {
    const { predict } = await scene()
    const [all, sample, average] = [
      await predict(),
      await predict({ sample: 50 }),
      await predict({ combine: 'average' }),
    ]
    expect(sample.predicted).toHaveLength(50)
    expect([sample.accuracy, average.accuracy]).toEqual([1, 1])
    expect(average.probabilities).toEqual(all.probabilities)
  })

  it('come from the models that are named, and from none where none covers anything', async () => {
    const { predict } = await scene()
    const named = await predict({ models: ['x/near@1', 'x/elsewhere'] })
    expect(named.models).toEqual(['x/near'])
    expect(named.coverage).toBeCloseTo(0.5, 1)
    expect(new Set(named.answeredBy.flat())).toEqual(new Set([0]))
    await expect(predict({ models: ['x/elsewhere'] })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
    await expect(predict({ space: 'pooled' })).rejects.toMatchObject({ code: 'USAGE' })
  })
})
