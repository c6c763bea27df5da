import type { EvaluationResult, VersionMean } from '../hub/index.ts'
import { renderCsv } from './render-csv.ts'
import { renderTable } from './render-table.ts'

type Evaluation = Pick<
  EvaluationResult['evaluations'][number],
  'model' | 'version' | 'dataset' | 'metric' | 'value' | 'own'
>

/** Datasets side by side in one table. */
const DATASETS_A_TABLE = 6

/** How well models did: one row a model, the best elsewhere first, one column a dataset. */
export function renderEvaluations(models: readonly VersionMean[], evaluations: readonly Evaluation[]): string {
  const values = new Map(
    evaluations.map(({ model, version, dataset, value, own }) => {
      return [keyOf(model, version, dataset), `${value.toFixed(3)}${own ? '*' : ' '}`]
    }),
  )
  const datasets = [...new Set(evaluations.map(({ dataset }) => dataset))]
  const tables: string[] = []
  for (let from = 0; from < datasets.length; from += DATASETS_A_TABLE) {
    const shown = datasets.slice(from, from + DATASETS_A_TABLE)
    tables.push(
      renderTable(models, [
        { title: 'model', text: ({ model, version }) => `${model}@${version}` },
        { title: 'mean elsewhere', align: 'right', text: ({ elsewhere }) => elsewhere?.toFixed(3) ?? '–' },
        { title: 'datasets', align: 'right', spare: true, text: ({ datasets: number }) => String(number) },
        ...shown.map(dataset => ({
          title: dataset,
          align: 'right' as const,
          text: ({ model, version }: VersionMean) => values.get(keyOf(model, version, dataset)) ?? '– ',
        })),
      ]),
    )
  }
  const measures = [...new Set(evaluations.map(({ metric }) => metric))].join(', ')
  const legend = evaluations.some(({ own }) => own)
    ? [`${measures}; * the model’s own dataset, not in its mean`]
    : measures === 'accuracy'
      ? []
      : [measures]
  return [...tables, ...legend].join('\n\n')
}

/** Every evaluation with all that is known of it, a line each. */
export function evaluationsCsv(
  evaluations: readonly (Evaluation & Pick<EvaluationResult['evaluations'][number], 'rows' | 'scores'>)[],
): string {
  const scores = [...new Set(evaluations.flatMap(evaluation => Object.keys(evaluation.scores)))]
  const rows = evaluations.map(({ scores: known, ...evaluation }) => ({ ...known, ...evaluation }))
  return renderCsv(rows, ['model', 'version', 'dataset', 'metric', 'value', 'rows', 'own', ...scores])
}

function keyOf(model: string, version: number, dataset: string): string {
  return JSON.stringify([model, version, dataset])
}
