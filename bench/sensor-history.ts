/**
 * Makes a hub of the sensor models and fills its history with their labelled tables, through the public library. Cut
 * off, it goes on where it was.
 *
 *   npm run bench:sensor-history -- HUB [PREFIX=dsads] [TABLES=all]
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hub, type EvaluationResult } from '../src/hub/index.ts'
import { shortNumber } from './record-result.ts'
import { makeSensorFolders, sensorModels, sensorTruth, writeKeptRows } from './sensor-zoo.ts'
import { sharedFolder } from './shared-folder.ts'

const [place, prefix = 'dsads', count = 'all'] = process.argv.slice(2)
if (place === undefined) {
  process.stderr.write('expected the folder of a hub, new or begun before\n')
  process.exit(2)
}
const shared = sharedFolder()
const scratch = mkdtempSync(join(tmpdir(), 'bench-history-'))
const models = sensorModels(shared, prefix)
const isNew = !existsSync(place)
const hub = await Hub.open(place, { create: true })
try {
  if (isNew) {
    makeSensorFolders(shared, join(scratch, 'zoo'), prefix)
    for (const { id } of models) await hub.publish({ folder: join(scratch, 'zoo', id) })
  }
  const tables = models.slice(0, count === 'all' ? models.length : Number(count)).map(({ id }) => id)
  await writeKeptRows(shared, tables, { folder: scratch, labelled: true })
  const datasets = tables.map(name => ({ name, places: [join(scratch, `${name}.parquet`)] }))
  const result = await hub.evaluate(datasets, { label: 'label', sample: 'all', onProgress })
  process.stdout.write(`${JSON.stringify(summaryOf(result))}\n`)
} finally {
  await hub.close()
  rmSync(scratch, { recursive: true })
}

function onProgress({ done, total }: { readonly done: number; readonly total?: number }): void {
  process.stderr.write(`\r${done} of ${total} pairs`)
}

/** How far what was measured lies from the zoo's own measurement, of models on tables that are not their own. */
function summaryOf({ evaluations, failures, elapsedMs }: EvaluationResult) {
  const truth = sensorTruth(shared, { coverage: true })
  const idOf = new Map(models.map(({ id, name }) => [name, id]))
  const apart = evaluations
    .filter(({ own }) => !own)
    .map(({ model, dataset, value }) => Math.abs(value - (truth.get(idOf.get(model)!)?.get(dataset) ?? NaN)))
    .filter(difference => !Number.isNaN(difference))
  const largest = shortNumber(Math.max(...apart))
  return { evaluations: evaluations.length, failures: failures.length, compared: apart.length, largest, elapsedMs }
}
