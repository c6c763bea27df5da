import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { softmax, type Logits } from '../../src/confidence/logits.ts'
import { exposeOutputs } from '../../src/inference/expose-outputs.ts'
import type { Embeddings } from '../../src/math/embeddings.ts'
import type { Probabilities } from '../../src/math/probabilities.ts'
import type { RunnableModel, RunRows } from './runnable-workload.ts'

/** What a model says of rows. */
export interface ZooAnswers {
  readonly logits: Logits
  readonly probabilities: Probabilities
  readonly embeddings: Embeddings
}

/** A model of a zoo in this process, its last layer but one an output. */
export interface ZooModel {
  answer(rows: RunRows): Promise<ZooAnswers>
}

const BATCH = 256

/** Opens a trusted model of a zoo: one session for all targets. */
export async function openZooModel({ path, penultimate, labels }: RunnableModel): Promise<ZooModel> {
  const model = exposeOutputs(readFileSync(path), [penultimate])
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 } as const
  const session = await InferenceSession.create(model, options)
  return {
    async answer({ rows, inputs }) {
      const logits = new Float32Array(rows * labels.length)
      let layer = new Float32Array(0)
      for (let from = 0; from < rows; from += BATCH) {
        const batch = Math.min(BATCH, rows - from)
        const feeds = Object.entries(inputs).map(([name, { rowShape, values }]) => {
          const width = rowShape.reduce((product, size) => product * size, 1)
          const part = values.subarray(from * width, (from + batch) * width)
          return [name, new Tensor('float32', part, [batch, ...rowShape])] as const
        })
        const outputs = await session.run(Object.fromEntries(feeds))
        logits.set(outputs.logits.data as Float32Array, from * labels.length)
        const found = outputs[penultimate].data as Float32Array
        if (from === 0) layer = new Float32Array((rows * found.length) / batch)
        layer.set(found, (from * found.length) / batch)
      }
      const ofRows = { rows, classes: labels.length, values: logits }
      return {
        logits: ofRows,
        probabilities: softmax(ofRows),
        embeddings: { rows, dimensions: layer.length / rows, values: layer },
      }
    },
  }
}
