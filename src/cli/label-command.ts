import { Option, type Command } from 'commander'
import { basename, dirname, join } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import type { HubLabelOptions } from '../hub/index.ts'
import { addCacheOptions, cacheOptions, type CacheFlags } from './cache-options.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { nameList } from './name-list.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, countOption, dataOptions, type ReaderOptions } from './reader-options.ts'
import { addSampleOptions, sampleOptions, type SampleFlags } from './run-options.ts'

interface LabelFlags extends ReaderOptions, HubOption, SampleFlags, CacheFlags {
  readonly models?: readonly string[]
  readonly shortlist?: number
  readonly all?: boolean
  readonly classes?: readonly string[]
  readonly budget: number
  readonly out?: string
  readonly labels?: string
  readonly session?: string
  readonly json?: boolean
}

const EXAMPLE = `
Example:
  $ modelhub label visits.csv --hub ./hub --budget 20
  $ modelhub label visits.csv --hub ./hub --out rows.csv
  $ modelhub label visits.csv --hub ./hub --labels rows.csv --out more-rows.csv`

/** `modelhub label`: asks for the labels of the rows that tell models apart, and says which model they favour. */
export function addLabelCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('label')
    .argument('<target...>', 'data files; NAME=FILE.npy for ready tensors')
    .description('label the few rows that tell the leading models apart, on the terminal or in a table')
  addCacheOptions(addSampleOptions(addReaderOptions(addHubOption(command))))
    .addOption(
      new Option('--models <names>', 'models to tell apart, by comma')
        .argParser(nameList('--models'))
        .conflicts('shortlist'),
    )
    .option('--shortlist <n>', 'how many of the best by fit to tell apart', countOption('--shortlist'), 5)
    .addOption(new Option('--all', 'tell every model of the hub apart').conflicts(['models', 'shortlist']))
    .option('--classes <names>', 'further labels that rows may have, by comma', (text: string) => text.split(','))
    .option('--budget <n>', 'how many rows to label', countOption('--budget'), 20)
    .option('--out <rows.csv>', 'write the rows to label next as a table, to be filled in')
    .option('--labels <rows.csv>', 'read such a table back; rows without a label are left')
    .option('--session <file>', 'where answers are kept (default: TARGET.session.json beside the table)')
    .option('--json', 'print one JSON object (schema/label-result.schema.json)')
    .addHelpText('after', EXAMPLE)
    .action(async (places: string[], flags: LabelFlags) => {
      refuseWithoutTerminal(flags)
      const bar = progressBar()
      try {
        const options = { ...labelOptions(flags), signal, onProgress: bar.onProgress }
        const labelling = await withHub(flags, hub => hub.label(places, options))
        bar.stop()
        const { runLabelling } = await import('./run-labelling.ts')
        await runLabelling(labelling, { ...flags, signal, session: sessionOf(places, flags) })
      } finally {
        bar.stop()
      }
    })
}

/** @throws USAGE where nobody could be asked */
function refuseWithoutTerminal({ out, labels, json }: LabelFlags): void {
  if (out !== undefined || labels !== undefined) return
  if (process.stdin.isTTY && process.stdout.isTTY && !json) return
  const why = json ? '--json' : 'without a terminal'
  throw new ModelHubError(
    'USAGE',
    `label: ${why}: expected --out rows.csv or --labels rows.csv, as nobody can be asked`,
  )
}

/** Beside the table, under the name of the target: the same for every round. */
function sessionOf([target]: readonly string[], { session, out, labels }: LabelFlags): string {
  return session ?? join(dirname(labels ?? out ?? '.'), `${basename(target)}.session.json`)
}

function labelOptions(flags: LabelFlags): HubLabelOptions {
  const { models, shortlist, all, classes } = flags
  return {
    ...dataOptions(flags),
    ...sampleOptions(flags),
    ...cacheOptions(flags),
    ...{ models, shortlist, all, classes },
  }
}
