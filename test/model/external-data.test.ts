import { create } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { externalLocations } from '../../src/model/external-data.ts'
import { ModelProtoSchema, TensorProto_DataLocation } from '../../src/model/generated/onnx_pb.ts'

const at = (...places: string[]) =>
  create(ModelProtoSchema, {
    graph: { initializer: places.map(value => ({ name: 'w', externalData: [{ key: 'location', value }] })) },
  })

describe('locations of external data', () => {
  it('come once each, sorted, with / between parts', () => {
    expect(externalLocations(at('b.bin', './a/x.bin', 'a\\x.bin', 'b.bin'))).toEqual(['a/x.bin', 'b.bin'])
  })

  it.each(['/etc/passwd', '\\\\host\\share', '..', '../w', 'a/../../w', 'a\\..\\w', 'C:\\w', 'C:w', 'file:///w'])(
    '%s is unsafe',
    place => {
      expect(() => externalLocations(at(place))).toThrow(expect.objectContaining({ code: 'MODEL_UNSAFE' }))
    },
  )

  it.each(['', '.', './', 'a\0b'])('%j names no file', place => {
    expect(() => externalLocations(at(place))).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }))
  })

  it('a tensor that is external but says not where is refused', () => {
    const model = create(ModelProtoSchema, {
      graph: { initializer: [{ name: 'w', dataLocation: TensorProto_DataLocation.EXTERNAL }] },
    })
    expect(() => externalLocations(model)).toThrow('tensor w: expected the location')
  })

  it('are found in attributes, sparse tensors, functions and training graphs', () => {
    const tensor = (value: string) => ({ externalData: [{ key: 'location', value }] })
    const model = create(ModelProtoSchema, {
      graph: {
        sparseInitializer: [{ values: tensor('a'), indices: tensor('b') }],
        node: [
          {
            attribute: [
              { t: tensor('c'), tensors: [tensor('d')], sparseTensor: { values: tensor('e') } },
              { sparseTensors: [{ values: tensor('f') }], graphs: [{ initializer: [tensor('g')] }] },
            ],
          },
        ],
      },
      functions: [{ node: [{ attribute: [{ t: tensor('h') }] }], attributeProto: [{ t: tensor('i') }] }],
      trainingInfo: [{ initialization: { initializer: [tensor('j')] }, algorithm: { initializer: [tensor('k')] } }],
    })
    expect(externalLocations(model)).toEqual([...'abcdefghijk'])
  })
})
