import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ModelHubError } from '../../src/common/index.ts'
import { parseOnnxGraph } from '../../src/model/index.ts'
import golden from '../golden/onnx-graphs.json' with { type: 'json' }
import { hasShared, sharedPath } from '../shared.ts'

const bytesOf = (name: string) =>
  new Uint8Array(Buffer.from(golden.cases.find(one => one.name === name)!.model, 'base64'))
const unsafe = ['external data above', 'external data in a graph of a branch']
const safe = golden.cases.filter(one => !unsafe.includes(one.name))
const codeOf = (bytes: Uint8Array, options = {}) => {
  try {
    parseOnnxGraph(bytes, options)
    return 'none'
  } catch (error) {
    if (error instanceof ModelHubError) return error.code
    throw error
  }
}
/** Protobuf by hand: field number and wire type 2, length, bytes. */
const field = (no: number, ...bytes: number[]) => [no * 8 + 2, bytes.length, ...bytes]
const ir8 = [8, 8]
const opset17 = field(8, 16, 17)
const node = field(1, ...field(2, 0x79), ...field(4, 0x41))
const output = field(12, ...field(1, 0x79))

describe('a model written by hand', () => {
  it('is read', () => {
    const graph = parseOnnxGraph(Uint8Array.from([...ir8, ...field(7, ...node, ...output), ...opset17]))
    expect(graph).toEqual({
      irVersion: 8,
      opset: 17,
      inputs: [],
      outputs: [{ name: 'y', type: 'other', shape: null }],
      lastDense: undefined,
      layers: [],
      tensorNames: new Set(['y']),
      parameters: 0,
      externalData: [],
      sizeBytes: 21,
    })
  })

  it.each([
    ['nothing', []],
    ['no IR version', [...field(7, ...node, ...output), ...opset17]],
    ['no graph', [...ir8, ...opset17]],
    ['no node', [...ir8, ...field(7, ...output), ...opset17]],
    ['no output', [...ir8, ...field(7, ...node), ...opset17]],
    ['no operator set', [...ir8, ...field(7, ...node, ...output)]],
    ['a nameless output', [...ir8, ...field(7, ...node, ...field(12)), ...opset17]],
    ['text', [...Buffer.from('PK\u0003\u0004 not a model')]],
  ])('is refused with %s', (_, bytes) => {
    expect(codeOf(Uint8Array.from(bytes))).toBe('MODEL_INVALID')
  })

  it('is refused above the limit of bytes', () => {
    const bytes = bytesOf('gemm')
    expect(codeOf(bytes, { maxBytes: bytes.length })).toBe('none')
    expect(() => parseOnnxGraph(bytes, { maxBytes: bytes.length - 1 })).toThrow(
      `expected at most ${bytes.length - 1} bytes, got ${bytes.length}`,
    )
  })

  it('is refused when cut short anywhere', () => {
    const bytes = bytesOf('matmul, add, softmax')
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(bytes.subarray(0, length)), `${length} bytes`).toBe('MODEL_INVALID')
    }
  })
})

describe("against ONNX's own Python package", () => {
  it.each(safe)('$name', ({ model, expected, embedding }) => {
    const graph = parseOnnxGraph(new Uint8Array(Buffer.from(model, 'base64')))
    expect(graph).toMatchObject(expected)
    expect(graph.lastDense ?? null).toBe(embedding)
  })

  it('external data outside the folder is refused, in the graph of a branch as well', () => {
    expect(unsafe.map(name => codeOf(bytesOf(name)))).toEqual(['MODEL_UNSAFE', 'MODEL_UNSAFE'])
  })
})

describe('the zoos', () => {
  const zoos = [
    ['har', 84],
    ['entity-matching', 17],
    ['neuralrank', 23],
    ['cifar-skew', 5],
    ['text-sentiment', 9],
    ['sentence-pairs', 4],
  ] as const
  it.skipIf(!hasShared).each(zoos)('needs ../shared: embedding, parameters, width of %s (%i models)', (zoo, count) => {
    const index = sharedPath('zoo', zoo, 'zoo.json')
    const models = JSON.parse(readFileSync(index, 'utf8')) as {
      id: string
      file: string
      penultimate: string
      parameters: number
      labels: unknown[]
    }[]
    expect(models).toHaveLength(count)
    for (const { id, file, penultimate, parameters, labels } of models) {
      const graph = parseOnnxGraph(readFileSync(join(dirname(index), file)))
      expect([id, graph.lastDense]).toEqual([id, penultimate])
      expect(graph.outputs[0].shape).toEqual(['N', labels.length])
      // The lite models pack two numbers to a byte; batch norm was folded away in the CIFAR models after they were counted.
      if (!id.includes('-lite') && zoo !== 'cifar-skew') expect([id, graph.parameters]).toEqual([id, parameters])
    }
  })
})

describe('properties', () => {
  it('any bytes are read or refused, never anything else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => codeOf(bytes) !== undefined))
  })

  it('a model with bytes changed is read or refused', () => {
    const bytes = bytesOf('weights through DequantizeLinear')
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), changes => {
        const changed = Uint8Array.from(bytes)
        for (const [at, byte] of changes) changed[at] = byte
        return ['none', 'MODEL_INVALID', 'MODEL_UNSAFE'].includes(codeOf(changed))
      }),
    )
  })
})
