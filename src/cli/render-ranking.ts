import { alarmText } from '../hub/alarm-words.ts'
import { basisText, blindText, expectedHead, expectedText, standingText } from '../hub/decision-words.ts'
import type { RankResult } from '../hub/index.ts'
import { SCORES, type ScoreName } from '../rank/score-names.ts'
import { colours } from './colours.ts'
import { byteSize, percent } from './print.ts'
import { receiptLine } from './receipt-options.ts'
import { renderLayers } from './render-layers.ts'
import { pickLines } from './render-pick.ts'
import { renderTable } from './render-table.ts'

type RankedRow = RankResult['results'][number]

/** Models side by side in one table of scores. */
const MODELS_A_TABLE = 5

/** All that a ranking tells a person: places, scores by layer where several were looked at, and every score. */
export function renderRun(result: RankResult): string {
  return [renderRanking(result), renderLayers(result), renderScores(result)].filter(part => part !== '').join('\n\n')
}

/** The ranking as a person reads it: places, failures, and what to think of them. */
function renderRanking(result: RankResult): string {
  const pc = colours()
  const { query, parameters, failures, verdict, decision, alarm, rounds, baselines } = result
  const labelled = query.labelledRows > 0 ? `, ${query.labelledRows} of them labelled` : ', no labels'
  const blind = [
    { by: 'fit alone', names: baselines.fit },
    { by: 'stated accuracy', names: baselines.sourceAccuracy },
    { by: 'accuracy elsewhere', names: baselines.elsewhere },
  ].filter(({ names }) => names.length > 0)
  return [
    pc.bold(`${query.source}: run on ${query.rows} of ${query.datasetRows} rows${labelled}`),
    ...parameters.by.map(name => pc.dim(`ranked by ${name}: ${aboutScore(name)}`)),
    ...rounds.map(({ sample, models, seconds }) =>
      pc.dim(`round: ${models} models on ${sample} rows, ${seconds.toFixed(1)} s`),
    ),
    '',
    renderPlaces(result),
    '',
    verdict.code === 'best' ? pc.green(verdict.message) : pc.yellow(verdict.message),
    ...(decision ? [decisionLine(decision, query.labelledRows)] : []),
    ...pickLines(result),
    ...failures.map(({ model, version, reason }) => pc.yellow(`${model}@${version} could not be run: ${reason}`)),
    ...(alarm ? [(alarm.alarm ? pc.yellow : pc.dim)(alarmText(alarm))] : []),
    ...(result.leftOut.length > 0
      ? [pc.dim(`left out because they are dear: ${result.leftOut.join(', ')}; --scores all, or --by one of them`)]
      : []),
    ...(blind.length > 0 ? [pc.dim(blind.map(({ by, names }) => `by ${by}: ${firstOf(names)}`).join('; '))] : []),
    ...receiptLine(result),
  ].join('\n')
}

function firstOf(names: readonly string[]): string {
  return names.slice(0, 3).join(', ')
}

function renderPlaces({ query, parameters: { by }, results, verdict, decision }: RankResult): string {
  const labelled = query.labelledRows > 0
  const scores = [...new Set([...by.filter(name => name !== 'expected'), ...(labelled ? ['accuracy'] : []), 'fit'])]
  const right = 'right' as const
  return renderTable(results, [
    { title: '#', align: right, text: row => String(row.rank) },
    { title: 'model', text: row => `${row.model}@${row.version}` },
    ...(decision
      ? [{ title: expectedHead(decision), align: right, text: (row: RankedRow) => expectedText(decision, row.model) }]
      : []),
    { title: 'verdict', text: row => standingText(labelled ? verdict : (decision ?? verdict), row.model) },
    ...scores.map(name => ({ title: name, align: right, text: (row: RankedRow) => figure(row, name) })),
    ...(labelled
      ? [
          { title: 'accuracy, 95 %', align: right, text: intervalOf },
          { title: 'labels known', align: right, text: (row: RankedRow) => percent(row.labelsKnown) },
        ]
      : []),
    { title: 'stated accuracy', align: right, text: row => percent(row.sourceAccuracy) },
    ...(results.some(({ elsewhere }) => elsewhere !== null)
      ? [{ title: 'elsewhere', align: right, spare: true, text: (row: RankedRow) => percent(row.elsewhere) }]
      : []),
    { title: 'ms/row', align: right, spare: true, text: timeOf },
    { title: 'size', align: right, spare: true, text: row => byteSize(row.sizeBytes) },
    { title: 'licence', spare: true, text: row => row.license ?? '–' },
  ])
}

/** Every score of every model: one row a score, one column a model. */
function renderScores({ results }: RankResult): string {
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

type Decision = NonNullable<RankResult['decision']>

function aboutScore(name: string): string {
  return name === 'expected' ? 'what all the evidence together predicts' : SCORES[name as ScoreName].about
}

/** What the evidence says where no labels do, and what it rests on. */
function decisionLine(decision: Decision, labelledRows: number): string {
  const pc = colours()
  return [
    ...(labelledRows > 0 ? [] : [decision.message]),
    ...[blindText(decision), basisText(decision)].map(pc.dim),
  ].join('\n')
}

/** Time a row; that of an earlier run says so. */
function timeOf({ millisecondsPerRow, fromCache }: RankedRow): string {
  const known = millisecondsPerRow === null ? [] : [millisecondsPerRow.toFixed(3)]
  return [...known, ...(fromCache ? ['cached'] : [])].join(' ')
}

function intervalOf({ accuracyInterval }: RankedRow): string {
  return accuracyInterval ? accuracyInterval.map(end => end.toFixed(3)).join('–') : '–'
}

function figure({ scores }: RankedRow, name: string): string {
  return name in scores ? scores[name].toFixed(4) : '–'
}
