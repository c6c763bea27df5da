import { join } from 'node:path'
import { sensorTruth } from '../sensor-zoo.ts'
import { sensorWorkload } from '../sensor-workload.ts'
import { manifestModels } from './manifest.ts'
import type { RunnableWorkload, RunRows } from './runnable-workload.ts'
import { keptSensorRows, scaled, sensorSplits, type Splits } from './sensor-rows.ts'

/** The sensor zoo: the 40 tables of DSADS, or every model and target of both data sets. */
export async function sensorRuns(shared: string, scope: 'dsads' | 'all'): Promise<RunnableWorkload> {
  const zoo = join(shared, 'zoo/har')
  const splits = sensorSplits(shared)
  const workload = await sensorWorkload(shared, scope)
  const ids = new Set(workload.models.map(({ id }) => id))
  const accuracy = sensorTruth(shared)
  const weighed = sensorTruth(shared, { coverage: true })
  return {
    workload,
    truth: scope === 'all' ? 'accuracy × coverage of classes' : 'accuracy',
    withoutLabels: scope === 'all',
    runnable: manifestModels(zoo).filter(({ id }) => ids.has(id)),
    rowsOf: target => tableRows(shared, target, splits, 'all'),
    heldOutOf: model => tableRows(shared, model, splits, 'held out'),
    alsoTrue: (model, target) => {
      const of = accuracy.get(model)!.get(target)!
      const both = weighed.get(model)!.get(target)!
      return { accuracy: of, accuracyTimesCoverage: both }
    },
    kinship: (model, target) => {
      const [[modelSet, modelPart, modelPerson], [set, part, person]] = [model, target].map(partsOfName)
      return {
        samePerson: modelSet === set && modelPerson === person,
        samePart: modelSet === set && modelPart === part,
        sameData: modelSet === set,
      }
    },
  }
}

/** Data set, body part and person. */
function partsOfName(id: string): readonly [string, string, string] {
  const words = id.split('_')
  return [words[0], words.slice(1, -1).join('_'), words.at(-1)!]
}

async function tableRows(shared: string, id: string, splits: Splits, which: 'all' | 'held out'): Promise<RunRows> {
  const rows = scaled([await keptSensorRows(shared, id, splits)])
  return which === 'all' ? rows.all : rows.heldOut
}
