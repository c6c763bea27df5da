import { Option, type Command } from 'commander'
import { existsSync } from 'node:fs'
import { ERROR_CODES, ModelHubError, type ErrorCode } from '../common/index.ts'
import type { EvaluationResult, HubEvaluateOptions, LabelledDataset } from '../hub/index.ts'
import { MEASURES, type Measure } from '../hub/evaluate-options.ts'
import { addCacheOptions, cacheOptions, type CacheFlags } from './cache-options.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { nameList } from './name-list.ts'
import { printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, type ReaderOptions } from './reader-options.ts'
import { evaluationsCsv, renderEvaluations } from './render-evaluations.ts'
import { addRunOptions, runOptions, type RunFlags } from './run-options.ts'
import { writeWhole } from './write-whole.ts'

/** Name of a dataset, and the models whose own it is. */
type Own = readonly [string, readonly string[]]

interface EvaluateFlags extends ReaderOptions, HubOption, RunFlags, CacheFlags {
  readonly models?: readonly string[]
  readonly own?: readonly Own[]
  readonly measure: Measure
  readonly positive?: string
  readonly again?: boolean
  readonly list?: boolean
  readonly remove?: string
  readonly json?: boolean
  readonly csv?: string
}

const EXAMPLE = `
Example:
  $ modelhub evaluate north.csv south.csv --label outcome --hub ./hub
  $ modelhub evaluate north=2024/a.csv --label outcome --own north=acme/visits --hub ./hub --csv matrix.csv
  $ modelhub evaluate --list --hub ./hub`

/** `modelhub evaluate`: runs every model that fits on labelled datasets, and keeps how well they did. */
export function addEvaluateCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('evaluate')
    .argument('[data...]', 'labelled datasets, each a file, folder or glob, as DATA or NAME=DATA; with --list names')
    .description("run the models on labelled datasets, and keep how well they did as the hub's history")
  addCacheOptions(addRunOptions(addReaderOptions(addHubOption(command))))
    .option(
      '--models <names>',
      'models to run, by comma, fitting or not; all that fit unless told',
      nameList('--models'),
    )
    .option('--own <name=models>', 'models whose own dataset NAME is, by comma; again for more', ownOption)
    .addOption(new Option('--measure <name>', 'what is measured').choices(MEASURES).default('accuracy'))
    .option('--positive <label>', 'label whose F1 is measured; the rarer of two unless told')
    .option('--again', 'evaluate anew what the history has already')
    .option('--list', 'show the history; nothing is run')
    .option('--remove <name>', 'remove a dataset from the history; nothing is run')
    .option('--json', 'print one JSON object (schema/evaluation-result.schema.json); with --list one array')
    .option('--csv <file>', 'write every evaluation with all that is known of it, a line each')
    .addHelpText('after', EXAMPLE)
    .action(async (data: string[], flags: EvaluateFlags) => {
      if (flags.remove !== undefined) await removeDataset(flags.remove, data, flags)
      else if (flags.list) await listHistory(data, flags)
      else await evaluate(data, flags, signal)
    })
}

async function evaluate(data: readonly string[], flags: EvaluateFlags, signal: AbortSignal): Promise<void> {
  const datasets = labelledDatasets(data, flags.labels)
  const bar = progressBar()
  try {
    const options = { ...evaluateOptions(flags), signal, onProgress: bar.onProgress }
    const result = await withHub(flags, hub => hub.evaluate(datasets, options))
    bar.stop()
    for (const warning of result.warnings) printNote(`note: ${warning}`)
    if (flags.csv !== undefined) await writeWhole(flags.csv, Buffer.from(evaluationsCsv(result.evaluations)))
    if (flags.json) printJson(result)
    else printLine(renderOutcome(result))
    process.exitCode = exitCodeOf(result)
  } finally {
    bar.stop()
  }
}

/** That of the first failure, where the history has nothing of any of the datasets. */
function exitCodeOf({ evaluations, failures }: EvaluationResult): number {
  return evaluations.length > 0 || failures.length === 0 ? 0 : ERROR_CODES[failures[0].code as ErrorCode].exitCode
}

function renderOutcome({ models, evaluations, datasets, failures }: EvaluationResult): string {
  const lines = datasets.flatMap(({ name, evaluated, stored, own }) => [
    `${name}: ${evaluated} models evaluated${stored > 0 ? `, ${stored} were already (--again does them anew)` : ''}`,
    ...own.map(({ model, version, why }) => `  own of ${model}@${version}: ${why}`),
  ])
  const faults = failures.map(({ dataset, model, version, reason }) => {
    return model === null
      ? `${dataset} could not be used: ${reason}`
      : `${model}@${version} failed on ${dataset}: ${reason}`
  })
  return [renderEvaluations(models, evaluations), '', ...lines, ...faults].join('\n')
}

async function listHistory(names: readonly string[], flags: EvaluateFlags): Promise<void> {
  const { meansElsewhere } = await import('../hub/index.ts')
  const { models = [undefined] } = flags
  const all = await withHub(flags, hub => Promise.all(models.map(model => hub.history({ model }))))
  const history = all.flat().filter(({ dataset }) => names.length === 0 || names.includes(dataset))
  if (flags.csv !== undefined) await writeWhole(flags.csv, Buffer.from(evaluationsCsv(history)))
  if (flags.json) printJson(history)
  else if (history.length === 0) printLine('The history has no such evaluations: modelhub evaluate makes them.')
  else printLine(renderEvaluations(meansElsewhere(history), history))
}

async function removeDataset(name: string, data: readonly string[], flags: EvaluateFlags): Promise<void> {
  if (data.length > 0)
    throw new ModelHubError('USAGE', `--remove ${name}: expected nothing else, got ${data.join(' ')}`)
  const removed = await withHub(flags, async hub => {
    const count = await hub.removeHistory(name)
    if (count > 0) return count
    const names = new Set((await hub.history()).map(({ dataset }) => dataset))
    throw new ModelHubError('USAGE', `--remove: expected one of ${[...names].join(', ') || 'none'}, got ${name}`)
  })
  printLine(`${name}: ${removed} evaluations removed`)
}

function evaluateOptions(flags: EvaluateFlags): HubEvaluateOptions {
  const { models, own = [], measure, positive, again } = flags
  if (positive !== undefined && measure !== 'f1') {
    throw new ModelHubError('USAGE', '--positive: has an effect only with --measure f1')
  }
  return {
    ...dataOptions(flags),
    ...runOptions(flags),
    ...cacheOptions(flags),
    models,
    own: Object.fromEntries(own),
    measure,
    positive,
    again,
  }
}

/** The datasets as they are named on the command line. */
function labelledDatasets(data: readonly string[], labels: string | undefined): LabelledDataset[] {
  if (labels !== undefined && data.length > 1) {
    throw new ModelHubError('USAGE', `--labels: expected one dataset beside it, got ${data.length}`)
  }
  return data.map(text => {
    const [, name, place] = /^([^=/\\]+)=(.+)$/.exec(text) ?? []
    const named = place !== undefined && !existsSync(text)
    return { name: named ? name : undefined, places: [named ? place : text], labels }
  })
}

function ownOption(text: string, before: readonly Own[] = []): readonly Own[] {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new ModelHubError('USAGE', `--own: expected NAME=owner/model, got ${text}`)
  return [...before, [text.slice(0, at), text.slice(at + 1).split(',')]]
}
