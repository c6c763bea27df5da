import type { MatrixPair, MatrixSignal, ScoreMatrix } from '../matrix/score-matrix.ts'

/** A score matrix, or the part of it that counts when some candidates do not. */
export interface MatrixView {
  readonly name: string
  readonly about: string
  readonly matrix: ScoreMatrix
  /** Targets that are no independent data of each other share a group. */
  groupOf(target: string): string
  /** Whether two targets' data are so near that one's history says the other's truth. */
  areTwins(a: string, b: string): boolean
}

/** Names, or how they begin, of workloads that share data. */
const FAMILIES = [['har'], ['entity-matching'], ['cifar-skew', 'neuralrank']]

/** Workloads of one family share data: none may be learnt from where another is predicted. */
export function familyOf(workload: string): string {
  const family = FAMILIES.find(names => names.some(name => workload.startsWith(name)))
  return family ? family[0] : workload
}

const dirtyTwin = (id: string) => id.replace(/^dirty_/, '')
/** Data set and person of a sensor table. */
const person = (id: string) => `${id.split('_')[0]} ${id.split('_').at(-1)!}`

/** Two of the skewed groups hold every cat. */
const skewedGroup = (target: string) => (target === 'skewed-3' ? 'skewed-1' : target)

/** Workloads of images whose targets share rows. */
const GROUPS: Readonly<Record<string, (target: string) => string>> = {
  'cifar-skew': skewedGroup,
  'cifar-skew-unseen': skewedGroup,
  neuralrank: target => target.split('-')[0],
}

/** How a workload is looked at: as it is, and for sensors also without models of the target's own person. */
export function viewsOf(matrix: ScoreMatrix): MatrixView[] {
  const { name, about } = matrix
  if (name === 'har' || name === 'har-dsads') {
    return [
      { name, about, matrix, groupOf: person, areTwins: (a, b) => a === b },
      {
        name: `${name}, other persons`,
        about: 'the same without models of the target’s own person; history without that person; votes are of all',
        matrix: onlyPairs(matrix, ({ kinship }) => !kinship!.samePerson),
        groupOf: person,
        areTwins: (a, b) => person(a) === person(b),
      },
    ]
  }
  if (name.startsWith('entity-matching')) {
    const areTwins = (a: string, b: string) => dirtyTwin(a) === dirtyTwin(b)
    return [{ name, about, matrix, groupOf: dirtyTwin, areTwins }]
  }
  if (name === 'hub-finetune') return finetuneViews(matrix)
  const group = GROUPS[name] as ((target: string) => string) | undefined
  if (group) return [{ name, about, matrix, groupOf: group, areTwins: (a, b) => group(a) === group(b) }]
  return [{ name, about, matrix, groupOf: target => target, areTwins: (a, b) => a === b }]
}

/** All data sets for what is told of all; for the scores the data sets and models that have them. */
function finetuneViews(matrix: ScoreMatrix): MatrixView[] {
  const { name, about } = matrix
  const groupOf = (target: string) => target.replace(/_label_.*/, '')
  const areTwins = (a: string, b: string) => groupOf(a) === groupOf(b)
  const scored = onlyPairs(matrix, ({ signals }) => 'logme' in signals && 'regularised-h-score' in signals)
  return [
    { name, about, matrix: { ...matrix, signals: {} }, groupOf, areTwins },
    {
      name: `${name}, scored`,
      about: 'the same on the eight data sets, and of the models, that the scores were computed of; history of those',
      ...{ matrix: scored, groupOf, areTwins },
    },
  ]
}

function onlyPairs(matrix: ScoreMatrix, isCandidate: (pair: MatrixPair) => boolean): ScoreMatrix {
  const targets = matrix.targets.map(target => ({ ...target, pairs: target.pairs.filter(isCandidate) }))
  return { ...matrix, targets: targets.filter(({ pairs }) => pairs.length > 1) }
}

/** The signals that rank, and that at least one pair has. */
export function rankingSignals({ signals, targets }: ScoreMatrix): (MatrixSignal & { readonly name: string })[] {
  const told = new Set(targets.flatMap(({ pairs }) => pairs.flatMap(pair => Object.keys(pair.signals))))
  return Object.entries(signals)
    .filter(([name, { needs }]) => needs !== 'evidence' && told.has(name))
    .map(([name, signal]) => ({ name, ...signal }))
}
