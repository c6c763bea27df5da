import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runModel, type ModelOutcome } from '../../src/inference/index.ts'
import type { PreparedInputs } from '../../src/tensors/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { BAD_MODELS, GOOD_MODEL } from './bad-models.ts'
import { ROWS } from './classifier.ts'
import { workersFromSource } from './from-source.ts'
import { numbersOf, prepared } from './prepared.ts'
import { hasProc, peakOfChildren } from './worker-children.ts'

beforeAll(workersFromSource)

const MEMORY = 2 ** 30
const LIMITS = { seconds: 5, memoryBytes: MEMORY }
describe('ten bad models', () => {
  let inputs: PreparedInputs
  let folder: string

  const run = (bytes: Uint8Array, name: string): Promise<ModelOutcome> => {
    const model = join(folder, `${name}.onnx`)
    writeFileSync(model, bytes)
    return runModel({ model, inputs, labels: 3, layers: [], folder: join(folder, `out-${name}`), limits: LIMITS })
  }

  const expectGood = async (name: string) => {
    const outcome = await run(GOOD_MODEL, name)
    if (outcome.kind === 'failure') throw new Error(outcome.reason)
    expect(await numbersOf(outcome.outputs.get('logits')!.path)).toEqual(ROWS.logits)
  }

  it.skipIf(!hasProc)(
    'needs /proc: each gives its reason within its memory, and good ones run before and after',
    async () => {
      folder = temporaryFolder()
      inputs = await prepared(folder, { x: { values: ROWS.x, rowShape: [2] } })
      expect(BAD_MODELS).toHaveLength(10)
      const { peakBytes } = await peakOfChildren(async () => {
        await expectGood('before')
        for (const [name, bytes, code, reason] of BAD_MODELS) {
          const outcome = await run(bytes, name)
          expect([name, outcome]).toEqual([name, { kind: 'failure', code, reason: expect.stringMatching(reason) }])
        }
        await expectGood('after')
      })
      expect(peakBytes).toBeGreaterThan(5e7)
      expect(peakBytes).toBeLessThan(MEMORY)
    },
  )
})
