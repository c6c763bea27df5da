import { Option, type Command } from 'commander'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ModelHubError } from '../common/index.ts'
import type { PartitionKind } from '../sketch/sketch.ts'
import { printJson, printLine, printNote } from './print.ts'
import { progressBar } from './progress-bar.ts'
import { addReaderOptions, dataOptions, numberOption, type ReaderOptions } from './reader-options.ts'
import { addSketchDiffCommand } from './sketch-diff-command.ts'
import { writeWhole } from './write-whole.ts'

interface SketchFlags extends ReaderOptions {
  readonly output?: string
  readonly seed: number
  readonly profile: 'default' | 'paper'
  readonly partitions: readonly Exclude<PartitionKind, 'whole'>[]
  readonly reference?: string
}

const EXAMPLE = `
Example:
  $ modelhub sketch train.csv --label species -o train.sketch.parquet
  $ modelhub sketch 'part-*.parquet' --exclude id -o train.sketch.parquet
  $ modelhub sketch show train.sketch.parquet`

/** `modelhub sketch` and what can be done with sketch files. */
export function addSketchCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('sketch')
    .enablePositionalOptions()
    .argument('<data...>', 'data files or globs: CSV, TSV, Parquet, JSON, NDJSON; .gz and .zst too')
    .description('sketch data: what may leave the machine instead of them')
  addReaderOptions(command)
    .option('-o, --output <file>', 'sketch file to write, as in train.sketch.parquet')
    .option('--seed <n>', 'seed of partitions and signatures', numberOption('--seed'), 0)
    .addOption(new Option('--profile <profile>', 'kind of sketch').choices(['default', 'paper']).default('default'))
    .option('--partitions <kinds>', 'clustered, random, both by comma, or none', partitionKinds, [
      'clustered',
      'random',
    ] as const)
    .option('--reference <sketch>', 'sketch in whose coordinates means for MMD are taken')
    .addHelpText('after', EXAMPLE)
    .action((paths: string[], flags: SketchFlags) => writeSketchFile(paths, flags, signal))
  command
    .command('show')
    .argument('<file>', 'sketch file')
    .description('print what a sketch holds and what it tells about the data')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ modelhub sketch show train.sketch.parquet')
    .action(showSketch)
  addSketchDiffCommand(command)
}

async function writeSketchFile(paths: readonly string[], flags: SketchFlags, signal: AbortSignal): Promise<void> {
  const { loadSketchFile, sketchData } = await import('../hub/index.ts')
  const { output, seed, profile, partitions } = flags
  if (output === undefined) throw new ModelHubError('USAGE', 'sketch: expected -o FILE.sketch.parquet to write to')
  await requireFolder(dirname(output))
  const reference = flags.reference === undefined ? undefined : (await loadSketchFile(flags.reference)).sketch
  const bar = progressBar()
  try {
    const made = await sketchData(paths, {
      ...dataOptions(flags),
      ...{ seed, profile, partitions, reference, signal, onProgress: bar.onProgress },
    })
    bar.stop()
    await writeWhole(output, made.bytes)
    for (const warning of made.warnings) printNote(`note: ${warning}`)
    printNote(await receiptNote(output))
  } finally {
    bar.stop()
  }
}

/** Tells of a place that is not there before the data are read, which may take long. */
async function requireFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return
  throw new ModelHubError('FILE_NOT_FOUND', `${folder}: expected a folder to write the sketch to`)
}

async function receiptNote(path: string): Promise<string> {
  const { loadSketchFile } = await import('../hub/index.ts')
  const { renderReceipt } = await import('./render-receipt.ts')
  return renderReceipt(path, (await loadSketchFile(path)).sketch, (await stat(path)).size)
}

async function showSketch(path: string, flags: { json?: boolean }): Promise<void> {
  const { loadSketchFile } = await import('../hub/index.ts')
  const { privacyReceipt } = await import('../sketch/privacy-receipt.ts')
  const { renderReceipt } = await import('./render-receipt.ts')
  const { sketch, bytes, sha256 } = await loadSketchFile(path)
  if (flags.json) printJson({ file: path, sha256, ...privacyReceipt(sketch, bytes.length) })
  else printLine(renderReceipt(path, sketch, bytes.length))
}

function partitionKinds(text: string): Exclude<PartitionKind, 'whole'>[] {
  if (text === 'none') return []
  return text.split(',').map(kind => {
    if (kind === 'clustered' || kind === 'random') return kind
    throw new ModelHubError('USAGE', `--partitions: expected clustered, random or none, got ${kind}`)
  })
}
