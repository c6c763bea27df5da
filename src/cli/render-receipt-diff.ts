import type { Change, ModelChange, ReceiptDiff } from '../receipts/index.ts'
import { colours } from './colours.ts'
import { renderTable, type TableColumn } from './render-table.ts'

/** Columns of evidence in the table; JSON has all of it. */
const MOST_EVIDENCE = 4
/** Models named in one line. */
const MOST_NAMED = 5

/** What differs between two receipts as a person reads it. */
export function renderReceiptDiff(diff: ReceiptDiff): string {
  const pc = colours()
  const { a, b, models, score } = diff
  const changed = models.filter(isChanged)
  const head = pc.bold(`a ${a.id} (${a.kind} of ${timeOf(a)}), b ${b.id} (${b.kind} of ${timeOf(b)})`)
  const table = changed.length > 0 ? ['', changeTable(changed, diff)] : []
  const same = models.length - changed.length
  return [
    head,
    targetLine(diff),
    ...changeLines('versions', diff.versions),
    ...changeLines('parameters', diff.parameters),
    ...consideredLines(diff.considered),
    ...(score === null ? [pc.yellow('ranked by different scores: their difference says nothing')] : []),
    ...table,
    ...(models.length > 0 && same > 0 ? ['', pc.dim(`${same} of ${models.length} models are the same in both`)] : []),
    '',
    firstLine(diff),
    ...(diff.run ? ['', pc.bold('the models, run on the target'), ...runLines(diff.run)] : []),
  ].join('\n')
}

function runLines(run: NonNullable<ReceiptDiff['run']>): string[] {
  const pc = colours()
  const changed = run.models.filter(isChanged)
  return [
    ...changeLines('parameters', run.parameters),
    ...(run.score === null ? [pc.yellow('ranked by different scores: their difference says nothing')] : []),
    ...(changed.length > 0 ? [changeTable(changed, run), ''] : []),
    firstLine(run),
  ]
}

function timeOf({ createdAt }: ReceiptDiff['a']): string {
  return createdAt.slice(0, 16).replace('T', ' ')
}

function targetLine({ target: { same, changes } }: ReceiptDiff): string {
  const pc = colours()
  const how = changes.map(changeText).join('; ')
  const more = how === '' ? '' : ` (${how})`
  if (same === null) return pc.yellow(`target: no checksum tells whether it is the same${more}`)
  return same ? `target: the same data${more}` : pc.yellow(`target: other data, or sketched otherwise${more}`)
}

function changeLines(name: string, changes: readonly Change[]): string[] {
  return changes.length > 0 ? [`${name}: ${changes.map(changeText).join('; ')}`] : []
}

function changeText({ name, a, b }: Change): string {
  return `${name} ${valueText(a)} → ${valueText(b)}`
}

function valueText(value: unknown): string {
  if (Array.isArray(value) && value.length > 0) return value.map(valueText).join(' ')
  if (value === null) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function consideredLines({ added, removed, otherVersion }: ReceiptDiff['considered']): string[] {
  const line = (what: string, names: readonly string[]) => {
    const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
    return names.length > 0 ? [`models ${what}: ${names.slice(0, MOST_NAMED).join(', ')}${more}`] : []
  }
  const versions = otherVersion.map(({ model, a, b }) => `${model} @${a} → @${b}`)
  return [...line('added', added), ...line('removed', removed), ...line('of another version', versions)]
}

function isChanged({ a, b, moved, scoreDifference, evidence }: ModelChange): boolean {
  const missing = a === null || b === null
  return missing || moved !== 0 || a.version !== b.version || (scoreDifference ?? 0) !== 0 || evidence.length > 0
}

function changeTable(models: readonly ModelChange[], { score }: Pick<ReceiptDiff, 'score'>): string {
  const right = 'right' as const
  const names = [...new Set(models.flatMap(({ evidence }) => evidence.map(({ name }) => name)))]
  const shown = names.filter(name => name !== score).slice(0, MOST_EVIDENCE)
  const columns: TableColumn<ModelChange>[] = [
    { title: 'model', text: ({ model }) => model },
    { title: 'rank a', align: right, text: ({ a }) => (a ? String(a.rank) : '–') },
    { title: 'rank b', align: right, text: ({ b }) => (b ? String(b.rank) : '–') },
    { title: 'moved', align: right, text: ({ moved }) => (moved === null ? '–' : signed(moved, 0)) },
    { title: 'score a', align: right, text: ({ a }) => a?.score?.toFixed(4) ?? '–' },
    { title: 'score b', align: right, text: ({ b }) => b?.score?.toFixed(4) ?? '–' },
    { title: 'difference', align: right, text: model => difference(model.scoreDifference) },
    ...shown.map(name => ({
      title: name,
      align: right,
      spare: true,
      text: (model: ModelChange) => moved(model, name),
    })),
  ]
  const table = renderTable(models, columns)
  const more = names.length - shown.length - Number(score !== null && names.includes(score))
  return more > 0 ? `${table}\n${colours().dim(`and ${more} more that changed: --json shows all`)}` : table
}

function moved({ evidence }: ModelChange, name: string): string {
  const found = evidence.find(one => one.name === name)
  return found ? signed(found.b - found.a, 4) : '–'
}

function difference(value: number | null): string {
  return value === null ? '–' : signed(value, 4)
}

/** A number with its sign; 0 without one. */
function signed(value: number, digits: number): string {
  if (value === 0) return '0'
  return `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(digits)}`
}

function firstLine({ firstChanged, verdicts: { a, b } }: Pick<ReceiptDiff, 'firstChanged' | 'verdicts'>): string {
  const pc = colours()
  if (!firstChanged) return pc.green(a === b ? `The same model is first. ${b}` : `The same model is first. Now: ${b}`)
  return pc.yellow(`Another model is first.\na: ${a}\nb: ${b}`)
}
