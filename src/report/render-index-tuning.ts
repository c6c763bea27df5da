import type { CoarsePoint, DomainTuning, EffortPoint, IndexTuning, TunedPoint } from '../hub/index.ts'
import { COLOURS, openDrawing, type Drawing } from './drawing.ts'
import { markup, type Markup } from './markup.ts'
import { reportPage } from './report-page.ts'

const [WIDTH, HEIGHT] = [330, 240]

/** The curves of a tuned index as one HTML page, as Fig. 4 of the 2020 paper has them. */
export async function renderIndexTuning({ recall, probes, domains }: IndexTuning, now: Date): Promise<string> {
  const drawing = await openDrawing()
  return reportPage(
    'Recall and cost of the index',
    markup`<p class="quiet">Measured on a sample of each domain. JS-LSH was asked for a recall of ${recall}: the
parameters picked compare the fewest models among those that reach it.${probes > 0 ? ` They probe ${probes} more buckets in each band; the curves are without.` : ''}</p>
${domains.map(domain => section(drawing, domain))}<footer>${now.toISOString()}</footer>`,
  )
}

function section(drawing: Drawing, tuning: DomainTuning): Markup {
  const { domain, models, sample, threshold, lsh, block, efforts } = tuning
  if (!lsh) return markup`<section><h2>${domain}</h2><p>${models} models: too few to tune by.</p></section>`
  const { shape, width, recall, compared } = lsh.picked
  return markup`<section><h2>${domain}</h2>
<p>${models} models, ${sample} of them in the sample; near is what lies within a JS of ${threshold!.toFixed(4)} nats.
Picked: K = ${shape.values}, L = ${shape.bands}, r = ${width.toFixed(3)}: recall ${recall.toFixed(3)},
${(100 * compared).toFixed(2)} % of the models compared.</p>
<h3>JS-LSH</h3><div class="projections">
${chart(
  drawing,
  'r, width of a hash',
  pointsOf(lsh.byWidth, point => point.width),
)}
${chart(
  drawing,
  'K, hashes in a band',
  pointsOf(lsh.byValues, point => point.shape.values),
)}
${chart(
  drawing,
  'L, bands',
  pointsOf(lsh.byBands, point => point.shape.bands),
)}</div>
${key(['recall', 'share of models compared'])}
<h3>The masked block</h3><div class="projections">
${chart(drawing, 'merged bins of a feature', coarsePoints(block!))}
${chart(drawing, 'models looked at, at most', effortCurve(efforts!))}</div>
${key(['recall@10', 'share of models left by merged bins'])}</section>`
}

interface Curves {
  readonly x: readonly number[]
  readonly recall?: readonly number[]
  readonly cost?: readonly number[]
}

function pointsOf(points: readonly TunedPoint[], x: (point: TunedPoint) => number): Curves {
  return { x: points.map(x), recall: points.map(point => point.recall), cost: points.map(point => point.compared) }
}

function coarsePoints(points: readonly CoarsePoint[]): Curves {
  return { x: points.map(point => point.coarseBins), cost: points.map(point => point.afterMerged) }
}

function effortCurve(points: readonly EffortPoint[]): Curves {
  return { x: points.map(point => point.effort), recall: points.map(point => point.recall) }
}

function chart({ plot, draw }: Drawing, label: string, { x, recall, cost }: Curves): Markup {
  const curve = (y: readonly number[] | undefined, stroke: string, dash?: string) =>
    y === undefined
      ? []
      : [
          plot.line(x, { x: (_, i: number) => x[i], y: (_, i: number) => y[i], stroke, strokeDasharray: dash }),
          plot.dot(x, { x: (_, i: number) => x[i], y: (_, i: number) => y[i], fill: stroke, r: 3 }),
        ]
  return draw(`Recall and share of models compared over ${label}`, {
    ...{ width: WIDTH, height: HEIGHT, marginLeft: 40, style: { fontSize: '11px' } },
    x: { label, labelArrow: 'none' },
    y: { domain: [0, 1], label: null, grid: true },
    marks: [...curve(recall, COLOURS.best), ...curve(cost, COLOURS.target, '4 3')],
  })
}

function key([solid, dashed]: readonly [string, string]): Markup {
  return markup`<p class="names"><span><i style="background:${COLOURS.best}"></i>${solid}</span>
<span><i style="background:${COLOURS.target}"></i>${dashed}</span></p>`
}
