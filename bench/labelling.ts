/**
 * How much sooner do labels of rows that `modelhub label` chooses find the best model than those of random rows?
 *
 *   npm run bench:labelling          (predictions: npm run bench:matrix; public zoos: the shared folder)
 */
import { BUDGET, firstOf, METHODS, OURS, RANDOM, regrets, trueAccuracies } from './labelling/labelling-runs.ts'
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
  const head = ['rows and choice of the model', 'area', 'over random', ...SHOWN.map(n => `after ${n}`)]
  const rows = [...curves].map(([name, found]) => {
    const curve = meanOf(found)
    return [
      name,
      shortNumber(areaOf(name)),
      shortNumber(ratios.get(name)!),
      ...SHOWN.map(n => shortNumber(curve[n - 1])),
    ]
  })
  const byZoo = zoos.map(zoo => {
    const counted = targets.filter(target => target.zoo === zoo).length
    const [ours, random] = [areaOf(OURS, zoo), areaOf(RANDOM, zoo)]
    const sooner = `${targets.filter((target, t) => target.zoo === zoo && area(OURS, t) < area(RANDOM, t)).length}`
    return [
      zoo,
      `${counted} of ${all.filter(target => target.zoo === zoo).length}`,
      ...[random, ours, ours / random].map(shortNumber),
      sooner,
    ]
  })
  return [
    `Regret is accuracy lost against the best model, on all rows; mean over the ${targets.length} of ${all.length} targets on which the first ` +
      `choice of \`rank\` without labels loses more than ${LEAST_REGRET} (${shortNumber(mean(targets.map(regretWithout)))} on average). Area: mean regret after 1 to ${BUDGET} labels. Random: mean of 20 seeds. ` +
      'Equal models go by the score that `rank` goes by without labels. The constants of the method were chosen with these ' +
      'targets in view, once for all of them.',
    markdownTable(head, rows),
    markdownTable(['zoo', 'targets', 'area, random', 'area, ModelHub', 'ratio', 'targets on which it is less'], byZoo),
    'Rows that are chosen because models differ on them are no fair sample: going by the accuracy on them alone is the ' +
      'fourth line. `modelhub label` goes by what the labels say of all rows (`modelBeliefs`).',
  ].join('\n\n')
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
