import { describe, expect, it } from 'vitest'
import { layersOf } from '../../src/model/layers-of.ts'
import { parseOnnxGraph } from '../../src/model/index.ts'
import golden from '../golden/onnx-graphs.json' with { type: 'json' }
import { readFileSync } from 'node:fs'
import { graphOf, node } from '../onnx-models.ts'
import { hasShared, sharedPath } from '../shared.ts'

const weights = [{ name: 'w', dims: [1], floats: [1] }]
const layers = (...nodes: ReturnType<typeof node>[]) => layersOf(graphOf({ nodes, weights, outputs: ['logits'] }))

describe('layersOf', () => {
  it('names activations after their layers, pools as layers, and not the scores', () => {
    expect(
      layers(
        node('Conv', ['x', 'w'], ['c']),
        node('BatchNormalization', ['c', 'w', 'w', 'w', 'w'], ['bn']),
        node('Relu', ['bn'], ['conv']),
        node('MaxPool', ['conv'], ['pool']),
        node('Flatten', ['pool'], ['flat']),
        node('Gemm', ['flat', 'w'], ['pre']),
        node('Tanh', ['pre'], ['dense']),
        node('Gemm', ['dense', 'w'], ['logits']),
      ),
    ).toEqual(['conv', 'pool', 'dense'])
  })

  it('ends a layer with a shortcut at their sum', () => {
    expect(
      layers(
        node('Conv', ['x', 'w'], ['a']),
        node('Conv', ['a', 'w'], ['b']),
        node('Add', ['b', 'a'], ['sum']),
        node('Relu', ['sum'], ['block']),
        node('GlobalAveragePool', ['block'], ['pool']),
        node('Flatten', ['pool'], ['features']),
        node('MatMul', ['features', 'w'], ['logits']),
      ),
    ).toEqual(['a', 'block', 'features'])
  })

  it('passes over products of two data tensors, and weights that are computed', () => {
    expect(
      layers(
        node('MatMul', ['x', 'w'], ['q']),
        node('MatMul', ['q', 'q'], ['scores']),
        node('MaxPool', ['w'], ['constant']),
        node('MatMul', ['scores', 'constant'], ['mixed']),
        node('Relu', ['mixed'], ['logits']),
      ),
    ).toEqual(['q'])
  })

  it('ends with the tensor that enters the last dense layer', () => {
    for (const { name, model, embedding } of golden.cases.filter(
      one => one.embedding !== null && !one.name.includes('above'),
    )) {
      const found = parseOnnxGraph(new Uint8Array(Buffer.from(model, 'base64'))).layers
      expect([name, found.at(-1)]).toEqual([name, embedding])
    }
  })

  it.skipIf(!hasShared)('needs ../shared: finds the layers that the CNNs of the neuralRank zoo name', () => {
    const zoo = JSON.parse(readFileSync(sharedPath('zoo/neuralrank/zoo.json'), 'utf8')) as {
      id: string
      file: string
      layers: string[]
    }[]
    for (const { id, file, layers: named } of zoo) {
      const graph = parseOnnxGraph(readFileSync(sharedPath('zoo/neuralrank', file)))
      expect([id, ...graph.layers, 'logits']).toEqual([id, ...named])
    }
  })
})
