import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openZooModel } from './open-zoo-model.ts'
import type { RunnableModel } from './runnable-workload.ts'

interface ManifestEntry {
  readonly id: string
  readonly file: string
  readonly labels: readonly (string | number)[]
  readonly penultimate: string
  readonly training: { readonly rows: number }
}

/** The models of a zoo's manifest, as they are run. */
export function manifestModels(zoo: string, nameOf = (label: string) => label): RunnableModel[] {
  const entries = JSON.parse(readFileSync(join(zoo, 'zoo.json'), 'utf8')) as ManifestEntry[]
  return entries.map(({ id, file, labels, penultimate, training }) => ({
    id,
    labels: labels.map(label => nameOf(String(label))),
    trainingRows: training.rows,
    open: () => openZooModel({ path: join(zoo, file), penultimate, classes: labels.length }),
  }))
}
