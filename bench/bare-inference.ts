/**
 * Runs models on images with ONNX Runtime and nothing else, one after the other, and prints the seconds inside its
 * inference and the processor time of the loop: what a ranking cannot be faster than.
 *
 *   tsx bench/bare-inference.ts THREADS IMAGES.npy MODEL…
 */
import { onnxRuntime } from '../src/inference/onnx-runtime.ts'
import { openNpy } from '../src/tensors/index.ts'

const BATCH = 256

export interface BareInference {
  readonly seconds: number
  readonly processorSeconds: number
}

const [threads, images, ...models] = process.argv.slice(2)
const npy = await openNpy(images)
const [rows, ...rowShape] = npy.shape
const { InferenceSession, Tensor } = await onnxRuntime()
const values = (await npy.rows(0, rows)) as Float32Array
await npy.close()
const width = values.length / rows

let seconds = 0
let processorSeconds = 0
for (const model of models) {
  const session = await InferenceSession.create(model, { intraOpNumThreads: Number(threads), logSeverityLevel: 4 })
  const before = process.cpuUsage()
  for (let from = 0; from < rows; from += BATCH) {
    const count = Math.min(BATCH, rows - from)
    const batch = values.subarray(from * width, (from + count) * width)
    const began = performance.now()
    await session.run({ image: new Tensor('float32', batch, [count, ...rowShape]) }, ['logits'])
    seconds += (performance.now() - began) / 1000
  }
  const { user, system } = process.cpuUsage(before)
  processorSeconds += (user + system) / 1e6
  await session.release()
}
process.stdout.write(JSON.stringify({ seconds, processorSeconds } satisfies BareInference))
