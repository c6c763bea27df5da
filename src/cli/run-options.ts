import { Option, type Command } from 'commander'
import { ModelHubError } from '../common/index.ts'
import { POOLINGS, type Pooling } from '../inference/model-run.ts'
import { countOption, numberOption } from './reader-options.ts'

/** Options of every command that runs models. */
export interface RunFlags {
  readonly sample: number | 'all'
  readonly seed: number
  readonly pooling: Pooling
  /** Seconds. */
  readonly timeLimit: number
  /** Bytes. */
  readonly memoryLimit: number
  readonly labels?: string
}

const GIBIBYTE = 2 ** 30

/** `--sample`, `--seed`, `--pooling`, `--time-limit`, `--memory-limit` and `--labels`. */
export function addRunOptions(command: Command, sample: number | 'all' = 2000): Command {
  return command
    .option('--sample <n>', 'rows to run on, or all; stratified where there are labels', sampleOption, sample)
    .option('--seed <n>', 'another sample', numberOption('--seed'), 0)
    .addOption(new Option('--pooling <how>', 'how a layer becomes one vector a row').choices(POOLINGS).default('auto'))
    .option('--time-limit <time>', 'longest that one model may run', secondsOption('--time-limit'), 600)
    .option(
      '--memory-limit <GiB>',
      'most memory that one model may take',
      gibibytesOption('--memory-limit'),
      4 * GIBIBYTE,
    )
    .option('--labels <file>', 'labels of ready tensors: a table with the --label column, or .npy')
}

/** The same as the library takes them. */
export function runOptions({ sample, seed, pooling, timeLimit, memoryLimit, labels }: RunFlags) {
  return { sample, seed, pooling, labels, limits: { seconds: timeLimit, memoryBytes: memoryLimit } }
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
export function gibibytesOption(name: string): (text: string) => number {
  return text => numberOption(name)(text) * GIBIBYTE
}
