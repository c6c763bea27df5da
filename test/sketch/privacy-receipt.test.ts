import { describe, expect, it } from 'vitest'
import { makeSketch, privacyReceipt, type NumericBins } from '../../src/sketch/index.ts'
import { everyType, normalColumns, numericFeatures, sourceOf } from './sources.ts'

const { features, columns } = everyType(700)
const source = sourceOf(features, columns)
const receiptOf = async (values: readonly number[]) =>
  privacyReceipt(await makeSketch(sourceOf(numericFeatures(1), [Float64Array.from(values)])), 1)

describe('privacyReceipt', () => {
  it('says what a default sketch holds', async () => {
    const sketch = await makeSketch(source)
    const receipt = privacyReceipt(sketch, 6517)
    expect(receipt).toMatchObject({
      profile: 'default',
      rows: 700,
      features: { numeric: 2, categorical: 1, text: 1 },
      partitions: { whole: 1, random: 7 },
      showsExtremes: false,
      exactValues: 1,
      hashes: 5 + 7, // the letters; kite, red, blue, green, sea, sky and sun
      referenceMean: false,
      fewRows: false,
      sizeBytes: 6517,
    })
    const cells = sketch.partitions.filter(({ kind }) => kind === 'clustered').map(({ rows }) => rows)
    expect(receipt.smallestCell).toBe(Math.min(...cells))
    expect(receipt.smallestBin).toBe(
      Math.min(...sketch.partitions[0].counts.flatMap(counts => Array.from(counts).filter(n => n > 0))),
    )
  })

  it('says that a paper sketch shows the extremes, and it does', async () => {
    const sketch = await makeSketch(source, { profile: 'paper' })
    expect(privacyReceipt(sketch, 1)).toMatchObject({ profile: 'paper', showsExtremes: true, smallestCell: null })
    // Of all numeric features together: they share their bins.
    const values = columns.flatMap(column =>
      column instanceof Float64Array ? Array.from(column.filter(Number.isFinite)) : [],
    )
    const { edges } = sketch.features[0].bins as NumericBins
    expect([edges[0], edges[edges.length - 1]]).toEqual([Math.min(...values), Math.max(...values)])
  })

  it('says so where a feature has but one or two values, which are its edges', async () => {
    expect((await receiptOf([4])).showsExtremes).toBe(true)
    expect((await receiptOf([4, 9, NaN])).showsExtremes).toBe(true)
    expect((await receiptOf([4, 6, 9])).showsExtremes).toBe(false)
    expect((await receiptOf([NaN, NaN])).showsExtremes).toBe(false)
  })

  it('counts the rows of the smallest bin', async () => {
    expect((await receiptOf([...new Array<number>(60).fill(1), NaN, NaN])).smallestBin).toBe(2)
  })

  it('warns under 200 rows', async () => {
    const few = async (rows: number) =>
      privacyReceipt(await makeSketch(sourceOf(numericFeatures(1), normalColumns(rows, 1, 1))), 1)
    expect([(await few(199)).fewRows, (await few(200)).fewRows]).toEqual([true, false])
  })

  it('tells of the means of a reference', async () => {
    const sketch = await makeSketch(source, { reference: await makeSketch(source), partitions: [] })
    expect(privacyReceipt(sketch, 1)).toMatchObject({ referenceMean: true, smallestCell: null })
  })
})
