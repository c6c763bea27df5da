import { Option, type Command } from 'commander'
import { existsSync } from 'node:fs'
import { ModelHubError } from '../common/index.ts'
import type { BundlePredictions, Predictions, RunOneOptions } from '../hub/index.ts'
import { addCacheOptions, cacheOptions, type CacheFlags } from './cache-options.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { nameList } from './name-list.ts'
import { percent, printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, type ReaderOptions } from './reader-options.ts'
import { renderTable } from './render-table.ts'
import { thresholdOption } from './search-command.ts'
import { addRunOptions, runOptions, type RunFlags } from './run-options.ts'

interface PredictFlags extends ReaderOptions, HubOption, RunFlags, CacheFlags {
  readonly output?: string
  readonly strict?: boolean
  readonly bundle?: boolean
  readonly combine?: 'route' | 'average'
  readonly threshold?: 'auto' | number
  readonly excludeModels?: readonly string[]
  readonly json?: boolean
}

const EXAMPLE = `
Example:
  $ modelhub predict acme/visits new-visits.csv --hub ./hub -o predictions.parquet
  $ modelhub predict --bundle new-visits.csv --hub ./hub -o predictions.csv
  $ modelhub predict ./visits-model new-visits.csv
  $ modelhub predict visits.onnx new-visits.csv     (its card is visits.md or README.md)`

/** `modelhub predict`: what a model says of the rows of a dataset. */
export function addPredictCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('predict')
    .argument(
      '<model>',
      "a model of the hub, a publisher's folder, an .onnx file with its card beside it; with --bundle models by comma, or data",
    )
    .argument('[data...]', 'data files; NAME=FILE.npy for ready tensors')
    .description('run one model on data, or with --bundle those that together cover most of it')
  addBundleOptions(addCacheOptions(addRunOptions(addReaderOptions(addHubOption(command)), 'all')))
    .option('--strict', 'refuse data with columns that the model does not take, which are left out otherwise')
    .option('-o, --output <file>', 'write row, prediction and probabilities: .parquet or .csv')
    .option('--json', 'print a summary as one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async (model: string, places: string[], flags: PredictFlags) => {
      const bar = progressBar()
      try {
        const { strict } = flags
        const chosen = { ...dataOptions(flags), ...runOptions(flags), ...cacheOptions(flags), strict }
        const options = { ...chosen, signal, onProgress: bar.onProgress }
        const predictions = await predictionsOf(model, places, { flags, options })
        bar.stop()
        for (const warning of predictions.warnings) printNote(`note: ${warning}`)
        if (flags.output !== undefined) {
          const { writePredictions } = await import('./write-predictions.ts')
          await writePredictions(flags.output, predictions)
        }
        const summary = summaryOf(predictions)
        if (flags.json) printJson(summary)
        else printLine(renderSummary(summary))
      } finally {
        bar.stop()
      }
    })
}

/** Options that let several models answer. */
function addBundleOptions(command: Command): Command {
  return command
    .option('--bundle', 'let each row be answered by the models of the hub that cover its part of the data')
    .addOption(
      new Option(
        '--combine <how>',
        'with --bundle: the nearest model that covers a row’s part, or the mean of all that do',
      )
        .choices(['route', 'average'])
        .default('route'),
    )
    .option(
      '--threshold <x>',
      'with --bundle: JS divergence below which partitions match, or auto',
      thresholdOption,
      'auto',
    )
    .option('--exclude-models <names>', 'with --bundle: models to leave out, by comma', nameList('--exclude-models'))
}

interface Call {
  readonly flags: PredictFlags
  readonly options: RunOneOptions
}

async function predictionsOf(
  model: string,
  places: readonly string[],
  { flags, options }: Call,
): Promise<Predictions | BundlePredictions> {
  if (flags.bundle) {
    const { combine, threshold, excludeModels } = flags
    const { models, data } = bundleArguments(model, places)
    const bundled = { ...options, models, combine, threshold, excludeModels }
    return withHub(flags, hub => hub.predictBundle(data, bundled))
  }
  if (places.length === 0) throw new ModelHubError('USAGE', `predict: expected data after the model ${model}`)
  const { candidateOfFile, candidateOfFolder, isModelFile, isModelFolder } = await import('../hub/model-to-run.ts')
  const isFile = await isModelFile(model)
  if (isFile || (await isModelFolder(model))) {
    const { predict } = await import('../hub/predict.ts')
    return predict(() => (isFile ? candidateOfFile(model) : candidateOfFolder(model)), places, options)
  }
  return withHub(flags, hub => hub.predict(model, places, options))
}

/** With --bundle the first argument is data, unless it names models by comma and there are data after it. */
function bundleArguments(first: string, others: readonly string[]) {
  const named = others.length > 0 && first.includes(',') && !existsSync(first)
  return named ? { models: first.split(','), data: others } : { models: undefined, data: [first, ...others] }
}

interface Summary {
  readonly model: string
  /** Of a bundle: which model answered how many rows. */
  readonly bundle?: readonly { readonly model: string; readonly rows: number }[]
  /** Of a bundle: share of the rows in parts that a model covers. */
  readonly coverage?: number
  readonly rows: number
  /** Share of the labelled rows predicted right; absent without labels. */
  readonly accuracy?: number
  readonly labels: readonly { readonly label: string; readonly rows: number; readonly meanConfidence: number | null }[]
}

function summaryOf(predictions: Predictions | BundlePredictions): Summary {
  const { model, labels, predicted, probabilities, accuracy } = predictions
  const counts = labels.map(() => ({ rows: 0, confidence: 0 }))
  predicted.forEach((label, row) => {
    counts[label].rows++
    counts[label].confidence += probabilities.values[row * labels.length + label]
  })
  return {
    model,
    rows: predicted.length,
    ...('answeredBy' in predictions ? bundleSummary(predictions) : {}),
    ...(accuracy === undefined ? {} : { accuracy }),
    labels: labels.map((label, c) => {
      const { rows, confidence } = counts[c]
      return { label, rows, meanConfidence: rows > 0 ? confidence / rows : null }
    }),
  }
}

function bundleSummary({ models, answeredBy, coverage }: BundlePredictions) {
  const rowsOf = (place: number) => answeredBy.filter(places => places.includes(place)).length
  return { coverage, bundle: models.map((model, place) => ({ model, rows: rowsOf(place) })) }
}

function renderSummary({ model, rows, accuracy, labels, bundle = [], coverage }: Summary): string {
  const table = renderTable(labels, [
    { title: 'prediction', text: row => row.label },
    { title: 'rows', align: 'right', text: row => String(row.rows) },
    { title: 'mean confidence', align: 'right', text: row => percent(row.meanConfidence) },
  ])
  const rated = accuracy === undefined ? '' : `, ${percent(accuracy)} of the labelled ones right`
  const answered = bundle.map(one => `  ${one.model}: ${one.rows} rows`)
  const covered =
    coverage === undefined
      ? []
      : [`${percent(coverage)} of the rows lie in parts that are covered; answered by:`, ...answered]
  return [`${model} on ${rows} rows${rated}`, ...covered, '', table].join('\n')
}
