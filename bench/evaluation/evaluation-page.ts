import { openDrawing, type Drawing } from '../../src/report/drawing.ts'
import { markup, type Markup } from '../../src/report/markup.ts'
import { STYLE } from '../../src/report/style.ts'
import type { CostCurve } from './cost-curves.ts'
import { curvesPlot } from './curves-plot.ts'
import { viewTable } from './evaluation-tables.ts'
import type { MeasuredView } from './measured-view.ts'
import type { PublishedTable } from './published.ts'

/** Signals whose regret by length of the shortlist is drawn, where a view has them. */
const DRAWN = [
  'source accuracy',
  'mean accuracy elsewhere',
  'joint: fit',
  'joint: js',
  'paper, pooled: adaptivity, t = 0.002',
  'paper, words: js',
  'confidence',
  'vote',
  'weighted-vote',
  'neuralrank',
  'decision, history, five run',
  'decision, no history, five run',
]

/** Columns of text that the table of a view begins with, and that of the paper. */
const [VIEW_TEXTS, PUBLISHED_TEXTS] = [2, 2]

/** Signals that are drawn against the truth. */
const SCATTERED = ['joint: fit', 'confidence', 'weighted-vote', 'neuralrank']

/** What stands on the page beside the measured views. */
interface PageParts {
  readonly curves: ReadonlyMap<string, readonly CostCurve[]>
  readonly published: PublishedTable
}

/** Figures and plots of all views as one HTML page that needs no network and no script. */
export async function evaluationPage(
  measured: readonly MeasuredView[],
  { curves, published }: PageParts,
): Promise<string> {
  const drawing = await openDrawing()
  const sections = measured.map(one => viewSection(drawing, one, curves.get(one.view.name)!))
  const page = markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>Evaluation of ModelHub</title><style>${{ html: STYLE }}
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(460px, 1fr)); gap: 16px; }
.plots svg { max-width: 100%; }</style></head>
<body><header><h1>Evaluation of ModelHub</h1>
<p class="quiet">Every signal on every workload. Regret: the accuracy, or F1, lost against the best candidate. Top-1 and
top-2 error: how often the best is not the first, or not among the first two. Pearson, Kendall τ: how well the values follow the
truth.</p>
<nav><a href="#papers">the 2020 paper</a>${measured.map(({ view: { name } }) => markup` · <a href="#${idOf(name)}">${name}</a>`)}</nav></header>
<section id="papers"><h2>The 2020 paper’s figures beside those here</h2>
<p>Its measures as published (mean Pearson over its targets, the sign of divergences turned) and on the data here, with the
default that stands beside each.</p>${tableOf(published, PUBLISHED_TEXTS)}</section>
${sections}</body></html>
`
  return page.html
}

function viewSection(drawing: Drawing, one: MeasuredView, curves: readonly CostCurve[]): Markup {
  const { head, rows } = viewTable(one)
  const { name, about } = one.view
  return markup`<section id="${idOf(name)}"><h2>${name}</h2><p>${about}.</p><div class="plots">
<figure>${shortlistPlot(drawing, one)}<figcaption>Regret when the best of the first n is taken.</figcaption></figure>
${curves.length > 0 ? costFigure(drawing, name, curves) : ''}
${scatterPlots(drawing, one)}</div>${tableOf({ head, rows }, VIEW_TEXTS)}</section>`
}

/** A table whose first columns hold text, the others figures. */
function tableOf({ head, rows }: PublishedTable, texts: number): Markup {
  const isText = (column: number) => (column < texts ? 'text' : '')
  return markup`<div class="scroll"><table><thead><tr>${head.map((cell, i) => markup`<th class="${isText(i)}">${cell}</th>`)}</tr>
</thead><tbody>${rows.map(row => markup`<tr>${row.map((cell, i) => markup`<td class="${isText(i)}">${cell}</td>`)}</tr>`)}</tbody></table></div>`
}

/** Name of a view as a link can hold it. */
function idOf(name: string): string {
  return name.replaceAll(/[^a-z0-9]+/gi, '-')
}

function costFigure(drawing: Drawing, name: string, curves: readonly CostCurve[]): Markup {
  return markup`<figure>${costPlot(drawing, name, curves)}<figcaption>Regret when the first k by fit are run, and one of them
is chosen without labels, or with them.</figcaption></figure>`
}

const FRAME = { width: 520, height: 320, marginLeft: 50, grid: true, style: { fontSize: '12px' } } as const

function shortlistPlot(drawing: Drawing, { view, signals }: MeasuredView): Markup {
  const drawn = signals
    .filter(({ name }) => DRAWN.includes(name))
    .map(({ name, byLength }) => ({ name, values: byLength }))
  return curvesPlot(drawing, `${view.name}: regret by length of the shortlist`, drawn, 'n')
}

function costPlot(drawing: Drawing, name: string, curves: readonly CostCurve[]): Markup {
  const drawn = curves.map(({ chosenBy, regret }) => ({ name: chosenBy, values: regret }))
  return curvesPlot(drawing, `${name}: regret by number of models run`, drawn, 'models run')
}

function scatterPlots({ plot, draw }: Drawing, { view }: MeasuredView): Markup[] {
  const pairs = view.matrix.targets.flatMap(target => target.pairs)
  // Of thousands of pairs an even sample shows as much in a page of a tenth of the size.
  const shown = pairs.filter((_, i) => i % Math.ceil(pairs.length / 1000) === 0)
  return SCATTERED.filter(name => shown.some(({ signals }) => name in signals)).map(name => {
    const points = shown
      .filter(({ signals }) => name in signals)
      .map(({ truth, signals }) => ({ truth, value: signals[name] }))
    const svg = draw(`${view.name}: ${name} against the truth`, {
      ...FRAME,
      height: 260,
      x: { label: name },
      y: { label: 'truth' },
      marks: [plot.dot(points, { x: 'value', y: 'truth', r: 2, fill: 'currentColor', fillOpacity: 0.4 })],
    })
    return markup`<figure>${svg}<figcaption>${name}, every pair a dot${pairs.length > shown.length ? ' (a sample)' : ''}.</figcaption></figure>`
  })
}
