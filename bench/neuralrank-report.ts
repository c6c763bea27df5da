import { kendallTau } from '../src/math/correlation.ts'
import { markdownTable } from './markdown-table.ts'
import { expectedTau, orderedRight, pairsApart } from './neuralrank-noise.ts'
import type { ZooModel } from './neuralrank-runs.ts'
import { agreement, type Silhouettes } from './neuralrank-scores.ts'
import type { Bar } from './record-result.ts'

/** The numbers that the paper printed. */
interface Published {
  readonly models: readonly string[]
  readonly table2_silhouette_by_layer_on_mnist_04: Readonly<Record<string, readonly number[]>>
  readonly table3_silhouette_L5_on_fashion_04: readonly number[]
  readonly table4_transfer_accuracy_on_fashion_04: readonly number[]
  readonly table5_lite: Readonly<Record<`${'mnist' | 'fashion'}_${'silhouette' | 'accuracy'}`, readonly number[]>>
  readonly table6_512_on_fashion_04: {
    readonly models: readonly string[]
    readonly silhouette: readonly number[]
    readonly accuracy: readonly number[]
  }
}

/** All that was measured. */
export interface Experiments {
  readonly models: readonly ZooModel[]
  /** Most rows of a target that the other scores are of. */
  readonly scoredRows: number
  /** Rows of MNIST that Table 2 is of, all classes. */
  readonly layerRows: number
  readonly dimensions: readonly number[]
  readonly neuralrank: Published
  truthOf(model: string, target: string): number
  /** Of MNIST 0–4: L0 of all models, and L1 to L5 of each of the nine. */
  readonly byLayer: Map<string, readonly number[]>
  /** Of Fashion 0–4: one silhouette for each number of dimensions. */
  readonly byDimensions: Map<string, readonly number[]>
  readonly targets: Map<
    string,
    { readonly silhouettes: readonly Silhouettes[]; readonly others: Map<string, readonly number[]> }
  >
}

const three = (value: number) => (Number.isFinite(value) ? value.toFixed(3) : '–')
const KINDS = {
  nine: (id: string) => !id.includes('-'),
  lite: (id: string) => id.endsWith('-lite'),
  'nine and lite': (id: string) => !id.endsWith('-512'),
  all: () => true,
} as const
type Kind = keyof typeof KINDS

/** Scores, and truth, of the models of a kind on a target. */
function series(found: Experiments, target: string, kind: Kind) {
  const chosen = [...found.models.keys()].filter(m => KINDS[kind](found.models[m].id))
  const { silhouettes, others } = found.targets.get(target)!
  const of = (values: readonly number[]) => chosen.map(m => values[m])
  return {
    truth: chosen.map(m => found.truthOf(found.models[m].id, target)),
    scores: new Map<string, readonly number[]>([
      ['neuralRank, mean', of(silhouettes.map(({ mean }) => mean))],
      ['neuralRank, centroid', of(silhouettes.map(({ centroid }) => centroid))],
      ...[...others].filter(([name]) => name !== 'neuralrank').map(([name, values]) => [name, of(values)] as const),
      ['source accuracy (baseline)', of(found.models.map(({ sourceAccuracy }) => sourceAccuracy))],
      ['fewest parameters (baseline)', of(found.models.map(({ parameters }) => -parameters))],
      ['most parameters (baseline)', of(found.models.map(({ parameters }) => parameters))],
    ]),
  }
}

/** The targets of the issue's prototype: classes 0 to 4, and all ten. */
const PROTOTYPE = (target: string) => !target.endsWith('-5-9')
const FORMS = ['mean', 'centroid'] as const
const ROUNDING = 1e-9

/** The report, and the bars that it is held to. */
export function neuralrankReport(found: Experiments): { bars: Bar[]; markdown: string } {
  const targets = [...found.targets.keys()].filter(PROTOTYPE)
  const bars = FORMS.flatMap((form): Bar[] => {
    const nine = targets.map(target => {
      const { truth, scores } = series(found, target, 'nine')
      return agreement(scores.get(`neuralRank, ${form}`)!, truth)
    })
    return [
      {
        name: `targets of 6 (0–4 and whole) whose best of nine models neuralRank (${form}) finds within .002 of accuracy`,
        value: nine.filter(({ regret }) => regret <= 0.002 + ROUNDING).length,
        bar: 6,
        must: 'atLeast',
      },
      {
        name: `least τ on them, nine models (${form})`,
        value: Math.min(...nine.map(({ tau }) => tau)),
        bar: 0.5,
        must: 'atLeast',
      },
    ]
  })
  const markdown = [
    'Silhouettes are of all rows of the test split that are of the target’s classes, D = 10, cosine, the output of the last ' +
      'dense layer after its ReLU. `mean`: b is the mean distance to the members of the nearest other class (the default); ' +
      '`centroid`: to its centroid, the paper’s Eq. 4. Accuracies are those of the zoo’s truth.csv: the last layer retrained ' +
      `on 10,000 training rows, measured on the same test rows. Other scores are of ${found.scoredRows} of the rows, evenly ` +
      `spread; Table 2 of ${found.layerRows / 2}.`,
    claims(found),
    noise(found),
    ...(['nine', 'lite', 'all'] as const).map(kind => tauTable(found, kind)),
    ...tables(found),
  ].join('\n\n')
  return { bars, markdown }
}

