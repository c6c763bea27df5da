import type { RankResult } from '../hub/index.ts'
import { pullHead, pullRows } from '../hub/pull-rows.ts'
import { markup, type Markup } from './markup.ts'

/** Why the models of a ranking are expected to do so well: each piece of evidence with its pull, in points. */
export function pullsSection({ decision, results }: Pick<RankResult, 'decision' | 'results'>): Markup {
  if (!decision || decision.predicted.length === 0) return { html: '' }
  const { predicted } = decision
  const shown = results.map(({ model }) => model).filter(model => predicted.some(one => one.model === model))
  return markup`<section id="pulls"><h2>Why</h2>
<p>What is expected of all models on average, and how many points of ${decision.measure === 'f1' ? 'F1' : 'accuracy'} each piece of
evidence adds for each model or takes away; the sum is what is expected of it.</p>
<div class="scroll"><table><thead><tr><th class="text">${pullHead(decision)}</th>${shown.map(model => markup`<th>${model}</th>`)}</tr></thead>
<tbody>${pullRows(decision).map(
    ({ evidence, points }) => markup`<tr><th class="text" scope="row">${evidence}</th>
${shown.map(model => markup`<td>${points.get(model)!}</td>`)}</tr>`,
  )}</tbody></table></div></section>`
}
