import { byteSize } from '../common/byte-size.ts'
import { percent } from '../common/percent.ts'
import { pickRows, type RankResult } from '../hub/index.ts'
import { markup, type Markup } from './markup.ts'

/** What to take instead of the best model, where that was asked for. */
export function pickSection(result: RankResult): Markup {
  const { pick } = result
  if (!pick) return { html: '' }
  if (pick.by === null)
    return markup`<section id="pick"><h2>What to take instead</h2><p>Cannot be told: ${pick.reason}.</p></section>`
  return markup`<section id="pick"><h2>What to take instead</h2>
<p>Of the ${pick.within.length} models whose ${pick.by} lies within ${percent(pick.margin)} of the best.</p>
<div class="scroll"><table><thead><tr><th class="text">pick</th><th class="text">model</th><th>${pick.by}</th><th>size</th>
<th>ms/row</th><th class="text">licence</th></tr></thead><tbody>${pickRows(result).map(
    ({
      what,
      accuracy,
      row,
    }) => markup`<tr><th class="text" scope="row">${what}</th><td class="text">${row?.model ?? 'not known'}</td>
<td>${percent(accuracy)}</td><td>${row ? byteSize(row.sizeBytes) : '–'}</td><td>${row?.millisecondsPerRow?.toFixed(3) ?? '–'}</td>
<td class="text">${row?.license ?? '–'}</td></tr>`,
  )}</tbody></table></div>
<p>Pareto front of accuracy, size and time: ${pick.front.join(', ')}.</p></section>`
}
