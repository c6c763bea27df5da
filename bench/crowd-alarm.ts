/**
 * Is the crowd alarm worth heeding? On every target of the kept predictions, for the five candidates that fit best and for
 * all: how often it is raised, on what ground, and what the vote and agreement cost there.
 *
 *   npm run bench:crowd-alarm          (matrices and predictions: npm run bench:matrix)
 */
import { fileURLToPath } from 'node:url'
import { seededRandom } from '../src/common/random.ts'
import { agreementWithVote, crowdAlarm, meanAgreement } from '../src/confidence/index.ts'
import type { KnownTarget } from '../src/decision/index.ts'
import { keptPredictions, matrixTargets } from './decision/matrix-targets.ts'
import { mean } from './decision/paired-loss.ts'
import { bootstrapMeans } from './evaluation/bootstrap.ts'
import { viewsOf } from './evaluation/matrix-view.ts'
import { markdownTable } from './markdown-table.ts'
import { keptMatrix, RUNS } from './matrix/kept-matrix.ts'
import type { TargetPredictions } from './matrix/predictions.ts'
import { recordResult, shortNumber } from './record-result.ts'

const MATRICES = fileURLToPath(new URL('../.cache/matrix', import.meta.url))
const FIVE = 5
const GROUNDS = ['none', 'a camp of one', 'a camp of several', 'similarity'] as const

interface Outcome {
  readonly workload: string
  readonly group: string
  readonly ground: (typeof GROUNDS)[number]
  readonly vote: number
  readonly agreement: number
  readonly random: number
  readonly fit?: number
  /** Of a camp of one: whether its model is the worst of all. */
  readonly oddIsWorst?: boolean
  /** Of two camps: whether the smaller one has a best model. */
  readonly bestIsApart?: boolean
}

/** What the crowd of some candidates comes to; undefined of fewer than three. */
function outcomeOf(
  target: KnownTarget,
  told: TargetPredictions,
  { most, ...from }: { readonly workload: string; readonly group: string; readonly most: number },
): Outcome | undefined {
  const known = Array.from(target.candidates.keys()).filter(c => target.candidates[c].name in told.models)
  const fitOf = (c: number) => target.candidates[c].evidence.fit
  const hasFits = known.every(c => fitOf(c) !== undefined)
  if (known.length < 3 || (known.length > most && !hasFits)) return undefined
  const chosen = hasFits ? [...known].sort((a, b) => fitOf(b)! - fitOf(a)!).slice(0, most) : known
  const crowd = chosen.map(c =>
    Int32Array.from(Buffer.from(told.models[target.candidates[c].name].predicted, 'base64')),
  )
  const similarity = hasFits ? chosen.map(c => fitOf(c)!) : undefined
  const { alarm, camps } = crowdAlarm(crowd, { similarity })
  const values = chosen.map(c => target.values[c])
  const regretBy = (scores: ArrayLike<number>) => Math.max(...values) - values[firstOf(scores)]
  const odd = camps.at(1)?.length === 1 ? camps[1][0] : undefined
  return {
    ...from,
    ground: !alarm
      ? 'none'
      : camps.length === 0
        ? 'similarity'
        : odd === undefined
          ? 'a camp of several'
          : 'a camp of one',
    vote: regretBy(agreementWithVote(crowd)),
    agreement: regretBy(meanAgreement(crowd)),
    random: Math.max(...values) - mean(values),
    fit: similarity && regretBy(similarity),
    oddIsWorst: odd === undefined ? undefined : values[odd] === Math.min(...values),
    bestIsApart: camps.at(1)?.some(m => values[m] === Math.max(...values)),
  }
}

/** Place of the greatest number, the first of equals. */
function firstOf(scores: ArrayLike<number>): number {
  return Array.from(scores).reduce((best, score, i, all) => (score > all[best] ? i : best), 0)
}

function table(outcomes: readonly Outcome[]): string {
  const heads = [
    'alarm',
    'targets',
    'vote',
    'agreement',
    'random',
    'fit',
    'vote less random (95 %)',
    'the odd one is the worst',
    'a best is in the smaller camp',
  ]
  return markdownTable(
    heads,
    GROUNDS.map(ground => {
      const some = outcomes.filter(one => one.ground === ground)
      const gains = some.map(({ vote, random }) => vote - random)
      const groups = some.map(({ workload, group }) => `${workload} ${group}`)
      const [{ low, high }] =
        some.length === 0 ? [{ low: NaN, high: NaN }] : bootstrapMeans([gains], groups, seededRandom(1))
      const share = (told: readonly (boolean | undefined)[]) => {
        const known = told.filter(one => one !== undefined)
        return known.length === 0 ? '–' : shortNumber(mean(known.map(Number)))
      }
      return [
        ground,
        String(some.length),
        ...[some.map(({ vote }) => vote), some.map(({ agreement }) => agreement), some.map(({ random }) => random)].map(
          values => shortNumber(mean(values)),
        ),
        shortNumber(mean(some.flatMap(({ fit }) => fit ?? []))),
        `${shortNumber(mean(gains))} (${shortNumber(low)} to ${shortNumber(high)})`,
        share(some.map(({ oddIsWorst }) => oddIsWorst)),
        share(some.map(({ bestIsApart }) => bestIsApart)),
      ]
    }),
  )
}

const startedAt = performance.now()
const [ofFive, ofAll] = [FIVE, Infinity].map(most =>
  Object.keys(RUNS).flatMap(workload => {
    const matrix = keptMatrix(workload)
    if (!matrix) return []
    const predictions = keptPredictions(MATRICES, workload)
    const [view] = viewsOf(matrix)
    return matrixTargets(view, predictions).flatMap(target => {
      const told = predictions.get(target.name)
      return (told && outcomeOf(target, told, { workload, group: view.groupOf(target.name), most })) ?? []
    })
  }),
)

recordResult({
  name: 'crowd-alarm',
  question: 'Is the crowd alarm worth heeding?',
  command: 'npm run bench:crowd-alarm',
  startedAt,
  bars: [],
  markdown: [
    'Mean regret by what is chosen by, on the targets where the alarm is raised on that ground and where it is not. *The odd one is the worst*: share of camps of one whose model is the worst of all.',
    'The five that fit best:',
    table(ofFive),
    'All candidates:',
    table(ofAll),
    'The five, targets by workload:',
    markdownTable(
      ['workload', ...GROUNDS],
      [...new Set(ofFive.map(({ workload }) => workload))].map(name => [
        name,
        ...GROUNDS.map(ground => String(ofFive.filter(one => one.workload === name && one.ground === ground).length)),
      ]),
    ),
  ].join('\n\n'),
  figures: { ofFive, ofAll },
})
