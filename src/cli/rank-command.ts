import { Option, type Command } from 'commander'
import { ERROR_CODES, type ErrorCode } from '../common/index.ts'
import type { Hub, HubRankOptions, RankReport, RankResult } from '../hub/index.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { nameList } from './name-list.ts'
import { printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, type ReaderOptions } from './reader-options.ts'
import { addReceiptOptions, receiptKeeper, withReceipt, type ReceiptFlags } from './receipt-options.ts'
import { renderPulls } from './render-pulls.ts'
import { renderRun } from './render-ranking.ts'
import { addCacheOptions, cacheOptions, type CacheFlags } from './cache-options.ts'
import { addRankingOptions, rankingOptions, type RankingFlags } from './ranking-options.ts'
import { addRunOptions, runOptions, type RunFlags } from './run-options.ts'
import { writeWhole } from './write-whole.ts'

interface RankFlags extends ReaderOptions, HubOption, RunFlags, CacheFlags, RankingFlags, ReceiptFlags {
  readonly models?: readonly string[]
  readonly all?: boolean
  readonly explain?: boolean
  readonly json?: boolean
  readonly html?: string
}

const EXAMPLE = `
Example:
  $ modelhub rank visits.csv --label outcome --hub ./hub
  $ modelhub rank visits.csv --label outcome --hub ./hub --within 0.01
  $ modelhub rank visits.csv --hub ./hub --by atc --by weighted-vote
  $ modelhub rank digits.tar.gz --hub ./hub --all --budget 2m --json
  $ modelhub rank digits.tar.gz --hub ./hub --layer all --html layers.html`

/** `modelhub rank`: runs the shortlisted models on a target and ranks them by what they say. */
export function addRankCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('rank')
    .argument('<target...>', 'data files; NAME=FILE.npy for ready tensors')
    .description('run the models that fit a target best on a sample of it, and rank them by what they say')
  addReceiptOptions(addRankingOptions(addCacheOptions(addRunOptions(addReaderOptions(addHubOption(command))))))
    .addOption(
      new Option('--models <names>', 'models to run, by comma').argParser(nameList('--models')).conflicts('shortlist'),
    )
    .addOption(new Option('--all', 'run every model of the hub').conflicts(['models', 'shortlist']))
    .option('--explain', 'show what each piece of evidence adds to each expected accuracy')
    .option('--json', 'print one JSON object (schema/rank-result.schema.json)')
    .option('--html <file>', 'write a report too: one page without scripts, for the screen and for paper')
    .addHelpText('after', EXAMPLE)
    .action(async (places: string[], flags: RankFlags) => {
      const bar = progressBar()
      try {
        const keep = await receiptKeeper(flags)
        const options = rankOptions(flags)
        const watched = { ...options, signal, onProgress: bar.onProgress }
        const found = await withHub(flags, hub => ranked(hub, places, { ...watched, html: flags.html }))
        const done = { kind: 'rank', hub: flags.hub, places, options } as const
        const result = await withReceipt(keep, { ...done, result: found.result })
        if (flags.html !== undefined) await writeReport(flags.html, { ...found.report!, result })
        bar.stop()
        for (const warning of result.warnings) printNote(`note: ${warning}`)
        if (flags.html !== undefined) printNote(`report written to ${flags.html}`)
        if (flags.json) printJson(result)
        else printLine(flags.explain ? `${renderRun(result)}\n\n${renderPulls(result)}` : renderRun(result))
        process.exitCode = exitCodeOf(result)
      } finally {
        bar.stop()
      }
    })
}

/** That of the first failure, where no model could be run. */
function exitCodeOf({ results, failures }: RankResult): number {
  return results.length > 0 || failures.length === 0 ? 0 : ERROR_CODES[failures[0].code as ErrorCode].exitCode
}

async function ranked(
  hub: Hub,
  places: readonly string[],
  { html, ...options }: HubRankOptions & { readonly html?: string },
): Promise<{ readonly result: RankResult; readonly report?: RankReport }> {
  if (html === undefined) return { result: await hub.rank(places, options) }
  const report = await hub.rankReport(places, options)
  return { result: report.result, report }
}

/** Written once the receipt is kept, whose id is on the page. */
async function writeReport(html: string, report: RankReport): Promise<void> {
  const { renderRankReport } = await import('../report/index.ts')
  await writeWhole(html, Buffer.from(await renderRankReport(report, new Date())))
}

function rankOptions(flags: RankFlags): HubRankOptions {
  const { models, all } = flags
  return {
    ...dataOptions(flags),
    ...runOptions(flags),
    ...cacheOptions(flags),
    ...rankingOptions(flags),
    ...{ models, all },
  }
}
