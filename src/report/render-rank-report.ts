import { byteSize } from '../common/byte-size.ts'
import { percent } from '../common/percent.ts'
import type { RankReport, RankResult } from '../hub/index.ts'
import { SCORES, type ScoreName } from '../rank/score-names.ts'
import { openDrawing, type Drawing } from './drawing.ts'
import { markup, type Markup } from './markup.ts'
import { pickSection } from './pick-section.ts'
import { reportPage } from './report-page.ts'
import { colourKey, nameColours, projectionCharts, type NameColours } from './projection-chart.ts'

/**
 * A ranking by running the models as one HTML page that needs no network and no script: every score, the rows as the
 * first models see them, and how the score depends on the number of principal components. Every text of a card or a
 * dataset is escaped.
 *
 * @param now time printed in the footer
 */
export async function renderRankReport(report: RankReport, now: Date): Promise<string> {
  const drawing = await openDrawing()
  const { result, models } = report
  return reportPage(
    `Models run on ${result.query.source}`,
    markup`${summary(result)}${rankingSection(result)}${pickSection(result)}
${models.length > 0 ? [projectionSection(drawing, report), dimensionSection(drawing, report)] : []}${scoresSection(result)}
<footer>Made by ModelHub on ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC. Sample ${String(result.parameters.sample)},
seed ${result.parameters.seed}, layer ${result.parameters.layer}, D ${result.parameters.pca}. SHA-256 of the inputs:
${result.query.inputsSha256 ?? 'none'}.</footer>`,
  )
}

function summary({ query, alarm, failures }: RankResult): Markup {
  return markup`<p class="quiet">${query.rows} of ${query.datasetRows} rows, ${query.labelledRows} of them labelled; every
model was run on the same rows.</p>
${alarm?.alarm ? markup`<p class="verdict nothing-fits">Agreement cannot be trusted here: ${alarm.reason}</p>` : []}
${failures.map(
  ({ model, version, reason }) => markup`<p class="quiet">${model}@${version} could not be run: ${reason}</p>`,
)}`
}

function rankingSection({ results, parameters: { by }, query }: RankResult): Markup {
  const shown = [...new Set([...by, ...(query.labelledRows > 0 ? ['accuracy'] : []), 'fit'])]
  const heads = [...shown, 'stated accuracy', 'size']
  return markup`<section id="ranking"><h2>Ranking</h2>
${by.map(name => markup`<p>Ordered by ${name}: ${SCORES[name as ScoreName].about}.</p>`)}
<div class="scroll"><table class="ranking"><thead><tr><th>#</th><th class="text">model</th>
${heads.map(head => markup`<th>${head}</th>`)}<th class="text">licence</th></tr></thead>
<tbody>${results.map(
    row => markup`<tr><td>${row.rank}</td><th class="text" scope="row">${row.model}@${row.version}</th>
${shown.map(name => markup`<td>${figure(row.scores, name)}</td>`)}<td>${percent(row.sourceAccuracy)}</td>
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

function projectionSection(drawing: Drawing, { models, labelled }: RankReport): Markup {
  const colours: NameColours = nameColours(models.flatMap(({ names }) => names))
  return markup`<section id="projections"><h2>The rows as the models see them</h2>
<p>The first three principal components of each model’s layer, two at a time, coloured by
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
    ...{ width: 720, height: 300, marginLeft: 50, style: { fontSize: '12px' } },
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

function figure(scores: Readonly<Record<string, number>>, name: string): string {
  return name in scores ? scores[name].toFixed(4) : '–'
}
