import type { ComparedModel, Covering, ModelComparison } from '../hub/index.ts'
import { colours } from './colours.ts'
import { byteSize, percent } from './print.ts'
import { renderTable, terminalWidth } from './render-table.ts'

/** Labels told by name; of more, only how many there are. */
const MOST_LABELS = 8
/** Width of a model's column, and of that of the facts' names. */
const MODEL_WIDTH = 30
const FACT_WIDTH = 16

type Fact = readonly [name: string, text: (model: ComparedModel) => string]

const FACTS: readonly Fact[] = [
  ['task', ({ task }) => task ?? '–'],
  ['licence', ({ license }) => license ?? '–'],
  ['size', ({ sizeBytes, parameters }) => `${byteSize(sizeBytes)}, ${parameters} parameters`],
  ['stated accuracy', ({ sourceAccuracy }) => percent(sourceAccuracy)],
  ['inputs', ({ inputs }) => tensors(inputs)],
  ['outputs', ({ outputs }) => tensors(outputs)],
  ['labels', ({ labels }) => listed(labels)],
  ['updated', ({ publishedAt }) => publishedAt.slice(0, 10)],
  ['trained on', ({ rows, features }) => `${rows} rows, ${features} features`],
]

const FIT_FACTS: readonly Fact[] = [
  ['fit', model => fixed(model.fit?.fit)],
  ['overlap', ({ fit }) => percent(fit?.overlap ?? null)],
  ['coverage', ({ fit }) => percent(fit?.coverage ?? null)],
  ['soft coverage', ({ fit }) => fixed(fit?.softCoverage)],
  ['adaptivity', ({ fit }) => fixed(fit?.adaptivity, 2)],
  ['JS', ({ fit }) => fixed(fit?.js, 4)],
]

/** Models beside each other as a person reads them; where the terminal is narrow, a few at a time. */
export function renderComparison({ models, training, target }: ModelComparison): string {
  const pc = colours()
  const width = terminalWidth() ?? Infinity
  const atOnce = Math.min(models.length, Math.max(1, Math.floor((width - FACT_WIDTH) / MODEL_WIDTH)))
  const beside = (facts: readonly Fact[]) => groupsOf(models, atOnce).map(group => besideEachOther(group, facts))
  return [
    ...beside(FACTS),
    ...(target
      ? [pc.bold(`Fit to ${target.source}: ${target.rows} rows, ${target.features} features`), ...beside(FIT_FACTS)]
      : []),
    pc.bold('Training data: how those of one fit those of another'),
    coveringTable(training),
  ].join('\n\n')
}

function besideEachOther(models: readonly ComparedModel[], facts: readonly Fact[]): string {
  return renderTable(facts, [
    { title: '', whole: true, text: ([name]) => name },
    ...models.map(model => ({
      title: `${model.model}@${model.version}${model.yanked ? ' (yanked)' : ''}`,
      text: ([, text]: Fact) => text(model),
    })),
  ])
}

function coveringTable(training: readonly (Covering & { readonly model: string; readonly other: string })[]): string {
  return renderTable(training, [
    { title: 'data of', text: ({ other }) => other },
    { title: 'beside those of', text: ({ model }) => model },
    { title: 'fit', align: 'right', text: ({ fit }) => fixed(fit) },
    { title: 'overlap', align: 'right', text: ({ overlap }) => percent(overlap) },
    { title: 'coverage', align: 'right', text: ({ coverage }) => percent(coverage) },
    { title: 'JS', align: 'right', text: ({ js }) => fixed(js, 4) },
  ])
}

function tensors(list: ComparedModel['inputs']): string {
  return list.map(({ name, type, shape }) => `${name} ${type}[${shape?.join(', ') ?? '?'}]`).join(', ')
}

function listed(labels: readonly string[]): string {
  if (labels.length <= MOST_LABELS) return labels.join(', ')
  return `${labels.length}: ${labels.slice(0, MOST_LABELS).join(', ')}, …`
}

function fixed(value: number | undefined, digits = 3): string {
  return value?.toFixed(digits) ?? '–'
}

function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}
