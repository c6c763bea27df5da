import { Option, type Command } from 'commander'
import type { HubRankOptions } from '../hub/index.ts'
import { SCORES, type ScoreDescription } from '../rank/score-names.ts'
import { countOption, numberOption } from './reader-options.ts'
import { secondsOption } from './run-options.ts'

/** Options of every command that ranks models by running them. */
export interface RankingFlags {
  readonly shortlist: number
  readonly by?: readonly string[]
  readonly layer?: readonly string[]
  readonly pca: number
  readonly distance: 'cosine' | 'euclidean'
  readonly b: 'mean' | 'centroid'
  readonly probe?: boolean
  readonly scores: 'cheap' | 'all'
  readonly atOnce?: number
  readonly within?: number
  /** Seconds. */
  readonly budget?: number
}

/**
 * `--shortlist`, `--by`, `--layer`, `--pca`, `--distance`, `--b`, `--probe`, `--scores`, `--at-once`,
 * `--within` and `--budget`, the scores explained below the help.
 */
export function addRankingOptions(command: Command): Command {
  return command
    .option('--shortlist <n>', 'how many of the best to run', countOption('--shortlist'), 5)
    .option('--by <score>', 'score to rank by; again for more (see below)', collected)
    .option(
      '--layer <name>',
      'tensor that the scores of a layer look at; again for more, or all; the first one ranks, unless told the last dense one',
      collected,
    )
    .option('--pca <d>', 'principal components that neuralRank looks at', countOption('--pca'), 10)
    .addOption(
      new Option('--distance <name>', 'distance of neuralRank').choices(['cosine', 'euclidean']).default('cosine'),
    )
    .addOption(
      new Option('--b <to>', "neuralRank's distance to another class: to its members, or its centroid as in Eq. 4")
        .choices(['mean', 'centroid'])
        .default('mean'),
    )
    .option('--probe', 'train the last layer anew on the sample, too')
    .addOption(
      new Option('--scores <which>', 'cheap leaves out what is dear and not ranked by')
        .choices(['cheap', 'all'])
        .default('cheap'),
    )
    .option('--at-once <n>', 'models that run at a time (default: by cores and free memory)', countOption('--at-once'))
    .option(
      '--within <share>',
      'pick the smallest, fastest, freest within this much of the best',
      numberOption('--within'),
    )
    .option('--budget <time>', 'successive halving within this time, as 90s or 10m', secondsOption('--budget'))
    .addHelpText('after', () => `\n${scoresHelp()}`)
}

/** The same as the library takes them. */
export function rankingOptions({
  budget,
  shortlist,
  by,
  layer,
  pca,
  distance,
  b,
  probe,
  scores,
  atOnce,
  within,
}: RankingFlags): HubRankOptions {
  return { shortlist, by, layer, pca, distance, b, probe, scores, atOnce, within, budgetSeconds: budget }
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

const DEAR = { wide: ' [dear on wide layers]', always: ' [dear]' } as const

function scoresHelp(): string {
  const lines = Object.entries<ScoreDescription>(SCORES).map(
    ([name, { about, needs, dear }]) =>
      `  ${name.padEnd(22)}${about}${needs === 'labels' ? ' [labels]' : ''}${dear ? DEAR[dear] : ''}`,
  )
  return [
    'Scores (the greater, the better; [labels]: needs --label; [dear]: left out but for --by and --scores all):',
    ...lines,
  ].join('\n')
}
