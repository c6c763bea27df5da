import type { RankReport, RankResult } from '../hub/index.ts'
import type { Drawing } from './drawing.ts'
import { markup, type Markup } from './markup.ts'
import type { NameColours } from './projection-chart.ts'
import { layerCharts } from './projection-charts.ts'

type RankedRow = RankResult['results'][number]
type ScoredLayer = RankedRow['layers'][number]

/**
 * Where several layers were looked at: neuralRank by layer of every model (Table 2 of the neuralRank paper), and the rows
 * as each layer of the first models sees them (its Fig. 3). Else nothing.
 */
export function layersSection(
  drawing: Drawing,
  { result, models, labelled }: RankReport,
  colours: NameColours,
): Markup {
  const seen = result.results.filter(({ layers }) => layers.length > 0)
  if (seen.length === 0) return { html: '' }
  const most = Math.max(...seen.map(({ layers }) => layers.length))
  const heads = Array.from({ length: most }, (_, i) => markup`<th>L${i}</th>`)
  return markup`<section id="layers"><h2>Score by layer</h2>
<p>neuralRank of each layer${labelled ? '' : ', on what the model predicts'}, from the first to the last; the layer of the
ranking is in bold, and below each score stand the layer’s tensor and how many numbers it gives for a row. Layers of models of different
build that stand in one column need not be alike. The squares below are the rows in components 1, across, and 2, upwards;
the cubes have the third, too.</p>
<div class="scroll"><table><thead><tr><th class="text">model</th>${heads}</tr></thead><tbody>${seen.map(
    row =>
      markup`<tr><th class="text" scope="row">${row.model}@${row.version}</th>${heads.map((_, i) => cell(row, row.layers.at(i)))}</tr>`,
  )}</tbody></table></div>
${models.map(
  ({ rank, model, version, layers }) => markup`<div class="model"><h3>${rank}. ${model}@${version}, layer by layer</h3>
<div class="layers">${layers.map(
    ({ layer, projected, names }) => markup`<figure class="layer"><figcaption>${layer}</figcaption>
<div class="projections">${layerCharts(drawing, projected, { names, colours })}</div></figure>`,
  )}</div></div>`,
)}</section>`
}

function cell(row: RankedRow, layer: ScoredLayer | undefined): Markup {
  if (!layer) return markup`<td>–</td>`
  const score = (layer.scores.neuralrank ?? layer.scores['neuralrank-predicted']) as number | undefined
  const isRanked = layer.layer === row.layer ? ' class="ranked"' : ''
  return markup`<td${{ html: isRanked }}>${score?.toFixed(4) ?? '–'}<small>${layer.layer}, ${layer.width}</small></td>`
}
