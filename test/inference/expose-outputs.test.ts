import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exposeOutputs } from '../../src/inference/expose-outputs.ts'
import { parseOnnxGraph } from '../../src/model/index.ts'
import { modelBytes } from '../onnx-models.ts'
import { CLASSIFIER } from './classifier.ts'

const model = modelBytes(CLASSIFIER)

describe('exposeOutputs', () => {
  it('appends a graph with one output, by hand', () => {
    // Field 7 (graph) of 5 bytes: field 12 (output) of 3 bytes: field 1 (name) of 1 byte: "d".
    const expected = [...model, 0x3a, 5, 0x62, 3, 0x0a, 1, 0x64]
    expect([...exposeOutputs(model, ['d'])]).toEqual(expected)
  })

  it('adds outputs and changes nothing else, whatever the names', () => {
    const before = parseOnnxGraph(model)
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }), { maxLength: 3 }), names => {
        const after = parseOnnxGraph(exposeOutputs(model, names))
        expect(after.outputs.map(({ name }) => name)).toEqual(['logits', ...names])
        expect({ ...after, outputs: before.outputs, sizeBytes: before.sizeBytes }).toEqual(before)
      }),
    )
  })
})
