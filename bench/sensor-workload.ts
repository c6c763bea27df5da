import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sketch } from '../src/sketch/sketch.ts'
import { keepTable, sketchPair } from './kept-table.ts'
import { sensorModels, sensorTruth, writeKeptRows } from './sensor-zoo.ts'
import type { SketchPair, Workload } from './workload.ts'

const SCOPES = {
  dsads: {
    name: 'har, DSADS',
    about: 'sensor tables of the nine shared activities; accuracy on the other tables',
    prefix: 'dsads',
  },
  all: {
    name: 'har',
    about:
      'sensor tables of both data sets; accuracy × the share of rows whose class a model knows, on the other tables',
    prefix: '',
  },
} as const

/**
 * The sensor tables of DSADS, each what its model was trained on and a target for the others; or all tables of both
 * data sets, those without a model targets only.
 */
export async function sensorWorkload(shared: string, scope: keyof typeof SCOPES = 'dsads'): Promise<Workload> {
  const { name, about, prefix } = SCOPES[scope]
  const entries = sensorModels(shared, prefix)
  const truth = sensorTruth(shared, { coverage: scope === 'all' })
  const measured = new Set(entries.flatMap(({ id }) => [...truth.get(id)!.keys()]))
  const ids = [...new Set([...entries.map(({ id }) => id), ...measured])].filter(id => id.startsWith(prefix))
  const sketches = await sketchTables(shared, ids)
  return {
    name,
    about,
    models: entries.map(({ id, sourceAccuracy, sizeBytes }) => ({
      id,
      sourceAccuracy,
      sizeBytes,
      sketches: sketches.get(id)!,
      serving: truth.get(id)!,
    })),
    targets: ids.map(id => ({ id, sketches: sketches.get(id)! })),
    isOwn: (model, target) => model === target,
  }
}

async function sketchTables(shared: string, ids: readonly string[]): Promise<Map<string, SketchPair>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-workloads-'))
  const sketches = new Map<string, SketchPair>()
  let reference: Sketch | undefined
  try {
    await writeKeptRows(shared, ids, { folder })
    for (const id of ids) {
      const table = await keepTable(join(folder, `${id}.parquet`))
      const rows = Array.from({ length: table.rows }, (_, row) => row)
      reference ??= (await sketchPair(table, rows)).default
      sketches.set(id, await sketchPair(table, rows, reference))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  return sketches
}