/** What the noise of the truth allows: one retraining a model, measured on some thousand rows. */
function noise(found: Experiments): string {
  const rows = [...found.targets.keys()].flatMap(target =>
    (['nine', 'all'] as const).map(kind => {
      const { truth, scores } = series(found, target, kind)
      const right = (name: string) => three(orderedRight(scores.get(name)!, truth))
      const again = expectedTau(truth, target.includes('-') ? 5000 : 10_000)
      const names = ['neuralRank, mean', 'neuralRank, centroid', 'logme']
      return [target, kind, three(again), String(pairsApart(truth)), ...names.map(right)]
    }),
  )
  return [
    '## What the noise of the accuracies allows',
    'τ again: what the true order itself would reach if accuracies were measured on as many other rows. Pairs apart: those ' +
      'of models whose accuracies differ by more than half a point; the other columns say which share of them a score ' +
      'orders right.',
    markdownTable(['target', 'models', 'τ again', 'pairs apart', 'neuralRank, mean', 'centroid', 'logme'], rows),
  ].join('\n\n')
}

/** What the paper says, and whether it is so here. */
function claims(found: Experiments): string {
  const tau = (target: string, kind: Kind) => {
    const { truth, scores } = series(found, target, kind)
    return agreement(scores.get('neuralRank, mean')!, truth)
  }
  const last = (id: string) => found.byLayer.get(id)!.at(-1)!
  const { models, table5_lite: lite, ...paper } = found.neuralrank
  const own = ['M10', 'M04', 'M59']
  const best = own.filter(id => last(id) >= Math.max(...found.byLayer.get(id)!))
  const published18 = kendallTau(
    [...paper.table3_silhouette_L5_on_fashion_04, ...lite.fashion_silhouette],
    [...paper.table4_transfer_accuracy_on_fashion_04, ...lite.fashion_accuracy],
  )
  const here = tau('Fashion-0-4', 'nine and lite')
  const five = topFive(found)
  return [
    '## What reproduces',
    `- Table 2, the last dense layer discriminates best in models of the target's own domain: ${best.length} of 3 ` +
      `(${models
        .slice(0, 3)
        .map(id => `${id} ${three(last(id))}`)
        .join(', ')}).`,
    `- Tables 3 and 4, the order by score is the order by accuracy: τ ${three(tau('Fashion-0-4', 'nine').tau)} here, ` +
      `${three(kendallTau(paper.table3_silhouette_L5_on_fashion_04, paper.table4_transfer_accuracy_on_fashion_04))} in the published numbers.`,
    `- "Ranking of all 18 models matches" (Tables 3 to 5, Fashion 0–4): τ ${three(here.tau)} here, ${three(published18)} in the ` +
      `published numbers themselves: ${published18 < 1 ? 'it does not quite hold even there' : 'it holds there'}.`,
    `- Table 6, the top five by score are the top five by accuracy: ${five.here} of 5 here, ${five.published} of 5 in the published numbers.`,
    `- By kind and together: all 23 models, Fashion 0–4: τ ${three(tau('Fashion-0-4', 'all').tau)}, regret ${three(tau('Fashion-0-4', 'all').regret)}; ` +
      `MNIST 0–4: τ ${three(tau('MNIST-0-4', 'all').tau)}, regret ${three(tau('MNIST-0-4', 'all').regret)}.`,
    `- Figure 2, the order is the same for D from 5 to 50: ${sameOrder(found) ? 'yes' : 'no'}.`,
  ].join('\n')
}

function topFive(found: Experiments) {
  const { models, silhouette, accuracy } = found.neuralrank.table6_512_on_fashion_04
  const top = (values: readonly number[]) =>
    new Set([...values.keys()].sort((a, b) => values[b] - values[a]).slice(0, 5))
  const shared = (a: Set<number>, b: Set<number>) => [...a].filter(model => b.has(model)).length
  const place = (id: string) => found.models.findIndex(model => model.id === id)
  const { silhouettes } = found.targets.get('Fashion-0-4')!
  const scores = models.map(id => silhouettes[place(id)].mean)
  const truth = models.map(id => found.truthOf(id, 'Fashion-0-4'))
  return { here: shared(top(scores), top(truth)), published: shared(top(silhouette), top(accuracy)) }
}

