import { join } from 'node:path'
import type { ModelRun } from '../src/inference/index.ts'
import type { Embeddings } from '../src/math/embeddings.ts'
import { NpyWriter, openNpy } from '../src/tensors/index.ts'
import { processorTimes } from './ranking-bound.ts'

const RUNS = 3

/** Processor time of pieces of a ranking, each measured by itself, seconds. */
export interface RankingPieces {
  /** A worker process that opens a model and runs it on one image, from its start to its end. */
  readonly start: number
  /** One layer of all images, written and read back. */
  readonly layer: number
}

/** Measures the pieces, each as the least of three runs. */
export async function rankingPieces(model: Omit<ModelRun, 'folder'>, layer: Embeddings, folder: string) {
  const built = new URL('../dist/inference/index.js', import.meta.url).href
  const { runModel } = (await import(built)) as typeof import('../src/inference/index.ts')
  const inputs = { ...model.inputs, rows: 1 }
  const start = await leastTime('ended', async run => {
    const outcome = await runModel({ ...model, inputs, threads: 1, folder: join(folder, `start-${run}`) })
    if (outcome.kind === 'failure') throw new Error(outcome.reason)
  })
  const path = join(folder, 'piece.npy')
  const written = await leastTime('own', async () => {
    const npy = await NpyWriter.create(path, 'float32', [layer.dimensions], { checksum: false })
    // By batches, as workers write.
    for (let at = 0; at < layer.values.length; at += 256 * layer.dimensions) {
      await npy.append(layer.values.subarray(at, at + 256 * layer.dimensions))
    }
    await npy.close()
    const file = await openNpy(path)
    await file.rows(0, layer.rows)
    await file.close()
  })
  return { start, layer: written } satisfies RankingPieces
}

async function leastTime(of: 'own' | 'ended', work: (run: number) => Promise<void>): Promise<number> {
  let least = Infinity
  for (let run = 0; run < RUNS; run++) {
    const before = processorTimes()[of]
    await work(run)
    least = Math.min(least, processorTimes()[of] - before)
  }
  return least
}
