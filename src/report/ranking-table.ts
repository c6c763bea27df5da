import { expectedHead, expectedText, standingText } from '../hub/decision-words.ts'
import { byteSize } from '../common/byte-size.ts'
import { percent } from '../common/percent.ts'
import type { SearchResult } from '../hub/index.ts'
import { METRICS, type MetricName } from '../search/index.ts'
import { markup, type Markup } from './markup.ts'

type Row = SearchResult['results'][number]

/** The ranking, with each model's place in the data-blind order beside it. */
export function rankingTable({ results, parameters, baselines, decision }: SearchResult): Markup {
  const metric = parameters.metric as MetricName
  const blind = new Map(baselines.sourceAccuracy.map((name, i) => [name, i + 1]))
  const heads = ['overlap', 'soft coverage', 'coverage', 'adaptivity', 'JS', 'stated accuracy', 'place by it', 'size']
  return markup`<div class="scroll"><table class="ranking"><thead><tr><th>#</th><th class="text">model</th><th>${metric}</th>
${decision ? markup`<th>${expectedHead(decision)}</th><th class="text">verdict</th>` : []}${heads.map(head => markup`<th>${head}</th>`)}<th class="text">licence</th></tr></thead>
<tbody>${results.map(row => bodyRow(row, { metric, best: bestOf(results, metric), place: blind.get(row.model), decision }))}</tbody></table></div>`
}

interface RowContext {
  readonly metric: MetricName
  /** Score that a full bar stands for. */
  readonly best: number
  /** Place in the data-blind order. */
  readonly place?: number
  readonly decision: SearchResult['decision']
}

function bodyRow(row: Row, { metric, best, place, decision }: RowContext): Markup {
  const { rank, model, version, score } = row
  const share = METRICS[metric].better === 'greater' && score !== null && best > 0 ? Math.max(0, score / best) : 0
  return markup`<tr data-model="${model}@${version}"><td>${rank}</td><th class="text" scope="row">${model}@${version}</th>
<td class="score" style="--share:${(100 * share).toFixed(1)}%">${score?.toFixed(3) ?? '–'}</td>
${decision ? markup`<td class="expected">${expectedText(decision, model)}</td><td class="text">${standingText(decision, model)}</td>` : []}<td>${percent(row.overlap)}</td>
<td>${row.softCoverage.toFixed(3)}</td><td>${percent(row.coverage)}</td><td>${row.adaptivity.toFixed(2)}</td>
<td>${row.js.toFixed(4)}</td><td>${percent(row.sourceAccuracy)}</td><td>${place === undefined ? '–' : `${place}.`}</td>
<td>${byteSize(row.sizeBytes)}</td><td class="text">${row.license ?? '–'}</td></tr>`
}

function bestOf(results: readonly Row[], metric: MetricName): number {
  return METRICS[metric].better === 'greater' ? Math.max(...results.map(({ score }) => score ?? 0)) : 0
}
