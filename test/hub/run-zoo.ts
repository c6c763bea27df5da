import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hub, HubRankOptions } from '../../src/hub/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { modelBytes, node, value, type GraphParts } from '../onnx-models.ts'
import { csvOf, makeModelFolder, sketchColumns, uniformColumns, type MadeModel } from './made-models.ts'
import { newHub } from './open-hub.ts'

/** Of one model. */
export const LIMITS = { seconds: 20, memoryBytes: 2 ** 30 }

/** `dense` = relu(x·[1, −1; 0, 0]); the score of the second label is `slope` · a where a is positive. */
export const bySign = (slope: number): GraphParts => ({
  inputs: [value('x', ['N', 2])],
  outputs: [value('logits', ['N', 2])],
  weights: [
    { name: 'w1', dims: [2, 2], floats: [1, -1, 0, 0] },
    { name: 'w2', dims: [2, 2], floats: [-slope, slope, slope, -slope] },
  ],
  nodes: [
    node('MatMul', ['x', 'w1'], ['pre']),
    node('Relu', ['pre'], ['dense']),
    node('MatMul', ['dense', 'w2'], ['logits']),
  ],
})

/** The input of a table of these columns. */
export const tableInput = (columns: readonly string[]) => ({
  kind: 'table' as const,
  tensors: [{ name: 'x', shape: ['N', columns.length], type: 'float32' as const }],
  columns: [...columns],
})

interface Zoo {
  readonly hub: Hub
  readonly target: string
  readonly unlabelled: string
}

/** A hub of models of columns a and b, and 300 rows whose label follows the sign of a. */
export async function zoo(
  ...models: readonly Partial<
    MadeModel & { graph: GraphParts; columns: string[]; labels: string[]; embedding: string }
  >[]
) {
  const { hub } = await newHub()
  const within = temporaryFolder()
  const sketch = await sketchColumns(uniformColumns({ a: -0.5, b: -0.5 }, { seed: 3 }))
  for (const { name = 'x/m', graph = bySign(5), columns = ['a', 'b'], labels = ['low', 'high'], embedding } of models) {
    const modelhub = { input: tableInput(columns), labels, embedding, calibration: undefined }
    const folder = makeModelFolder(within, { name, onnx: modelBytes(graph), sketch, modelhub })
    await hub.publish({ folder })
  }
  const columns = uniformColumns({ a: -0.5, b: -0.5 }, { rows: 300, seed: 4 })
  const [target, unlabelled] = [join(within, 'target.csv'), join(within, 'unlabelled.csv')]
  writeFileSync(target, csvOf({ ...columns, y: Array.from(columns.a, a => (a > 0 ? 'high' : 'low')) }))
  writeFileSync(unlabelled, csvOf(columns))
  return { hub, target, unlabelled } satisfies Zoo
}

/** Three models that can be run. */
export const GOOD = [
  { name: 'x/right' },
  { name: 'x/right-too', graph: bySign(1) },
  { name: 'x/turned', graph: bySign(-5) },
]
/** Options of a ranking of the labelled rows. */
export const labelled: HubRankOptions = { label: 'y', limits: LIMITS }
