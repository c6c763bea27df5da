import { percent } from '../common/percent.ts'
import type { ReportedModel } from '../hub/index.ts'
import { distinctFeatures } from './distinct-features.ts'
import type { Drawing } from './drawing.ts'
import { featureHistograms } from './feature-histograms.ts'
import { markup, type Markup } from './markup.ts'
import { heatMapLegend, partitionHeatMap } from './partition-heat-map.ts'

/** Features shown of each model, worst first. */
const SHOWN_FEATURES = 6

/** Models whose partitions are drawn. */
const MAPPED_MODELS = 2

/** Where the first models' training data differ from the target, feature by feature. */
export function featuresSection(drawing: Drawing, models: readonly ReportedModel[]): Markup {
  return markup`<section id="features"><h2>Where the data differ</h2>
<p>For each of the first models, the features in which the target is least like what the model was trained on. Bars are
the share of the training data in each bin, the outline is the target. Where the outline leaves the bars, the model has
to answer for values that it has seen less often. Bins run from low to high values, and are narrow where data are dense;
those of text and categories run from the most frequent on.</p>
<p class="key"><span class="training">training data of the model</span><span class="target">target</span></p>
${models.map(model => modelFeatures(drawing, model))}</section>`
}

function modelFeatures(drawing: Drawing, { rank, model, version, explanation }: ReportedModel): Markup {
  const { features, evidence } = explanation
  const worst = distinctFeatures(features, SHOWN_FEATURES)
  const shown = worst.reduce((sum, { alike }) => sum + 1 + alike.length, 0)
  const once = shown > worst.length ? '; those with the same histograms share a drawing' : ''
  return markup`<section class="model"><h3>${rank}. ${model}@${version}</h3>
<p class="quiet">${shown} of ${features.length} features, worst first${once}. Over all features the divergence is
${evidence.js.toFixed(3)} of at most 0.693 nats; the model knows ${percent(evidence.overlap)} of the features.</p>
<div class="features">${worst.map(feature => featureHistograms(drawing, feature))}</div></section>`
}

/** How near the parts of the training data come to those of the target. */
export function partitionsSection(drawing: Drawing, models: readonly ReportedModel[]): Markup {
  return markup`<section id="partitions"><h2>How near training comes to each part of the target</h2>
<p>Both datasets are cut into parts of like rows. Each line is a part of the target, those farthest from training on top; each
column is a part of the training data; the darker the field, the more alike the two. The white dot marks the nearest part
of training. A line without any dark field is a kind of row that the model has hardly seen.</p>
${models.slice(0, MAPPED_MODELS).map(model => modelPartitions(drawing, model))}</section>`
}

function modelPartitions(drawing: Drawing, { rank, model, version, explanation, parts }: ReportedModel): Markup {
  const threshold = explanation.partitionThreshold
  const all = parts.targetRows.reduce((sum, rows) => sum + rows, 0)
  const unmatched = parts.targetRows.filter((_, j) => Math.min(...parts.js[j]) > threshold)
  const rows = unmatched.reduce((sum, n) => sum + n, 0)
  return markup`<figure class="partitions"><h3>${rank}. ${model}@${version}</h3>
<figcaption>${parts.targetRows.length} parts of the target by ${parts.sourceRows.length} of the training data.
${unmatched.length} parts with ${percent(rows / all)} of the target’s rows have no match (JS above ${threshold.toFixed(3)}).
</figcaption>${heatMapLegend(drawing, parts)}${partitionHeatMap(drawing, parts, threshold)}</figure>`
}
