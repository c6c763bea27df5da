import { create, toBinary } from '@bufbuild/protobuf'
import { ModelHubError } from '../common/index.ts'
import type { Matrix, MatrixEngine } from '../math/index.ts'
import {
  AttributeProto_AttributeType as AttributeType,
  ModelProtoSchema,
  TensorProto_DataType as DataType,
} from '../model/generated/onnx_pb.ts'
import { onnxRuntime } from './onnx-runtime.ts'

const SINGLE_EPSILON = 2 ** -23

/** Threads that wait for the next product would spin, and take the time of the models that run meanwhile. */
const IDLE_THREADS_SLEEP = { session: { intra_op: { allow_spinning: '0' } } }

/** A matrix engine that holds memory until it is closed. */
export interface OrtEngine extends MatrixEngine {
  close(): Promise<void>
}

/**
 * The matrix engine by ONNX Runtime, in single precision, on all cores: two graphs of one product each, with open sizes,
 * opened when the first product is asked for. SHAPE is thrown for matrices that do not go together.
 */
export function ortEngine(): OrtEngine {
  let opened: Promise<Products> | undefined
  const products = () => (opened ??= openProducts())
  return {
    epsilon: SINGLE_EPSILON,
    gram: async a => (await products()).gram({ a }),
    matmulTransposed: async (a, b) => {
      if (a.columns === b.columns) return (await products()).transposed({ a, b })
      throw new ModelHubError('SHAPE', `b: expected ${a.columns} columns, got ${b.columns}`)
    },
    close: async () => (await opened)?.close(),
  }
}

type Product = (matrices: Readonly<Record<string, Matrix>>) => Promise<Float64Array>

interface Products {
  readonly gram: Product
  readonly transposed: Product
  close(): Promise<void>
}

async function openProducts(): Promise<Products> {
  const { InferenceSession, Tensor } = await onnxRuntime()
  const open = (graph: Uint8Array) => InferenceSession.create(graph, { logSeverityLevel: 4, extra: IDLE_THREADS_SLEEP })
  const sessions = await Promise.all([
    open(productGraph(['a', 'a'], 'transA')),
    open(productGraph(['a', 'b'], 'transB')),
  ])
  const [gram, transposed] = sessions.map((session): Product => async matrices => {
    const feeds = Object.entries(matrices).map(([name, { values, rows, columns }]) => {
      return [name, new Tensor('float32', values, [rows, columns])] as const
    })
    const { y } = await session.run(Object.fromEntries(feeds))
    return new Float64Array(y.data as Float32Array)
  })
  const close = async () => {
    await Promise.all(sessions.map(session => session.release()))
  }
  return { gram, transposed, close }
}

/** An ONNX file of one Gemm, one side of it transposed: y = AᵀA or A·Bᵀ, all sizes open. */
function productGraph(sides: readonly [string, string], transpose: 'transA' | 'transB'): Uint8Array {
  const matrix = (name: string) => ({
    name,
    type: { value: { case: 'tensorType' as const, value: { elemType: DataType.FLOAT, shape: { dim: [{}, {}] } } } },
  })
  const attribute = [{ name: transpose, type: AttributeType.INT, i: 1n }]
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ version: 13n }],
    graph: {
      name: 'product',
      node: [{ opType: 'Gemm', input: [...sides], output: ['y'], attribute }],
      input: [...new Set(sides)].map(matrix),
      output: [matrix('y')],
    },
  })
  return toBinary(ModelProtoSchema, model)
}
