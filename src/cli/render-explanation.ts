import type { Explanation, FeatureFit } from '../search/index.ts'
import { colours } from './colours.ts'
import { percent } from './print.ts'
import { renderTable } from './render-table.ts'

const BARS = ' ▁▂▃▄▅▆▇█'

/** A histogram in one line of block characters, the tallest bin full. */
export function histogramLine(shares: readonly number[], tallest = Math.max(...shares)): string {
  return shares.map(share => BARS[tallest > 0 ? Math.ceil((share / tallest) * (BARS.length - 1)) : 0]).join('')
}

/** An explanation as a person reads it. */
export function renderExplanation(
  { evidence, estimatedAdaptivity, features, partitionThreshold, partitions }: Explanation,
  { target, model, features: most }: { readonly target: string; readonly model: string; readonly features: number },
): string {
  const pc = colours()
  const { overlap, fit, corrected, softCoverage, coverage, adaptivity, js, threshold } = evidence
  const unmatched = partitions.filter(({ matched }) => !matched)
  const unmatchedRows = unmatched.reduce((sum, { rows }) => sum + rows, 0)
  const rows = partitions.reduce((sum, part) => sum + part.rows, 0)
  return [
    pc.bold(`${target} on ${model}`),
    `fit ${fit.toFixed(3)} = mean of soft coverage ${corrected.softCoverage.toFixed(3)} and 1 − JS/ln 2 (JS ${corrected.wholeJs.toFixed(4)} nats), without what the sizes add`,
    `as measured: soft coverage ${softCoverage.toFixed(3)}, JS ${js.toFixed(4)} nats`,
    `overlap ${percent(overlap)}, coverage ${percent(coverage)}, adaptivity ${adaptivity.toFixed(2)} at JS ≤ ${threshold.toFixed(3)}${bySignatures(estimatedAdaptivity)}`,
    '',
    pc.bold(`Features that fit worst (${Math.min(most, features.length)} of ${features.length})`),
    renderTable(features.slice(0, most), [
      { title: 'feature', text: row => row.feature },
      { title: 'JS', align: 'right', text: row => row.js.toFixed(3) },
      { title: 'mapped to', text: mapping },
      { title: 'target over training, bins in order of value', whole: true, text: histograms },
    ]),
    '',
    pc.bold('Parts of the target'),
    `${unmatched.length} of ${partitions.length} clustered partitions, ${percent(unmatchedRows / rows)} of the rows, have no match in training at JS ≤ ${partitionThreshold.toFixed(3)}`,
    ...unmatched.map(part => `  ${part.rows} rows, nearest at JS ${part.nearestJs.toFixed(3)}`),
  ].join('\n')
}

/** What the hashes of partitions say of adaptivity, beside the verified one. */
function bySignatures(estimated: number | undefined): string {
  return estimated === undefined ? '' : ` (${estimated.toFixed(2)} by matching signatures, unverified)`
}

function mapping({ slot, by, jaccard }: FeatureFit): string {
  if (slot === undefined) return 'nothing'
  return by === 'name' ? slot : `${slot} (by distribution, Jaccard ${jaccard?.toFixed(2)})`
}

function histograms({ histograms: pair }: FeatureFit): string {
  if (!pair) return '–'
  const tallest = Math.max(...pair.target, ...pair.source)
  return `${histogramLine(pair.target, tallest)}\n${histogramLine(pair.source, tallest)}`
}
