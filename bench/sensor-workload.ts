import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sketch } from '../src/sketch/sketch.ts'
import { keepTable, sketchPair } from './kept-table.ts'
import { sensorModels, sensorTruth, writeKeptRows } from './sensor-zoo.ts'
import type { Workload, WorkloadModel } from './workload.ts'

/** The sensor tables of DSADS: each is what its model was trained on, and a target for the others. */
export async function sensorWorkload(shared: string): Promise<Workload> {
  const entries = sensorModels(shared, 'dsads')
  const truth = sensorTruth(shared)
  const folder = mkdtempSync(join(tmpdir(), 'bench-workloads-'))
  const models: WorkloadModel[] = []
  let reference: Sketch | undefined
  try {
    await writeKeptRows(
      shared,
      entries.map(({ id }) => id),
      folder,
    )
    for (const { id, sourceAccuracy, sizeBytes } of entries) {
      const table = await keepTable(join(folder, `${id}.parquet`))
      const rows = Array.from({ length: table.rows }, (_, row) => row)
      reference ??= (await sketchPair(table, rows)).default
      const sketches = await sketchPair(table, rows, reference)
      models.push({ id, sourceAccuracy, sizeBytes, sketches, serving: truth.get(id)! })
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return {
    name: 'har, DSADS',
    about: 'sensor tables of the nine shared activities; accuracy on the other tables',
    models,
    targets: models,
    isOwn: (model, target) => model === target,
  }
}
