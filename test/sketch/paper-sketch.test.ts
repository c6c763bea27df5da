import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { makeSketch, partitionsOf, pooledBlocks, type NumericBins } from '../../src/sketch/index.ts'
import { pooledHistogram, minMaxScale } from '../../src/divergence/index.ts'
import { everyType, normalColumns, numericFeatures, sourceOf } from './sources.ts'

const paper = { profile: 'paper' as const, seed: 2 }

describe('the paper profile', () => {
  it.each([
    [1, [1]],
    [499, [499]],
    [500, [500]],
    [501, [500, 1]],
    [1234, [500, 500, 234]],
  ])('cuts %i rows into partitions of min(500, N) and keeps the residue', async (rows, sizes) => {
    const sketch = await makeSketch(sourceOf(numericFeatures(1), normalColumns(rows, 1, 1)), paper)
    expect(partitionsOf(sketch, 'random').map(part => part.rows)).toEqual(sizes)
    expect(sketch.partitions.map(({ kind }) => kind)).toEqual(['whole', ...sizes.map(() => 'random')])
  })

  it('has 100 bins of equal width between the extremes, the same for the partitions', async () => {
    const column = Float64Array.from({ length: 600 }, (_, row) => row / 2)
    const sketch = await makeSketch(sourceOf(numericFeatures(1), [column]), paper)
    const { edges } = sketch.features[0].bins as NumericBins
    expect([edges.length, edges[0], edges[50], edges[100]]).toEqual([101, 0, 149.75, 299.5])
    expect(sketch.features[0].coarseBins).toEqual(sketch.features[0].bins)
    expect(Array.from(sketch.partitions[0].counts[0])).toEqual([...new Array<number>(100).fill(6), 0])
  })

  it('shuffles exactly: the partitions are those of Fisher and Yates', async () => {
    const rows = 700
    const column = Float64Array.from({ length: rows }, (_, row) => row)
    const random = seededRandom(paper.seed)
    const place = Array.from(column)
    for (let last = rows - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1))
      ;[place[last], place[other]] = [place[other], place[last]]
    }
    const sketch = await makeSketch(sourceOf(numericFeatures(1), [column], [33]), paper)
    const expected = new Array<number>(100).fill(0)
    place.forEach((position, row) => position >= 500 && expected[Math.min(99, Math.floor((row / (rows - 1)) * 100))]++)
    expect(Array.from(sketch.partitions[2].counts[0]).slice(0, -1)).toEqual(expected)
  })

  it('puts a constant column into the first bin and missing values apart', async () => {
    const columns = [Float64Array.of(5, 5, NaN), Float64Array.of(NaN, NaN, NaN)]
    const sketch = await makeSketch(sourceOf(numericFeatures(2), columns), paper)
    const [constant, missing] = sketch.partitions[0].counts
    expect([constant[0], constant[constant.length - 1]]).toEqual([2, 1])
    expect([missing.reduce((sum, n) => sum + n, 0), missing[missing.length - 1]]).toEqual([3, 3])
  })

  it('counts every row once in the whole and once in a partition, whatever the type', async () => {
    const { features, columns } = everyType(1100)
    const sketch = await makeSketch(sourceOf(features, columns, [77]), paper)
    const parts = partitionsOf(sketch, 'random')
    sketch.partitions[0].counts.forEach((whole, f) => {
      const sums = Array.from(whole, (_, bin) => parts.reduce((sum, { counts }) => sum + counts[f][bin], 0))
      expect(sums).toEqual(Array.from(whole))
    })
  })

  it('pools its features into the histogram that the divergence room makes of the values', async () => {
    const columns = normalColumns(400, 2, 6).map(column => column.map(value => Math.round(value * 16) / 16))
    const sketch = await makeSketch(sourceOf(numericFeatures(2), columns), paper)
    const scaled = minMaxScale(Float64Array.from(columns.flatMap(column => Array.from(column))))
    const expected = pooledHistogram(scaled)
    const { whole } = pooledBlocks(sketch, [0, 1])
    expect(whole.values).toHaveLength(100)
    // an edge of ours is a product and a sum, theirs a quotient: a value on an edge may go to either side
    const moved = whole.values.reduce((sum, share, bin) => sum + Math.abs(share - expected[bin]), 0)
    expect(moved).toBeLessThan(0.01)
  })
})
