import type { RankResult } from '../hub/index.ts'
import { SCORES, type ScoreName } from '../rank/score-names.ts'
import { colours } from './colours.ts'
import { byteSize, percent } from './print.ts'
import { renderTable } from './render-table.ts'

type RankedRow = RankResult['results'][number]

/** Models side by side in one table of scores. */
const MODELS_A_TABLE = 5

/** The ranking as a person reads it: places, failures, and what to think of them. */
export function renderRanking({ query, parameters, results, failures, alarm, rounds, baselines }: RankResult): string {
  const pc = colours()
  const { by } = parameters
  const labelled = query.labelledRows > 0 ? `, ${query.labelledRows} of them labelled` : ', no labels'
  const head = `${query.source}: run on ${query.rows} of ${query.datasetRows} rows${labelled}`
  const legend = by.map(name => `ranked by ${name}: ${SCORES[name as ScoreName].about}`)
  const shown = [...new Set([...by, ...(query.labelledRows > 0 ? ['accuracy'] : [])])]
  const table = renderTable(results, [
    { title: '#', align: 'right', text: row => String(row.rank) },
    { title: 'model', text: row => `${row.model}@${row.version}` },
    ...shown.map(name => ({ title: name, align: 'right' as const, text: (row: RankedRow) => figure(row, name) })),
    ...(by.includes('fit')
      ? []
      : [{ title: 'fit', align: 'right' as const, text: (row: RankedRow) => figure(row, 'fit') }]),
    ...(query.labelledRows > 0
      ? [{ title: 'labels known', align: 'right' as const, text: (row: RankedRow) => percent(row.labelsKnown) }]
      : []),
    { title: 'stated accuracy', align: 'right', text: row => percent(row.sourceAccuracy) },
    { title: 'ms/row', align: 'right', spare: true, text: row => row.millisecondsPerRow?.toFixed(3) ?? 'cached' },
    { title: 'size', align: 'right', spare: true, text: row => byteSize(row.sizeBytes) },
    { title: 'licence', spare: true, text: row => row.license ?? '–' },
  ])
  return [
    pc.bold(head),
    ...legend.map(line => pc.dim(line)),
    ...rounds.map(({ sample, models, seconds }) =>
      pc.dim(`round: ${models} models on ${sample} rows, ${seconds.toFixed(1)} s`),
    ),
    '',
    table,
    '',
    ...failures.map(({ model, version, reason }) => pc.yellow(`${model}@${version} could not be run: ${reason}`)),
    ...(alarm
      ? [alarm.alarm ? pc.yellow(`Agreement cannot be trusted here: ${alarm.reason}`) : pc.dim(alarm.reason)]
      : []),
    pc.dim(
      `by fit alone: ${baselines.fit.slice(0, 3).join(', ')}; by stated accuracy: ${baselines.sourceAccuracy.slice(0, 3).join(', ')}`,
    ),
  ].join('\n')
}

/** Every score of every model: one row a score, one column a model. */
export function renderScores({ results }: RankResult): string {
  const names = Object.keys(SCORES).filter(name => results.some(({ scores }) => name in scores))
  const tables: string[] = []
  for (let from = 0; from < results.length; from += MODELS_A_TABLE) {
    const models = results.slice(from, from + MODELS_A_TABLE)
    tables.push(
      renderTable(names, [
        { title: 'score', text: name => name },
        ...models.map(row => ({
          title: row.model,
          align: 'right' as const,
          text: (name: string) => figure(row, name),
        })),
      ]),
    )
  }
  return tables.join('\n\n')
}

function figure({ scores }: RankedRow, name: string): string {
  return name in scores ? scores[name].toFixed(4) : '–'
}
