import type { Points } from '../math/embeddings.ts'
import type { Drawing } from './drawing.ts'
import type { Markup } from './markup.ts'
import { planeChart, type ColouredNames } from './projection-chart.ts'
import { spaceChart } from './space-chart.ts'

const SIDE = 230
/** Of a layer among many. */
const SMALL_SIDE = 150

/** Rows in three principal components: seen along each of them, one square a pair of components, and as a cube. */
export function projectionCharts(drawing: Drawing, points: Points, named: ColouredNames): Markup[] {
  const pairs = [
    [0, 1],
    [0, 2],
    [1, 2],
  ] as const
  const planes = pairs
    .filter(([, second]) => second < points.dimensions)
    .map(pair => planeChart(drawing, points, { ...named, side: SIDE, pair }))
  return points.dimensions < 3 ? planes : [...planes, spaceChart(drawing, points, { ...named, side: SIDE })]
}

/** Rows in a layer's first two components, and in its first three as a cube; nothing of a layer with one. */
export function layerCharts(drawing: Drawing, points: Points, named: ColouredNames): Markup[] {
  if (points.dimensions < 2) return []
  const plane = planeChart(drawing, points, { ...named, side: SMALL_SIDE, pair: [0, 1], bare: true })
  return points.dimensions < 3 ? [plane] : [plane, spaceChart(drawing, points, { ...named, side: SMALL_SIDE })]
}
