import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { rankResultSchema } from '../../src/hub/index.ts'
import { silhouette } from '../../src/transferability/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { workersFromSource } from '../inference/from-source.ts'
import { node, value, type GraphParts } from '../onnx-models.ts'
import { labelled, LIMITS, zoo } from './run-zoo.ts'

/** `first` = relu(x), `second` = relu(first·[1, 0; 0, 1, 0]), `logits` = second·w: three dense layers. */
const DEEP: GraphParts = {
  inputs: [value('x', ['N', 2])],
  outputs: [value('logits', ['N', 2])],
  weights: [
    { name: 'w0', dims: [2, 2], floats: [0, 1, 1, 0] },
    { name: 'w1', dims: [2, 3], floats: [0, 1, 0, 1, -1, 0] },
    { name: 'w2', dims: [3, 2], floats: [-1, 1, 1, -1, 0, 0] },
  ],
  nodes: [
    node('MatMul', ['x', 'w0'], ['first']),
    node('MatMul', ['first', 'w1'], ['pre']),
    node('Relu', ['pre'], ['second']),
    node('MatMul', ['second', 'w2'], ['logits']),
  ],
}
const MODELS = [{ name: 'x/deep', graph: DEEP }, { name: 'x/shallow' }]

beforeAll(workersFromSource)

describe('a ranking that looks at several layers', () => {
  it('has a score of each, of one run, and ranks by the last dense one', async () => {
    const { hub, target } = await zoo(...MODELS)
    const plain = await hub.rank([target], { ...labelled, by: ['neuralrank'] })
    const all = await hub.rank([target], { ...labelled, by: ['neuralrank'], layer: 'all' })
    expect(() => rankResultSchema.parse(all)).not.toThrow()
    expect(all.parameters).toMatchObject({ layer: 'last', layers: ['all'], distance: 'cosine', b: 'mean' })
    const said = ({ results }: typeof all) => results.map(({ model, layer, scores }) => ({ model, layer, scores }))
    expect(said(all)).toEqual(said(plain))
    expect(plain.results.every(({ layers }) => layers.length === 0)).toBe(true)
    const deep = all.results.find(({ model }) => model === 'x/deep')!
    expect(deep.layers.map(({ layer, width }) => [layer, width])).toEqual([
      ['first', 2],
      ['second', 3],
    ])
    expect(deep.layers[1].scores.neuralrank).toBe(deep.scores.neuralrank)
    expect(deep.layers[0].scores.neuralrank).not.toBe(deep.scores.neuralrank)
    expect(Object.keys(deep.layers[0].scores).sort()).toEqual(['neuralrank', 'neuralrank-predicted'])
    expect(all.results.find(({ model }) => model === 'x/shallow')!.layers.map(({ layer }) => layer)).toEqual(['dense'])
    await hub.close()
  })

  it('ranks by the first that is named, and takes the scores that are asked for', async () => {
    const { hub, target } = await zoo(MODELS[0])
    const options = { ...labelled, by: ['neuralrank', 'logme', 'confidence'], layer: ['first', 'last'] }
    const { parameters, results } = await hub.rank([target], options)
    expect(parameters).toMatchObject({ layer: 'first', layers: ['first', 'last'] })
    expect(results[0].layer).toBe('first')
    expect(results[0].layers.map(({ layer }) => layer)).toEqual(['first', 'second'])
    const { neuralrank, logme } = results[0].layers[0].scores
    expect([neuralrank, logme]).toEqual([results[0].scores.neuralrank, results[0].scores.logme])
    const unknown = await hub.rank([target], { ...labelled, layer: ['first', 'third'] })
    expect(unknown.failures).toMatchObject([
      { code: 'MODEL_MISMATCH', reason: expect.stringContaining('third') as string },
    ])
    await hub.close()
  })

  it('takes the card’s embedding too, though it ends no layer, and ranks by it', async () => {
    const { hub, target } = await zoo({ ...MODELS[0], embedding: 'pre' })
    const { results } = await hub.rank([target], { ...labelled, layer: 'all' })
    expect(results[0].layer).toBe('pre')
    expect(results[0].layers.map(({ layer }) => layer)).toEqual(['first', 'second', 'pre'])
    await hub.close()
  })

  it('needs no labels, and runs nothing again that the cache holds', async () => {
    const { hub, unlabelled } = await zoo(...MODELS)
    const options = { limits: LIMITS, layer: 'all', cache: { folder: join(temporaryFolder(), 'cache') } }
    const first = await hub.rank([unlabelled], options)
    expect(first.results.flatMap(({ layers }) => layers.map(({ scores }) => Object.keys(scores)))).toEqual(
      Array.from({ length: 3 }, () => ['neuralrank-predicted']),
    )
    const again = await hub.rank([unlabelled], options)
    expect(again.results.map(({ fromCache }) => fromCache)).toEqual([true, true])
    expect(again.results.map(({ layers }) => layers)).toEqual(first.results.map(({ layers }) => layers))
    await hub.close()
  })

  it('gives a report the rows in each layer', async () => {
    const { hub, target } = await zoo(MODELS[0])
    const { models } = await hub.rankReport([target], { ...labelled, layer: 'all' })
    expect(models[0].layers.map(({ layer, projected }) => [layer, projected.rows, projected.dimensions])).toEqual([
      ['first', 150, 2],
      ['second', 150, 3],
    ])
    expect(models[0].layers[0].names).toHaveLength(150)
    await hub.close()
  })
})

describe('neuralRank of a ranking', () => {
  it('measures by the distance and to the other class as it is told', async () => {
    const { hub, target } = await zoo(MODELS[0])
    const scoreOf = async (how: Parameters<typeof silhouette>[2]) => {
      const { result, models } = await hub.rankReport([target], { ...labelled, ...how, pca: 2 })
      expect(result.parameters).toMatchObject({ distance: 'cosine', b: 'mean', ...how })
      const score = result.results[0].scores.neuralrank
      expect(models[0].byDimensions.find(({ dimensions }) => dimensions === 2)!.score).toBeCloseTo(score, 6)
      const names = [...new Set(models[0].names)]
      const classes = Int32Array.from(models[0].names, name => names.indexOf(name))
      const { rows, values, dimensions } = models[0].projected
      const points = { rows, dimensions: 2, values: values.filter((_, i) => i % dimensions < 2) }
      expect(silhouette(points, classes, how)).toBeCloseTo(score, 6)
      return score
    }
    const scores = [await scoreOf({}), await scoreOf({ distance: 'euclidean' }), await scoreOf({ b: 'centroid' })]
    expect(new Set(scores).size).toBe(3)
    await hub.close()
  })
})
