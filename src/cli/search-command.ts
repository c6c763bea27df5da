import { Option, type Command } from 'commander'
import { METRIC_NAMES } from '../search/metrics.ts'
import { ENGINES } from '../hub/engines.ts'
import { ModelHubError } from '../common/index.ts'
import type { Hub, SearchOptions } from '../hub/index.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { nameList } from './name-list.ts'
import { addReceiptOptions, receiptKeeper, withReceipt, type ReceiptFlags } from './receipt-options.ts'
import {
  addSearchRunOptions,
  searchAndRun,
  searchOptions,
  searchRunOptions,
  type FoundByCall,
  type SearchRunFlags,
} from './search-and-run.ts'
import { printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, numberOption, type ReaderOptions } from './reader-options.ts'

interface SearchFlags extends ReaderOptions, HubOption, SearchOptions, SearchRunFlags, ReceiptFlags {
  readonly json?: boolean
  readonly html?: string
}

const EXAMPLE = `
Example:
  $ modelhub search visits.csv --label outcome --hub ./hub
  $ modelhub search visits.sketch.parquet --hub ./hub --top 3 --json
  $ modelhub search visits.csv --hub ./hub --bundle
  $ modelhub search visits.csv --hub ./hub --html report.html
  $ modelhub search visits.csv --label outcome --hub ./hub --run --shortlist 3`

/** `modelhub search`: ranks the models of a hub for a target. */
export function addSearchCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('search')
    .argument('<target...>', 'data files, or one sketch file')
    .description('rank the models of a hub for a target, by sketches; with --run, run the first of them')
  addReceiptOptions(addSearchOptions(addReaderOptions(addHubOption(command))))
    .addOption(spaceOption())
    .addOption(new Option('--metric <name>', 'what to rank by').choices(METRIC_NAMES).default('fit'))
    .option('--top <n>', 'most results', numberOption('--top'), 10)
    .option('--exclude-models <names>', 'models to leave out, by comma', nameList('--exclude-models'))
    .option('--where <condition>', 'only models that fulfil it, as in "license = \'mit\'" (docs/where.md)')
    .option('--min-adaptivity <x>', 'only models with at least this adaptivity', numberOption('--min-adaptivity'))
    .option('--max-js <x>', 'only models with at most this JS divergence, nats', numberOption('--max-js'))
    .option('--bundle', 'also find the models that together cover most of the target')
    .addOption(engineOption())
    .option('--json', 'print one JSON object (schema/search-result.schema.json)')
    .option('--html <file>', 'write a report too: one page without scripts, for the screen and for paper')
  addSearchRunOptions(command)
    .addHelpText('after', EXAMPLE)
    .action(async (paths: string[], flags: SearchFlags) => {
      const keep = await receiptKeeper(flags)
      const found = await withHub(flags, hub => foundOn(hub, paths, { flags, signal }))
      const done = { kind: 'search' as const, hub: flags.hub, places: paths, result: found.result }
      const result = await withReceipt(keep, { ...done, options: searchRunOptions(flags) })
      if (flags.html !== undefined) {
        const { writeSearchReport } = await import('./write-search-report.ts')
        await writeSearchReport(flags.html, { ...found.report!, result })
      }
      for (const warning of result.warnings) printNote(`warning: ${warning}`)
      for (const warning of result.run?.warnings ?? []) printNote(`note: ${warning}`)
      if (flags.json) return printJson(result)
      const { renderResult } = await import('./render-result.ts')
      printLine(await renderResult('search', result))
    })
}

interface Call {
  readonly flags: SearchFlags
  readonly signal: AbortSignal
}

async function foundOn(hub: Hub, paths: readonly string[], { flags, signal }: Call): Promise<FoundByCall> {
  const target = await loadTargetWithProgress(paths, flags, signal)
  if (flags.run) return searchAndRun(hub, { target, places: paths, flags, signal })
  const bar = progressBar()
  const options = { ...searchOptions(flags), signal, onProgress: bar.onProgress }
  try {
    if (flags.html === undefined) return { result: await hub.search(target, options) }
    const report = await hub.report(target, options)
    return { result: report.result, report }
  } finally {
    bar.stop()
  }
}

/** `--engine`. */
function engineOption(): Option {
  const about = 'how candidates are found: exact compares all, block and lsh ask the index, auto goes by the hub’s size'
  return new Option('--engine <name>', about).choices(ENGINES).default('auto')
}

/** `--space`. */
export function spaceOption(): Option {
  return new Option('--space <space>', 'sample space').choices(['joint', 'pooled']).default('joint')
}

/** Options that decide how a target is compared with a model, and when that is a candidate. */
export function addSearchOptions(command: Command): Command {
  return addMatchOptions(command).option('--t1 <x>', 'overlap a candidate must exceed', numberOption('--t1'), 0.5)
}

/** Options that decide how two datasets are compared. */
export function addMatchOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--match <rule>', 'what features match by').choices(['both', 'name', 'distribution']).default('both'),
    )
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
    const { keyId } = target.sketch
    if (keyId) printNote(`note: categories and words match only models sketched with the key of id ${keyId}`)
    return target
  } finally {
    bar.stop()
  }
}

/** A JS divergence given on the command line. */
export function thresholdOption(text: string): 'auto' | number {
  if (text === 'auto') return text
  const value = Number(text)
  if (Number.isNaN(value)) throw new ModelHubError('USAGE', `--threshold: expected auto or a number, got ${text}`)
  return value
}
