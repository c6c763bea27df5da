import { readFileSync } from 'node:fs'
import { softmax } from '../../src/confidence/logits.ts'
import { exposeOutputs } from '../../src/inference/expose-outputs.ts'
import { onnxRuntime } from '../../src/inference/onnx-runtime.ts'
import type { ZooModel } from './runnable-workload.ts'

/** A file of a zoo. */
export interface ZooFile {
  readonly path: string
  /** Tensor of the last layer but one. */
  readonly penultimate: string
  readonly classes: number
}

const BATCH = 256

/** Opens a trusted model of a zoo: one session for all targets. */
export async function openZooModel({ path, penultimate, classes }: ZooFile): Promise<ZooModel> {
  const { InferenceSession, Tensor } = await onnxRuntime()
  const model = exposeOutputs(readFileSync(path), [penultimate])
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 } as const
  const session = await InferenceSession.create(model, options)
  return {
    async answer({ rows, inputs }) {
      const logits = new Float32Array(rows * classes)
      let layer = new Float32Array(0)
      for (let from = 0; from < rows; from += BATCH) {
        const batch = Math.min(BATCH, rows - from)
        const feeds = Object.entries(inputs).map(([name, { rowShape, values }]) => {
          const width = rowShape.reduce((product, size) => product * size, 1)
          const part = values.subarray(from * width, (from + batch) * width)
          return [name, new Tensor('float32', part, [batch, ...rowShape])] as const
        })
        const outputs = await session.run(Object.fromEntries(feeds))
        logits.set(outputs.logits.data as Float32Array, from * classes)
        const found = outputs[penultimate].data as Float32Array
        if (from === 0) layer = new Float32Array((rows * found.length) / batch)
        layer.set(found, (from * found.length) / batch)
      }
      const ofRows = { rows, classes, values: logits }
      return {
        logits: ofRows,
        probabilities: softmax(ofRows),
        embeddings: { rows, dimensions: layer.length / rows, values: layer },
      }
    },
  }
}
