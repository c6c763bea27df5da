/**
 * How much sooner do labels of rows that `modelhub label` chooses find the best model than those of random rows?
 *
 *   npm run bench:labelling          (predictions: npm run bench:matrix; public zoos: the shared folder)
 */
import { seededRandom } from '../src/common/random.ts'
import { familyOf } from './evaluation/matrix-view.ts'
import { chosenElsewhere } from './labelling/chosen-elsewhere.ts'
import {
  BUDGET,
  firstOf,
  METHODS,
  OURS,
  RANDOM,
  RANDOM_BELIEVED,
  regrets,
  trueAccuracies,
} from './labelling/labelling-runs.ts'
import { ratioInterval } from './labelling/ratio-interval.ts'
import { zooTargets, type ZooTarget } from './labelling/zoo-targets.ts'
import { markdownTable } from './markdown-table.ts'
import { recordResult, shortNumber } from './record-result.ts'
import { sharedFolder } from './shared-folder.ts'

/** Targets that are counted: those on which the first choice without labels loses more. */
const LEAST_REGRET = 0.03
const SHOWN = [1, 3, 5, 10, 20]

const startedAt = performance.now()
const all = zooTargets(sharedFolder())
const targets = all.filter(target => regretWithout(target) > LEAST_REGRET)
const zoos = [...new Set(targets.map(({ zoo }) => zoo))]

/** Regret after 1, 2, … labels of each target, by method: shape (targets, BUDGET). */
const curves = new Map(
  METHODS.map(method => {
    const found = targets.map(target => meanOf(seeds(method.seeds).map(seed => regrets(target, method, seed))))
    process.stderr.write(`${method.name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`)
    return [method.name, found]
  }),
)

const targetAreas = targets.map((target, t) => ({
  family: familyOf(target.zoo),
  areas: new Map([...curves].map(([name, found]) => [name, mean(found[t])])),
}))
const nested = chosenElsewhere(targetAreas, [...curves.keys()], RANDOM)
const nestedRatio = mean(targetAreas.map(({ family, areas }) => areas.get(nested.get(family)!)!)) / areaOf(RANDOM)

const ratios = new Map([...curves.keys()].map(name => [name, areaOf(name) / areaOf(RANDOM)]))
recordResult({
  name: 'labelling',
  question: 'How much sooner do labels of chosen rows find the best model than labels of random rows?',
  command: 'npm run bench:labelling',
  startedAt,
  bars: [
    {
      name: `area under regret for 1–${BUDGET} labels over that of random rows, ${targets.length} targets`,
      value: ratios.get(OURS)!,
      bar: 0.5,
      must: 'atMost',
    },
    {
      name: 'the same, upper end (95 % bootstrap over targets)',
      value: intervalOf(OURS, RANDOM).high,
      bar: 0.5,
      must: 'atMost',
    },
    {
      name: 'the same, the method chosen on the other families',
      value: nestedRatio,
      bar: 0.5,
      must: 'atMost',
    },
    ...zoos.map(zoo => ({
      name: `the same, ${zoo} alone`,
      value: areaOf(OURS, zoo) / areaOf(RANDOM, zoo),
      bar: 0.5,
      must: 'atMost' as const,
    })),
  ],
  markdown: report(),
  figures: {
    targets: targets.map((target, t) => ({
      zoo: target.zoo,
      target: target.target,
      without: regretWithout(target),
      by: target.by,
      areas: Object.fromEntries([...curves].map(([name, found]) => [name, mean(found[t])])),
    })),
    curves: Object.fromEntries([...curves].map(([name, found]) => [name, meanOf(found)])),
  },
})

function report(): string {
  const head = ['rows and choice of the model', 'area', 'over random', '95 %', ...SHOWN.map(n => `after ${n}`)]
  const rows = [...curves].map(([name, found]) => {
    const curve = meanOf(found)
    return [
      name,
      shortNumber(areaOf(name)),
      shortNumber(ratios.get(name)!),
      rangeOf(name),
      ...SHOWN.map(n => shortNumber(curve[n - 1])),
    ]
  })
  return [
    `Regret is accuracy lost against the best model, on all rows; mean over the ${targets.length} of ${all.length} targets on which the first ` +
      `choice of \`rank\` without labels loses more than ${LEAST_REGRET} (${shortNumber(mean(targets.map(regretWithout)))} on average). Area: mean regret after 1 to ${BUDGET} labels. ` +
      `Runs: ${METHODS.map(({ name, seeds }) => `${name} ${seeds}`).join(', ')}; all but the first of a method may ask for 70 % of the rows, drawn anew, so that one target gives several runs. ` +
      'Equal models go by the score that `rank` goes by without labels. CODA and ModelSelector are those of the papers, ' +
      'with classes in place of the models’ probabilities, and the papers’ constants.',
    markdownTable(head, rows),
    'By zoo, over the area of random rows; last, over that of random rows judged by ModelHub’s beliefs.',
    markdownTable(
      ['zoo', 'targets', ...[...curves.keys()].filter(name => name !== RANDOM), '95 %', 'over random, believed'],
      zoos.map(zoo => [
        zoo,
        `${targets.filter(target => target.zoo === zoo).length} of ${all.filter(target => target.zoo === zoo).length}`,
        ...[...curves.keys()]
          .filter(name => name !== RANDOM)
          .map(name => shortNumber(areaOf(name, zoo) / areaOf(RANDOM, zoo))),
        rangeOf(OURS, zoo),
        shortNumber(areaOf(OURS, zoo) / areaOf(RANDOM_BELIEVED, zoo)),
      ]),
    ),
    `Chosen without looking, for each family of zoos by what the methods cost on the others: ${[...nested]
      .map(([family, name]) => `${family}: ${name}`)
      .join('; ')}. That gives ${shortNumber(nestedRatio)} of random.`,
    'Rows that are chosen because models differ on them are no fair sample: going by the accuracy on them alone is worse ' +
      'than going by what the labels say of all rows (`modelBeliefs`), as `modelhub label` does. Of the method’s constants ' +
      'the weight of the votes is that of the decision; the others were chosen with these targets but skewed CIFAR-10 in view.',
  ].join('\n\n')
}

function intervalOf(name: string, reference: string, zoo?: string) {
  const counted = [...targets.keys()].filter(t => zoo === undefined || targets[t].zoo === zoo)
  return ratioInterval(
    counted.map(t => area(name, t)),
    counted.map(t => area(reference, t)),
    seededRandom(1),
  )
}

function rangeOf(name: string, zoo?: string): string {
  const { low, high } = intervalOf(name, RANDOM, zoo)
  return `${shortNumber(low)}–${shortNumber(high)}`
}

function areaOf(name: string, zoo?: string): number {
  return mean(targets.flatMap((target, t) => (zoo === undefined || target.zoo === zoo ? [area(name, t)] : [])))
}

function area(name: string, t: number): number {
  return mean(curves.get(name)![t])
}

function regretWithout(target: ZooTarget): number {
  const accuracies = trueAccuracies(target)
  return Math.max(...accuracies) - accuracies[firstOf(target.scores, target.scores)]
}

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function meanOf(found: readonly (readonly number[])[]): number[] {
  return found[0].map((_, i) => mean(found.map(one => one[i])))
}
