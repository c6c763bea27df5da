import { describe, expect, it } from 'vitest'
import { cellsFor } from '../../src/sketch/clustered-cells.ts'
import { makeSketch, partitionsOf } from '../../src/sketch/index.ts'
import { everyType, mixtureColumns, normalColumns, numericFeatures, sourceOf } from './sources.ts'

describe('cellsFor', () => {
  it.each([
    [1, 1],
    [59, 1],
    [60, 2],
    [780, 20],
    [1_260, 32],
    [1e9, 32],
  ])('%i rows: %i cells', (rows, cells) => {
    expect(cellsFor(rows)).toBe(cells)
  })
})

describe('the clustered partitions of a sketch', () => {
  it('are the clusters where the clusters are clear', async () => {
    const rows = 80
    const column = Float64Array.from({ length: rows }, (_, row) => (row % 2) * 100 + row / rows)
    const sketch = await makeSketch(sourceOf(numericFeatures(1), [column]))
    expect(partitionsOf(sketch, 'clustered').map(cell => cell.rows)).toEqual([40, 40])
    for (const { counts } of partitionsOf(sketch, 'clustered')) {
      const half = counts[0].length >>> 1
      const [low, high] = [counts[0].subarray(0, half), counts[0].subarray(half)].map(part => part.some(n => n > 0))
      expect(low).not.toBe(high)
    }
  })

  it.each([
    ['normal', numericFeatures(3), normalColumns(1000, 3, 1)],
    ['a mixture', numericFeatures(6), mixtureColumns(2500, 2, { clusters: 7, features: 6 })],
    ['one far outlier', numericFeatures(1), [Float64Array.from({ length: 300 }, (_, row) => (row === 7 ? 1e9 : 1))]],
    ['every type', everyType(700).features, everyType(700).columns],
    ['fewer rows than a cell', numericFeatures(1), normalColumns(15, 1, 3)],
  ])('hold all rows, none of them under 20: %s', async (_, features, columns) => {
    const sketch = await makeSketch(sourceOf(features, columns))
    const cells = partitionsOf(sketch, 'clustered')
    expect(cells.reduce((sum, { rows }) => sum + rows, 0)).toBe(columns[0].length)
    expect(Math.min(...cells.map(({ rows }) => rows))).toBeGreaterThanOrEqual(Math.min(20, columns[0].length))
  })

  it('are shown to be parts: their histograms add up to the random ones’', async () => {
    const { features, columns } = everyType(900)
    const sketch = await makeSketch(sourceOf(features, columns))
    const sums = (kind: 'clustered' | 'random') =>
      features.map((_, f) =>
        partitionsOf(sketch, kind).reduce(
          (sum, { counts }) => sum.map((n, bin) => n + counts[f][bin]),
          new Array<number>(sketch.partitions[1].counts[f].length).fill(0),
        ),
      )
    expect(sums('clustered')).toEqual(sums('random'))
  })
})
