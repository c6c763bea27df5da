import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../src/common/random.ts'
import { ModelHubError } from '../../src/index.ts'
import { Hub, readPublication } from '../../src/hub/index.ts'
import { BAD_MODELS } from '../inference/bad-models.ts'
import { CLASSIFIER } from '../inference/classifier.ts'
import { modelBytes } from '../onnx-models.ts'
import { csvOf, makeModelFolder, sketchColumns, uniformColumns } from './made-models.ts'

const LABELS = ['low', 'middle', 'high']

/** How a bad model came into the hub. */
export interface PlacedModel {
  /** `owner/model` */
  readonly name: string
  /** What is bad of it. */
  readonly what: string
  /** Code with which publish refused its folder; undefined where it took it. */
  readonly refused?: string
}

/** Ten good models of the columns a and b. */
export function goodFolders(within: string, sketch: Awaited<ReturnType<typeof sketchColumns>>): string[] {
  const random = seededRandom(7)
  return Array.from({ length: 10 }, (_, i) => {
    const floats = Array.from({ length: 6 }, () => random() * 4 - 2)
    const graph = { ...CLASSIFIER, weights: [CLASSIFIER.weights![0], { name: 'w2', dims: [2, 3], floats }] }
    return makeModelFolder(within, { name: `good/m${i}`, onnx: modelBytes(graph), sketch, modelhub: ZOO_CARD })
  })
}

/** What the cards of these models say. */
export const ZOO_CARD = {
  input: {
    kind: 'table' as const,
    tensors: [{ name: 'x', shape: ['N', 2], type: 'float32' as const }],
    columns: ['a', 'b'],
  },
  labels: LABELS,
  embedding: undefined,
  calibration: undefined,
}

/** A sketch that fits the target, and the target: rows of a and b with a label y. */
export async function badZooData(within: string) {
  mkdirSync(within, { recursive: true })
  const sketch = await sketchColumns(uniformColumns({ a: -0.5, b: -0.5 }, { seed: 3 }))
  const columns = uniformColumns({ a: -0.5, b: -0.5 }, { rows: 300, seed: 4 })
  const target = join(within, 'target.csv')
  writeFileSync(target, csvOf({ ...columns, y: Array.from(columns.a, a => LABELS[Math.floor((a + 0.5) * 2.999)]) }))
  return { sketch, target }
}

/**
 * Puts the ten bad models into a hub: those that publish refuses as somebody could who writes to the hub himself, with
 * the card and graph of a good model around the bad file.
 */
export async function placeBadModels(
  hub: Hub,
  within: string,
  sketch: Awaited<ReturnType<typeof sketchColumns>>,
): Promise<PlacedModel[]> {
  const placed: PlacedModel[] = []
  for (const [what, onnx] of BAD_MODELS) {
    const name = `bad/${what.replaceAll(' ', '-').toLowerCase()}`
    const folder = makeModelFolder(within, { name, onnx, sketch, modelhub: ZOO_CARD })
    try {
      await hub.publish({ folder })
      placed.push({ name, what })
    } catch (error) {
      if (!(error instanceof ModelHubError)) throw error
      const good = makeModelFolder(join(within, 'masks'), {
        name,
        onnx: modelBytes(CLASSIFIER),
        sketch,
        modelhub: ZOO_CARD,
      })
      const input = await readPublication({ folder: good })
      await hub.publish({ ...input, model: { ...input.model, onnxPath: join(folder, 'model.onnx') } })
      placed.push({ name, what, refused: error.code })
    }
  }
  return placed
}
