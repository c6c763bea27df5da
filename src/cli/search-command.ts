import { Option, type Command } from 'commander'
import pc from 'picocolors'
import { METRIC_NAMES, METRICS, type MetricName } from '../search/metrics.ts'
import { ModelHubError } from '../common/index.ts'
import type { SearchOptions, SearchResult } from '../hub/index.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { byteSize, percent, printJson, printLine, printNote, renderTable } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, numberOption, type ReaderOptions } from './reader-options.ts'

interface SearchFlags extends ReaderOptions, HubOption, SearchOptions {
  readonly json?: boolean
}

const EXAMPLE = `
Example:
  $ modelhub search visits.csv --label outcome --hub ./hub
  $ modelhub search visits.sketch.parquet --hub ./hub --top 3 --json`

/** `modelhub search`: ranks the models of a hub for a target. */
export function addSearchCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('search')
    .argument('<target...>', 'data files, or one sketch file')
    .description('rank the models of a hub for a target, without running any')
  addSearchOptions(addReaderOptions(addHubOption(command)))
    .addOption(new Option('--space <space>', 'sample space').choices(['joint', 'pooled']).default('joint'))
    .addOption(new Option('--metric <name>', 'what to rank by').choices(METRIC_NAMES).default('fit'))
    .option('--top <n>', 'most results', numberOption('--top'), 10)
    .option('--exclude-models <names>', 'models to leave out, by comma', (text: string) => text.split(','))
    .option('--min-adaptivity <x>', 'only models with at least this adaptivity', numberOption('--min-adaptivity'))
    .option('--max-js <x>', 'only models with at most this JS divergence, nats', numberOption('--max-js'))
    .option('--json', 'print one JSON object (schema/search-result.schema.json)')
    .addHelpText('after', EXAMPLE)
    .action(async (paths: string[], flags: SearchFlags) => {
      const result = await withHub(flags, async hub => {
        const target = await loadTargetWithProgress(paths, flags, signal)
        return hub.search(target, flags)
      })
      if (flags.json) printJson(result)
      else printLine(renderSearch(result))
    })
}

/** Options that decide how a target is compared with a model. */
export function addSearchOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--match <rule>', 'what features match by').choices(['both', 'name', 'distribution']).default('both'),
    )
    .option('--t1 <x>', 'overlap a candidate must exceed', numberOption('--t1'), 0.5)
    .option('--t2 <x>', 'Jaccard that features must exceed to match by distribution', numberOption('--t2'), 0.5)
    .option('--threshold <x>', 'JS divergence below which partitions match, or auto', thresholdOption, 'auto')
}

/** Loads the target, with a progress bar while data are read. */
export async function loadTargetWithProgress(paths: readonly string[], flags: ReaderOptions, signal: AbortSignal) {
  const { loadTarget } = await import('../hub/index.ts')
  const bar = progressBar()
  try {
    const target = await loadTarget(paths, { ...dataOptions(flags), signal, onProgress: bar.onProgress })
    bar.stop()
    for (const warning of target.warnings) printNote(`note: ${warning}`)
    return target
  } finally {
    bar.stop()
  }
}

function thresholdOption(text: string): 'auto' | number {
  if (text === 'auto') return text
  const value = Number(text)
  if (Number.isNaN(value)) throw new ModelHubError('USAGE', `--threshold: expected auto or a number, got ${text}`)
  return value
}

/** The ranking as a person reads it. */
export function renderSearch({ query, parameters, results, baselines, verdict }: SearchResult): string {
  const metric = parameters.metric as MetricName
  const { better } = METRICS[metric]
  const head = `${query.source}: ${query.rows} rows, ${query.features} features`
  const legend = `ranked by ${metric}, ${better} is better: ${METRICS[metric].about}`
  const table = renderTable(results, [
    { title: '#', align: 'right', text: row => String(row.rank) },
    { title: 'model', text: row => `${row.model}@${row.version}` },
    { title: metric, align: 'right', text: row => row.score?.toFixed(3) ?? '–' },
    { title: 'overlap', align: 'right', text: row => percent(row.overlap) },
    { title: 'soft coverage', align: 'right', text: row => row.softCoverage.toFixed(3) },
    { title: 'coverage', align: 'right', text: row => percent(row.coverage) },
    { title: 'adaptivity', align: 'right', text: row => row.adaptivity.toFixed(2) },
    { title: 'JS', align: 'right', text: row => row.js.toFixed(4) },
    { title: 'stated accuracy', align: 'right', text: row => percent(row.sourceAccuracy) },
    { title: 'size', align: 'right', text: row => byteSize(row.sizeBytes) },
    { title: 'licence', text: row => row.license ?? '–' },
  ])
  const blind = `data-blind order (stated accuracy): ${baselines.sourceAccuracy.slice(0, 3).join(', ') || '–'}`
  const message = verdict.code === 'ranked' ? pc.green(verdict.message) : pc.yellow(verdict.message)
  return [pc.bold(head), pc.dim(legend), '', ...(results.length > 0 ? [table, ''] : []), message, pc.dim(blind)].join(
    '\n',
  )
}
