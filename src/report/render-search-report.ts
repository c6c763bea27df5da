import { decisionLines, receiptText } from './decision-lines.ts'
import { percent } from '../common/percent.ts'
import type { SearchReport, SearchResult } from '../hub/index.ts'
import { METRICS, type MetricName } from '../search/index.ts'
import { openDrawing, type Drawing } from './drawing.ts'
import { hubMapChart } from './hub-map-chart.ts'
import { markup, type Markup } from './markup.ts'
import { featuresSection, partitionsSection } from './model-sections.ts'
import { rankingTable } from './ranking-table.ts'
import { rankSections, runParameters } from './rank-sections.ts'
import { reportPage } from './report-page.ts'

/**
 * A search as one HTML page that needs no network and no script: the ranking, its verdict and baselines, the features
 * and parts that fit worst, and a map of the hub. Every text of a card or a dataset is escaped.
 *
 * @param now time printed in the footer
 */
export async function renderSearchReport(report: SearchReport, now: Date): Promise<string> {
  const drawing = await openDrawing()
  const { result, models } = report
  const title = `Models for ${result.query.source}`
  return reportPage(
    title,
    markup`${summary(result)}
${result.results.length > 0 ? ranking(result) : []}
${models.length > 0 ? [featuresSection(drawing, models), partitionsSection(drawing, models)] : []}
${mapSection(drawing, report)}${runSection(drawing, report)}${words()}${footer(result, now)}`,
  )
}

function summary({ query, verdict, engine, run, decision }: SearchResult): Markup {
  const candidates = engine.overlapping
  return markup`<p class="quiet">${query.rows} rows, ${query.features} features, compared with the training data of
${candidates} ${candidates === 1 ? 'model' : 'models'} by sketches alone: ${run ? 'that runs no model' : 'no model was run'}, and no data left its machine.</p>
<p class="verdict ${verdict.code}">${verdict.message}</p>
${decision ? decisionLines(decision) : []}`
}

function ranking(result: SearchResult): Markup {
  const metric = result.parameters.metric as MetricName
  const { better, about } = METRICS[metric]
  const blind = result.baselines.sourceAccuracy.slice(0, 3).join(', ')
  return markup`<section id="ranking"><h2>Ranking</h2>
<p>Ordered by ${metric}, ${better} is better: ${about}.</p>${rankingTable(result)}
<p class="quiet" id="baselines">Without a look at the target, by the accuracy that cards state, the first would have been:
${blind}. ${
    result.verdict.dataChangedFirst
      ? 'The target’s data put another model first.'
      : 'The target’s data keep the same model first.'
  }</p></section>`
}

function mapSection(drawing: Drawing, { map, result }: SearchReport): Markup {
  if (!map) return { html: '' }
  const rankOf = new Map(result.results.map(({ model, rank }) => [model, rank]))
  const left = result.engine.overlapping - map.models.length
  return markup`<section id="map"><h2>Map of the hub</h2>
<p>Each dot is a model, placed by its training data: what lies close together was trained on like data. The star is the
target. Numbers are ranks, grey dots without a number are models past the table.</p>
<figure>${hubMapChart(drawing, map, rankOf)}<figcaption>Distances stand for √JS between whole datasets in the features of
the target; a plane keeps ${percent(map.share)} of their spread, so neighbours on paper may still differ.
${left > 0 ? `${left} models are not placed.` : ''}</figcaption></figure></section>`
}

/** Of a search that ran what it found. */
function runSection(drawing: Drawing, { run, result }: SearchReport): Markup {
  if (run) {
    return markup`<section id="run"><h2>The first models, run on the target</h2>${rankSections(drawing, run, { isPart: true })}</section>`
  }
  return result.run === null ? markup`<p class="quiet">Nothing was found that could be run.</p>` : { html: '' }
}

function words(): Markup {
  const entries = [
    ['overlap', 'Share of the target’s features that the model knows.'],
    ['JS', 'Jensen–Shannon divergence, in nats: 0 for equal distributions, 0.693 for those with nothing in common.'],
    [
      'soft coverage',
      'How near the nearest part of training lies to each part of the target, weighted by rows; 1 is best.',
    ],
    [
      'fit',
      'Mean of soft coverage and 1 − JS/0.693, without what the sizes of the datasets add; features that the model lacks count as if nothing were in common.',
    ],
    [
      'coverage',
      'Share of the target’s rows in random parts that the model covers: some part of its training data matches them.',
    ],
    ['adaptivity', 'Matching pairs of random parts for each part of the target; not bounded by 1.'],
    [
      'stated accuracy',
      'What the model’s card claims on the publisher’s own test data; it says nothing of this target.',
    ],
  ]
  return markup`<section id="words"><h2>What the words mean</h2>
<dl>${entries.map(([word, meaning]) => markup`<dt>${word}</dt><dd>${meaning}</dd>`)}</dl></section>`
}

function footer({ query, parameters, run, receipt }: SearchResult, now: Date): Markup {
  const { space, match, t1, t2, threshold } = parameters
  return markup`<footer>Made by ModelHub on ${now.toISOString().slice(0, 16).replace('T', ' ')} UTC. Space ${space}, match
${match}, t1 ${t1}, t2 ${t2}, threshold ${threshold}. SHA-256 of the target’s sketch: ${query.sketchSha256}. ${run ? runParameters(run) : ''}${receiptText(receipt)}</footer>`
}
