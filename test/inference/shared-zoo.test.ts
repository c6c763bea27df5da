import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { runModel } from '../../src/inference/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { hasShared, sharedPath } from '../shared.ts'
import { workersFromSource } from './from-source.ts'
import { numbersOf, prepared } from './prepared.ts'

beforeAll(workersFromSource)

const ROWS = 2000

describe('a CNN of the neuralRank zoo', () => {
  it.skipIf(!hasShared)(
    'needs ../shared: is as accurate on MNIST as its card says, and gives all its layers',
    async () => {
      const folder = temporaryFolder()
      const idx = (name: string) => gunzipSync(readFileSync(sharedPath('data/mnist', name)))
      const pixels = idx('t10k-images-idx3-ubyte.gz').subarray(16, 16 + ROWS * 784)
      const labels = idx('t10k-labels-idx1-ubyte.gz').subarray(8, 8 + ROWS)
      const image = { values: Float32Array.from(pixels, value => value / 255), rowShape: [1, 28, 28] }
      const inputs = await prepared(folder, { image })
      const outcome = await runModel({
        model: sharedPath('zoo/neuralrank/M10.onnx'),
        ...{ inputs, labels: 10, layers: 'all', pooling: 'mean', folder: join(folder, 'out') },
      })
      if (outcome.kind === 'failure') throw new Error(outcome.reason)
      expect(outcome.layers.map(name => [name, outcome.outputs.get(name)!.shape[1]])).toEqual([
        ['conv1', 32],
        ['pool1', 32],
        ['conv2', 64],
        ['pool2', 64],
        ['dense', 1024],
      ])
      const logits = await numbersOf(outcome.outputs.get('logits')!.path)
      const right = [...labels].filter((label, row) => {
        const scores = logits.slice(row * 10, row * 10 + 10)
        return scores.indexOf(Math.max(...scores)) === label
      })
      expect(right.length / ROWS).toBeGreaterThan(0.98)
    },
  )
})
