import type { Command } from 'commander'
import { percent, printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, type ReaderOptions } from './reader-options.ts'
import { addRunOptions, runOptions, type RunFlags } from './run-options.ts'
import { writeWhole } from './write-whole.ts'

interface CalibrateFlags extends ReaderOptions, RunFlags {
  readonly data: readonly string[]
  readonly json?: boolean
}

const EXAMPLE = `
Example:
  $ modelhub calibrate ./visits-model --data held-out.csv --label outcome
  $ modelhub calibrate ./visits.onnx --data held-out.csv --label outcome

Of a model that is in a hub already: publish it again afterwards.`

/** `modelhub calibrate`: measures a model on held-out rows and writes what seekers need into its card. */
export function addCalibrateCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('calibrate')
    .argument(
      '<model>',
      "a publisher's folder, or an .onnx file with its card beside it (NAME.md for NAME.onnx, or README.md)",
    )
    .description(
      'measure a model on held-out labelled rows, and write accuracy, confidence and temperature into its card',
    )
    .requiredOption('--data <files...>', 'rows that the model was not trained on')
  addRunOptions(addReaderOptions(command), 'all')
    .option('--json', 'print the calibration as one JSON object')
    .addHelpText('after', EXAMPLE)
    .action(async (model: string, flags: CalibrateFlags) => {
      const { calibrateModel } = await import('../hub/calibrate-model.ts')
      const bar = progressBar()
      try {
        const options = { ...dataOptions(flags), ...runOptions(flags), signal, onProgress: bar.onProgress }
        const { calibration, rows, cardPath, cardText, warnings } = await calibrateModel(model, flags.data, options)
        bar.stop()
        for (const warning of warnings) printNote(`note: ${warning}`)
        await writeWhole(cardPath, Buffer.from(cardText))
        if (flags.json) printJson({ rows, ...calibration })
        else {
          const { accuracy, meanConfidence, temperature, atcThreshold } = calibration
          printLine(
            `${cardPath}: ${percent(accuracy)} right on ${rows} rows, mean confidence ${percent(meanConfidence)}`,
          )
          printLine(`temperature ${temperature.toFixed(3)}, ATC threshold ${atcThreshold.toFixed(3)}`)
        }
      } finally {
        bar.stop()
      }
    })
}
