import { alarmText } from '../hub/alarm-words.ts'
import { expectedHead, expectedText, standingText } from '../hub/decision-words.ts'
import { decisionLines } from './decision-lines.ts'
import { byteSize } from '../common/byte-size.ts'
import { percent } from '../common/percent.ts'
import type { RankReport, RankResult } from '../hub/index.ts'
import { SCORES, type ScoreName } from '../rank/score-names.ts'
import type { Drawing } from './drawing.ts'
import { markup, type Markup } from './markup.ts'
import { pickSection } from './pick-section.ts'
import { pullsSection } from './pulls-section.ts'
import { layersSection } from './layers-section.ts'
import { colourKey, nameColours, type NameColours } from './projection-chart.ts'
import { projectionCharts } from './projection-charts.ts'

/** What a page says of a ranking: its verdict, the table, the rows as the first models see them, and every score. */
export function rankSections(drawing: Drawing, report: RankReport, { isPart = false } = {}): Markup {
  const { result, models } = report
  return markup`${summary(result)}${rankingSection(result, isPart ? 'run-ranking' : 'ranking')}
${pickSection(result)}${pullsSection(result)}${models.length > 0 ? lookedAtSections(drawing, report) : []}${scoresSection(result)}`
}

/** How the models were run, as it stands below a page. */
export function runParameters({ query, parameters }: RankResult): string {
  const { sample, seed, layers, pca, distance, b } = parameters
  return `Sample ${sample}, seed ${seed}, layer ${layers.join(', ')}, D ${pca}, distance ${distance}, b ${b}. SHA-256 of the inputs: ${query.inputsSha256 ?? 'none'}.`
}

function summary({ query, alarm, failures, verdict, decision }: RankResult): Markup {
  return markup`<p class="quiet">${query.rows} of ${query.datasetRows} rows, ${query.labelledRows} of them labelled; every
model was run on the same rows.</p>
<p class="verdict ${verdict.code === 'best' ? 'ranked' : 'nothing-fits'}">${verdict.message}</p>
${decision ? decisionLines(decision, query.labelledRows) : []}
${alarm?.alarm ? markup`<p class="verdict nothing-fits">${alarmText(alarm)}</p>` : []}
${failures.map(
  ({ model, version, reason }) => markup`<p class="quiet">${model}@${version} could not be run: ${reason}</p>`,
)}`
}

function rankingSection({ results, parameters: { by }, query, verdict, decision }: RankResult, id: string): Markup {
  const shown = [
    ...new Set([...by.filter(name => name !== 'expected'), ...(query.labelledRows > 0 ? ['accuracy'] : []), 'fit']),
  ]
  const labelled = query.labelledRows > 0
  const heads = [
    ...(decision ? [expectedHead(decision)] : []),
    ...shown,
    ...(labelled ? ['accuracy, 95 %', 'labels known'] : []),
    'stated accuracy',
    'size',
  ]
  return markup`<section id="${id}"><h2>Ranking${id === 'ranking' ? '' : ' by running the models'}</h2>
${by.map(name => markup`<p>Ordered by ${name}: ${name === 'expected' ? 'what all the evidence together predicts' : SCORES[name as ScoreName].about}.</p>`)}
<div class="scroll"><table class="ranking"><thead><tr><th>#</th><th class="text">model</th><th class="text">verdict</th>
${heads.map(head => markup`<th>${head}</th>`)}<th class="text">licence</th></tr></thead>
<tbody>${results.map(
    row => markup`<tr><td>${row.rank}</td><th class="text" scope="row">${row.model}@${row.version}</th>
<td class="text">${standingText(labelled ? verdict : (decision ?? verdict), row.model)}</td>
${decision ? markup`<td class="expected">${expectedText(decision, row.model)}</td>` : []}${shown.map(name => markup`<td>${figure(row.scores, name)}</td>`)}
${labelled ? markup`<td>${intervalOf(row.accuracyInterval)}</td><td>${percent(row.labelsKnown)}</td>` : []}<td>${percent(row.sourceAccuracy)}</td>
<td>${byteSize(row.sizeBytes)}</td><td class="text">${row.license ?? '–'}</td></tr>`,
  )}</tbody></table></div></section>`
}

function scoresSection({ results }: RankResult): Markup {
  const names = Object.keys(SCORES).filter(name => results.some(({ scores }) => name in scores))
  return markup`<section id="scores"><h2>Every score</h2><p>Of two models the greater is the better, whatever the score.</p>
<div class="scroll"><table><thead><tr><th class="text">score</th>${results.map(({ model }) => markup`<th>${model}</th>`)}
<th class="text">what it is</th></tr></thead><tbody>${names.map(
    name => markup`<tr><th class="text" scope="row">${name}</th>
${results.map(({ scores }) => markup`<td>${figure(scores, name)}</td>`)}<td class="text">${SCORES[name as ScoreName].about}</td></tr>`,
  )}</tbody></table></div></section>`
}

function lookedAtSections(drawing: Drawing, report: RankReport): Markup[] {
  const colours = nameColours(report.models.flatMap(({ names }) => names))
  return [
    projectionSection(drawing, report, colours),
    layersSection(drawing, report, colours),
    dimensionSection(drawing, report),
  ]
}

function projectionSection(drawing: Drawing, { models, labelled }: RankReport, colours: NameColours): Markup {
  return markup`<section id="projections"><h2>The rows as the models see them</h2>
<p>The first three principal components of each model’s layer, two at a time and as a cube, coloured by
${labelled ? 'label' : 'what the model predicts'}. Classes that lie apart can be told apart by a new last layer.</p>${colourKey(colours)}
${models.map(
  ({ rank, model, version, projected, names }) => markup`<div class="model"><h3>${rank}. ${model}@${version}</h3>
<div class="projections">${projectionCharts(drawing, projected, { names, colours })}</div></div>`,
)}</section>`
}

/** Score against D: Fig. 2 of the neuralRank paper. */
function dimensionSection({ plot, draw }: Drawing, { models, result }: RankReport): Markup {
  const points = models.flatMap(({ model, byDimensions }) => byDimensions.map(point => ({ model, ...point })))
  if (points.length === 0) return { html: '' }
  const colours = nameColours(models.map(({ model }) => model))
  const chart = draw('neuralRank against the number of principal components, one line a model', {
    ...{ width: 720, height: 310, marginLeft: 50, marginBottom: 42, style: { fontSize: '12px' } },
    x: { type: 'log', label: 'principal components', tickFormat: 'd', ticks: [1, 2, 3, 5, 10, 20, 50] },
    y: { label: 'neuralRank', grid: true },
    marks: [
      plot.ruleX([result.parameters.pca], { strokeDasharray: '4 3', strokeOpacity: 0.5 }),
      plot.line(points, {
        x: 'dimensions',
        y: 'score',
        z: 'model',
        stroke: ({ model }: { model: string }) => colours.get(model),
      }),
      plot.dot(points, { x: 'dimensions', y: 'score', fill: ({ model }: { model: string }) => colours.get(model) }),
    ],
  })
  return markup`<section id="dimensions"><h2>Score against the number of components</h2>
<p>Where lines cross, the order depends on D; the dashed line is the D of this ranking.</p>${colourKey(colours)}
<figure>${chart}</figure></section>`
}

function intervalOf(interval: readonly number[] | null): string {
  return interval ? interval.map(end => end.toFixed(3)).join('–') : '–'
}

function figure(scores: Readonly<Record<string, number>>, name: string): string {
  return name in scores ? scores[name].toFixed(4) : '–'
}
