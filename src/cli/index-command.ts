import type { Command } from 'commander'
import type { DomainStatus, DomainTuning, IndexStatus, IndexTuning } from '../hub/index.ts'
import { addHubOption, withHub, type HubOption } from './hub-option.ts'
import { byteSize, percent, printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { numberOption } from './reader-options.ts'
import { renderTable } from './render-table.ts'
import { writeWhole } from './write-whole.ts'

interface IndexFlags extends HubOption {
  readonly json?: boolean
  readonly recall?: number
  readonly probes?: number
  readonly html?: string
}

/** `modelhub index status`, `rebuild` and `tune`. */
export function addIndexCommand(program: Command, signal: AbortSignal): void {
  const index = program
    .command('index')
    .description('what searches of a large hub ask instead of every model')
    .addHelpText('after', '\nExample:\n  $ modelhub index status --hub ./hub')
  indexCommand(index, 'status', 'what the index holds, and whether it is whole').action(async (flags: IndexFlags) => {
    printStatus(await withHub(flags, hub => hub.indexStatus()), flags)
  })
  indexCommand(index, 'rebuild', 'make the index anew from the catalog').action(async (flags: IndexFlags) => {
    printStatus(
      await withProgress(onProgress => withHub(flags, hub => hub.rebuildIndex({ signal, onProgress }))),
      flags,
    )
  })
  indexCommand(index, 'tune', 'recall and cost on a sample of the hub; keeps the parameters of JS-LSH that it picks')
    .option('--recall <x>', 'share of the nearest models that JS-LSH must find', numberOption('--recall'), 0.95)
    .option(
      '--probes <n>',
      'neighbouring buckets that JS-LSH probes in each band, for fewer bands',
      numberOption('--probes'),
      0,
    )
    .option('--html <file>', 'write the curves too: one page without scripts')
    .action(async (flags: IndexFlags) => {
      const { recall, probes } = flags
      const tuning = await withProgress(onProgress =>
        withHub(flags, hub => hub.tuneIndex({ recall, probes, signal, onProgress })),
      )
      if (flags.html !== undefined) await writePage(tuning, flags.html)
      if (flags.json) printJson(tuning)
      else printLine(tuningTable(tuning))
    })
}

function indexCommand(index: Command, name: string, about: string): Command {
  return addHubOption(index.command(name))
    .description(about)
    .option('--json', 'print one JSON object')
    .addHelpText('after', `\nExample:\n  $ modelhub index ${name} --hub ./hub`)
}

async function withProgress<T>(work: (onProgress: ReturnType<typeof progressBar>['onProgress']) => Promise<T>) {
  const bar = progressBar()
  try {
    return await work(bar.onProgress)
  } finally {
    bar.stop()
  }
}

async function writePage(tuning: IndexTuning, path: string): Promise<void> {
  const { renderIndexTuning } = await import('../report/index.ts')
  await writeWhole(path, Buffer.from(await renderIndexTuning(tuning, new Date())))
  printNote(`curves written to ${path}`)
}

function printStatus(status: IndexStatus, { json }: IndexFlags): void {
  for (const { unused } of status.domains) for (const { message } of unused) printNote(`warning: ${message}`)
  if (json) return printJson(status)
  printLine(status.folder)
  printLine(
    renderTable(status.domains, [
      { title: 'domain', text: (row: DomainStatus) => row.domain },
      { title: 'models', align: 'right', text: row => String(row.models) },
      { title: 'indexed', align: 'right', text: row => String(row.indexed) },
      { title: 'segments', align: 'right', text: row => String(row.segments) },
      { title: 'size', align: 'right', text: row => byteSize(row.sizeBytes) },
      { title: 'reference', align: 'right', text: row => String(row.referenceVersion) },
      { title: 'unusable files', align: 'right', text: row => String(row.unused.length) },
      { title: 'K × L, r', text: ({ lsh }) => `${lsh.shape.values} × ${lsh.shape.bands}, ${lsh.width.toFixed(3)}` },
      { title: 'probes', align: 'right', text: ({ lsh }) => String(lsh.probes) },
    ]),
  )
}

function tuningTable({ domains }: IndexTuning): string {
  return renderTable(domains, [
    { title: 'domain', text: (row: DomainTuning) => row.domain },
    { title: 'models', align: 'right', text: row => String(row.models) },
    { title: 'sample', align: 'right', text: row => String(row.sample) },
    { title: 'near, JS', align: 'right', text: row => row.threshold?.toFixed(4) ?? '–' },
    { title: 'K', align: 'right', text: row => String(row.lsh?.picked.shape.values ?? '–') },
    { title: 'L', align: 'right', text: row => String(row.lsh?.picked.shape.bands ?? '–') },
    { title: 'r', align: 'right', text: row => row.lsh?.picked.width.toFixed(3) ?? '–' },
    { title: 'recall', align: 'right', text: row => row.lsh?.picked.recall.toFixed(3) ?? '–' },
    { title: 'compared by LSH', align: 'right', text: row => percent(row.lsh?.picked.compared ?? null) },
    { title: 'by the block', align: 'right', text: row => percent(blockShare(row)) },
  ])
}

/** Of the merged bins that the block has. */
function blockShare({ block }: DomainTuning): number | null {
  return block?.find(({ coarseBins }) => coarseBins === 8)?.verified ?? null
}