function sameOrder({ byDimensions, dimensions }: Experiments): boolean {
  const orders = dimensions.flatMap((d, i) =>
    d < 5 || d > 50
      ? []
      : [[...byDimensions.keys()].sort((a, b) => byDimensions.get(b)![i] - byDimensions.get(a)![i]).join()],
  )
  return new Set(orders).size === 1
}

/** τ of every score on every target. */
function tauTable(found: Experiments, kind: Kind): string {
  const targets = [...found.targets.keys()]
  const n = found.models.filter(({ id }) => KINDS[kind](id)).length
  const chance = Math.sqrt((2 * (2 * n + 5)) / (9 * n * (n - 1)))
  const names = [...series(found, targets[0], kind).scores.keys()]
  const rows = names.map(name => {
    const each = targets.map(target => {
      const { truth, scores } = series(found, target, kind)
      return agreement(scores.get(name) ?? [], truth)
    })
    const mean = (of: (one: (typeof each)[number]) => number) =>
      each.reduce((sum, one) => sum + of(one), 0) / each.length
    return { name, each, tau: mean(one => one.tau), regret: mean(one => one.regret) }
  })
  const told = rows.sort((a, b) => (b.tau || -9) - (a.tau || -9))
  return [
    `## Kendall's τ-b with the accuracy after retraining, ${n} models (${kind})`,
    markdownTable(
      ['score', 'mean τ', 'mean regret', ...targets],
      told.map(({ name, each, tau, regret }) => [name, three(tau), three(regret), ...each.map(one => three(one.tau))]),
    ),
    `A random order: τ 0 ± ${chance.toFixed(2)} on a target.`,
  ].join('\n\n')
}

/** The paper's tables beside ours. */
function tables(found: Experiments): string[] {
  const { neuralrank: paper } = found
  const place = (id: string) => found.models.findIndex(model => model.id === id)
  const score = (id: string, target: string) => found.targets.get(target)!.silhouettes[place(id)]
  const beside = (title: string, ids: readonly string[], target: string, published: readonly (readonly number[])[]) =>
    [
      `## ${title}`,
      markdownTable(
        ['model', 'score', 'published', 'score with b to the centroid', 'accuracy', 'published'],
        ids.map((id, m) => [
          ...[id, three(score(id, target).mean), three(published[0][m]), three(score(id, target).centroid)],
          ...[three(found.truthOf(id, target)), three(published[1][m])],
        ]),
      ),
    ].join('\n\n')
  const lite = paper.models.map(id => `${id}-lite`)
  const { table5_lite: five, table6_512_on_fashion_04: six } = paper
  const published34 = [paper.table3_silhouette_L5_on_fashion_04, paper.table4_transfer_accuracy_on_fashion_04]
  return [
    tableTwo(found),
    beside('Tables 3 and 4: Fashion 0–4, L5', paper.models, 'Fashion-0-4', published34),
    beside('Table 5: lite models, MNIST 0–4', lite, 'MNIST-0-4', [five.mnist_silhouette, five.mnist_accuracy]),
    beside('Table 5: lite models, Fashion 0–4', lite, 'Fashion-0-4', [five.fashion_silhouette, five.fashion_accuracy]),
    beside('Table 6: L5 of 512, Fashion 0–4', six.models, 'Fashion-0-4', [six.silhouette, six.accuracy]),
    [
      '## Figure 2: score against D, Fashion 0–4, L5',
      markdownTable(
        ['model', ...found.dimensions.map(d => `D = ${d}`)],
        [...found.byDimensions].map(([id, scores]) => [id, ...scores.map(three)]),
      ),
    ].join('\n\n'),
  ]
}

function tableTwo({ byLayer, neuralrank }: Experiments): string {
  const published = neuralrank.table2_silhouette_by_layer_on_mnist_04
  return [
    '## Table 2: score by layer, MNIST 0–4; ours, then the published number',
    markdownTable(
      ['model', 'L0', 'L1', 'L2', 'L3', 'L4', 'L5'],
      neuralrank.models.map(id => [
        id,
        ...[...byLayer.get('L0')!, ...byLayer.get(id)!].map(
          (value, i) => `${three(value)} / ${three(published[id][i])}`,
        ),
      ]),
    ),
  ].join('\n\n')
}
