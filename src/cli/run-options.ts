import { Option, type Command } from 'commander'
import { ModelHubError } from '../common/index.ts'
import { LEAST_MEMORY_BYTES, POOLINGS, type Pooling } from '../inference/model-run.ts'
import { countOption, numberOption } from './reader-options.ts'

/** Options of every command that runs models on a sample of rows. */
export interface SampleFlags {
  readonly sample: number | 'all'
  readonly seed: number
  /** Seconds. */
  readonly timeLimit: number
  /** Bytes. */
  readonly memoryLimit: number
}

/** Options of the commands that score what models give, too. */
export interface RunFlags extends SampleFlags {
  readonly pooling: Pooling
  readonly labels?: string
}

const GIBIBYTE = 2 ** 30

/** `--sample`, `--seed`, `--time-limit` and `--memory-limit`. */
export function addSampleOptions(command: Command, sample: number | 'all' = 2000): Command {
  return command
    .option('--sample <n>', 'rows to run on, or all; stratified where there are labels', sampleOption, sample)
    .option('--seed <n>', 'another sample', numberOption('--seed'), 0)
    .addOption(
      new Option('--time-limit <time>', 'longest that one model may run')
        .argParser(secondsOption('--time-limit'))
        .default(600, '10m'),
    )
    .addOption(
      new Option('--memory-limit <GiB>', 'most memory that one model may take')
        .argParser(gibibytesOption('--memory-limit', LEAST_MEMORY_BYTES))
        .default(4 * GIBIBYTE, '4'),
    )
}

/** The same, `--pooling` and `--labels`. */
export function addRunOptions(command: Command, sample: number | 'all' = 2000): Command {
  return addSampleOptions(command, sample)
    .addOption(new Option('--pooling <how>', 'how a layer becomes one vector a row').choices(POOLINGS).default('auto'))
    .option('--labels <file>', 'labels of ready tensors: a table with the --label column, or .npy')
}

/** The options of `addSampleOptions` as the library takes them. */
export function sampleOptions({ sample, seed, timeLimit, memoryLimit }: SampleFlags) {
  return { sample, seed, limits: { seconds: timeLimit, memoryBytes: memoryLimit } }
}

/** Those of `addRunOptions`. */
export function runOptions(flags: RunFlags) {
  const { pooling, labels } = flags
  return { ...sampleOptions(flags), pooling, labels }
}

/** A time given on the command line, as 90, 90s, 10m or 1h; in seconds. */
export function secondsOption(name: string): (text: string) => number {
  return text => {
    const found = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text)
    const seconds = found
      ? Number(found[1]) * { s: 1, m: 60, h: 3600 }[(found[2] as 's' | 'm' | 'h' | undefined) ?? 's']
      : 0
    if (seconds > 0) return seconds
    throw new ModelHubError('USAGE', `${name}: expected a time above 0 as 90s, 10m or 1h, got ${text}`)
  }
}

function sampleOption(text: string): number | 'all' {
  return text === 'all' ? text : countOption('--sample')(text)
}

/** A size given on the command line in GiB; in bytes. */
export function gibibytesOption(name: string, least: number): (text: string) => number {
  return text => {
    const bytes = numberOption(name)(text) * GIBIBYTE
    if (bytes >= least) return bytes
    throw new ModelHubError('OUT_OF_RANGE', `${name}: expected at least ${least / GIBIBYTE} GiB, got ${text}`)
  }
}
