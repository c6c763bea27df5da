import type { RankResult } from '../hub/index.ts'
import { colours } from './colours.ts'
import { renderTable } from './render-table.ts'

type RankedRow = RankResult['results'][number]

/**
 * A score by layer, one row a model and one column a layer, where several were looked at; empty text where not. Columns
 * are called after the layers where all models have the same ones, else numbered from the first layer, with a list.
 */
export function renderLayers({ results, query, parameters }: RankResult): string {
  const seen = results.filter(({ layers }) => layers.length > 0)
  if (seen.length === 0) return ''
  const pc = colours()
  const names = seen.map(({ layers }) => layers.map(({ layer }) => layer))
  const isSame = names.every(list => list.join('\n') === names[0].join('\n'))
  const most = Math.max(...names.map(({ length }) => length))
  const column = (i: number) => ({
    title: isSame ? names[0][i] : `L${i}`,
    align: 'right' as const,
    text: ({ layer, layers }: RankedRow) => {
      const score = layers.at(i) && scoreOf(layers[i].scores)
      const mark = layers[i]?.layer === layer ? '*' : ' '
      return `${score?.toFixed(4) ?? '–'}${mark}`
    },
  })
  const labelled = query.labelledRows > 0
  const table = renderTable(seen, [
    { title: 'model', text: ({ model, version }: RankedRow) => `${model}@${version}` },
    ...Array.from({ length: most }, (_, i) => column(i)),
  ])
  const lists = isSame ? [] : seen.map(({ model }, m) => pc.dim(`${model}: ${names[m].join(', ')}`))
  const about = `neuralRank by layer, ${parameters.pca} components${labelled ? '' : ', on predictions'}; * is the layer of the ranking`
  return [pc.dim(about), table, ...lists].join('\n')
}

/** neuralRank on labels, else on predictions. */
function scoreOf(scores: Readonly<Record<string, number>>): number | undefined {
  return (scores.neuralrank ?? scores['neuralrank-predicted']) as number | undefined
}
