import type { Command } from 'commander'
import type { Predictions, RunOneOptions } from '../hub/index.ts'
import { addCacheOptions, cacheOptions, type CacheFlags } from './cache-options.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { percent, printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, type ReaderOptions } from './reader-options.ts'
import { renderTable } from './render-table.ts'
import { addRunOptions, runOptions, type RunFlags } from './run-options.ts'

interface PredictFlags extends ReaderOptions, HubOption, RunFlags, CacheFlags {
  readonly output?: string
  readonly json?: boolean
}

const EXAMPLE = `
Example:
  $ modelhub predict acme/visits new-visits.csv --hub ./hub -o predictions.parquet
  $ modelhub predict ./visits-model new-visits.csv
  $ modelhub predict visits.onnx new-visits.csv     (its card is visits.md or README.md)`

/** `modelhub predict`: what a model says of the rows of a dataset. */
export function addPredictCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('predict')
    .argument('<model>', "a model of the hub, a publisher's folder, or an .onnx file with its card beside it")
    .argument('<data...>', 'data files; NAME=FILE.npy for ready tensors')
    .description('run one model on data')
  addCacheOptions(addRunOptions(addReaderOptions(addHubOption(command)), 'all'))
    .option('-o, --output <file>', 'write row, prediction and probabilities: .parquet or .csv')
    .option('--json', 'print a summary as one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async (model: string, places: string[], flags: PredictFlags) => {
      const bar = progressBar()
      try {
        const chosen = { ...dataOptions(flags), ...runOptions(flags), ...cacheOptions(flags) }
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

interface Call {
  readonly flags: PredictFlags
  readonly options: RunOneOptions
}

async function predictionsOf(model: string, places: readonly string[], { flags, options }: Call): Promise<Predictions> {
  const { candidateOfFile, candidateOfFolder, isModelFile, isModelFolder } = await import('../hub/model-to-run.ts')
  const isFile = await isModelFile(model)
  if (isFile || (await isModelFolder(model))) {
    const { predict } = await import('../hub/predict.ts')
    return predict(() => (isFile ? candidateOfFile(model) : candidateOfFolder(model)), places, options)
  }
  return withHub(flags, hub => hub.predict(model, places, options))
}

interface Summary {
  readonly model: string
  readonly rows: number
  /** Share of the labelled rows predicted right; absent without labels. */
  readonly accuracy?: number
  readonly labels: readonly { readonly label: string; readonly rows: number; readonly meanConfidence: number | null }[]
}

function summaryOf({ model, labels, predicted, probabilities, accuracy }: Predictions): Summary {
  const counts = labels.map(() => ({ rows: 0, confidence: 0 }))
  predicted.forEach((label, row) => {
    counts[label].rows++
    counts[label].confidence += probabilities.values[row * labels.length + label]
  })
  return {
    model,
    rows: predicted.length,
    ...(accuracy === undefined ? {} : { accuracy }),
    labels: labels.map((label, c) => {
      const { rows, confidence } = counts[c]
      return { label, rows, meanConfidence: rows > 0 ? confidence / rows : null }
    }),
  }
}

function renderSummary({ model, rows, accuracy, labels }: Summary): string {
  const table = renderTable(labels, [
    { title: 'prediction', text: row => row.label },
    { title: 'rows', align: 'right', text: row => String(row.rows) },
    { title: 'mean confidence', align: 'right', text: row => percent(row.meanConfidence) },
  ])
  const rated = accuracy === undefined ? '' : `, ${percent(accuracy)} of the labelled ones right`
  return `${model} on ${rows} rows${rated}\n\n${table}`
}
