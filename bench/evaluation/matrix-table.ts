import { parquetWriteBuffer } from 'hyparquet-writer'
import type { ScoreMatrix } from '../matrix/score-matrix.ts'

/** All score matrices as one Parquet file: a row a (workload, target, model), a column a signal. */
export function matrixParquet(matrices: readonly ScoreMatrix[]): Uint8Array {
  const rows = matrices.flatMap(({ name, targets, models }) => {
    const of = new Map(models.map(model => [model.id, model]))
    return targets.flatMap(({ id, rows: rowsRun, pairs }) =>
      pairs.map(pair => ({ workload: name, target: id, rowsRun, pair, model: of.get(pair.model)! })),
    )
  })
  const names = [...new Set(matrices.flatMap(({ signals }) => Object.keys(signals)))]
  const text = (name: string, value: (row: (typeof rows)[number]) => string) =>
    ({ name, type: 'STRING', data: rows.map(value) }) as const
  const number = (name: string, value: (row: (typeof rows)[number]) => number | undefined) =>
    ({ name, type: 'DOUBLE', nullable: true, data: rows.map(row => value(row) ?? null) }) as const
  const columnData = [
    text('workload', ({ workload }) => workload),
    text('target', ({ target }) => target),
    text('model', ({ pair }) => pair.model),
    number('truth', ({ pair }) => pair.truth),
    number('rows run', ({ rowsRun }) => rowsRun),
    number('source accuracy', ({ model }) => model.sourceAccuracy),
    number('size in bytes', ({ model }) => model.sizeBytes),
    number('training rows', ({ model }) => model.trainingRows),
    ...names.map(name => number(name, ({ pair }) => pair.signals[name])),
  ]
  return new Uint8Array(parquetWriteBuffer({ columnData }))
}
