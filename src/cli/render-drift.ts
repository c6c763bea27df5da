import type { FeatureDrift, SketchDiff } from '../sketch/diff-sketches.ts'
import { colours } from './colours.ts'
import { histogramLine } from './render-explanation.ts'
import { renderTable } from './render-table.ts'

/** Customary limits of PSI: below the first no drift, above the second a large one. */
const MODERATE_PSI = 0.1
const LARGE_PSI = 0.25
/** Bins drawn of one feature: those of a numeric one; of a text the most frequent words. */
const DRAWN_BINS = 49

/** A drift table as a person reads it. */
export function renderDrift(
  { rows, meanJs, features, onlyInFirst, onlyInSecond }: SketchDiff,
  { first, second, features: most }: { readonly first: string; readonly second: string; readonly features: number },
): string {
  const shown = features.slice(0, most)
  const lacking = (file: string, names: readonly string[]) =>
    names.length > 0 ? [`only in ${file}: ${names.join(', ')}`] : []
  return [
    colours().bold(`${first} (${rows.first} rows) and ${second} (${rows.second} rows)`),
    `mean JS ${meanJs.toFixed(4)} nats over ${features.length} features; the worst ${shown.length}:`,
    ...(shown.length > 0 ? ['', driftTable(shown), ''] : []),
    ...lacking(first, onlyInFirst),
    ...lacking(second, onlyInSecond),
  ].join('\n')
}

function driftTable(features: readonly FeatureDrift[]): string {
  return renderTable(features, [
    {
      title: 'feature',
      text: ({ feature, other }) => (feature === other ? feature : `${feature} (there ${other})`),
    },
    { title: 'JS', align: 'right', text: ({ js }) => js.toFixed(4) },
    { title: 'PSI', align: 'right', text: ({ psi }) => psi.toFixed(3) },
    { title: 'drift', whole: true, text: ({ psi }) => driftWord(psi) },
    {
      title: 'first over second',
      whole: true,
      text: ({ histograms: { first, second } }) => {
        const tallest = Math.max(...first, ...second)
        return [first, second].map(side => histogramLine(side.slice(0, DRAWN_BINS), tallest)).join('\n')
      },
    },
  ])
}

function driftWord(psi: number): string {
  const pc = colours()
  if (psi < MODERATE_PSI) return 'none'
  return psi < LARGE_PSI ? pc.yellow('moderate') : pc.red('large')
}
