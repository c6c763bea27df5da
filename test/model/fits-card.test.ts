import { describe, expect, it } from 'vitest'
import { checkModelFitsCard, parseOnnxGraph, type FrontMatter } from '../../src/model/index.ts'
import golden from '../golden/onnx-graphs.json' with { type: 'json' }
import { frontMatter } from './cards.ts'

const graphOf = (name: string) =>
  parseOnnxGraph(new Uint8Array(Buffer.from(golden.cases.find(one => one.name === name)!.model, 'base64')))
const check = (change: Partial<FrontMatter['modelhub']>, model = 'gemm') =>
  checkModelFitsCard(graphOf(model), {
    frontMatter: { ...frontMatter, modelhub: { ...frontMatter.modelhub, ...change } },
    body: '',
  })
const { input } = frontMatter.modelhub
const x = input.tensors[0]

describe('a model and its card', () => {
  it('agree', () => {
    expect(() => check({})).not.toThrow()
    expect(() => check({ embedding: 'dense', output: { name: 'logits', kind: 'logits' } })).not.toThrow()
    expect(() => check({ input: { ...input, tensors: [{ ...x, shape: ['rows', 'width'] }] } })).not.toThrow()
    const texts = { ...input, kind: 'text' as const, columns: ['review'], normalisation: undefined }
    expect(() => check({ input: texts })).not.toThrow()
    expect(() =>
      check({ output: { name: 'probabilities', kind: 'probabilities' } }, 'label first, then probabilities'),
    ).not.toThrow()
  })

  it('agree on two inputs, of which one is open', () => {
    const tensors = ['u', 'v'].map(name => ({ name, shape: ['N', 2], type: 'float32' as const }))
    const name = 'two inputs, open sizes, another operator set'
    const four = { ...input, tensors, columns: ['a', 'b', 'c', 'd'], normalisation: undefined }
    expect(() => check({ input: four }, name)).not.toThrow()
    expect(() => check({ input: { ...four, columns: ['a', 'b'] } }, name)).toThrow(
      '2 columns, the model has inputs 4 wide',
    )
  })

  it.each<[string, Partial<FrontMatter['modelhub']>]>([
    ['modelhub.labels: the card states 2 labels, the model has 3 scores in output logits', { labels: ['a', 'b'] }],
    ['modelhub.embedding: the card states hidden, the model has no tensor', { embedding: 'hidden' }],
    [
      'modelhub.output.name: the card states y, the model has outputs logits',
      { output: { name: 'y', kind: 'logits' } },
    ],
    [
      'modelhub.input.tensors: the card states z, the model has inputs x',
      { input: { ...input, tensors: [{ ...x, name: 'z' }] } },
    ],
    ['float64, the model has float32 in input x', { input: { ...input, tensors: [{ ...x, type: 'float64' }] } }],
    [
      'the card states (N,4), the model has (N,5) in input x',
      { input: { ...input, tensors: [{ ...x, shape: ['N', 4] }] } },
    ],
    ['the card states (N), the model has (N,5)', { input: { ...input, tensors: [{ ...x, shape: ['N'] }] } }],
    ['modelhub.input.columns: the card states 2 columns', { input: { ...input, columns: ['a', 'b'] } }],
    [
      'modelhub.input.normalisation: the card states 2 numbers, the model has inputs 5 wide',
      { input: { ...input, normalisation: { kind: 'min-max', min: [0, 0], max: [1, 1] } } },
    ],
  ])('%s', (message, change) => {
    expect(() => check(change)).toThrow(expect.objectContaining({ code: 'MODEL_MISMATCH' }))
    expect(() => check(change)).toThrow(message)
  })
})
