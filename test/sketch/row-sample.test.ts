import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column } from '../../src/dataset/index.ts'
import { rowHash } from '../../src/sketch/row-hash.ts'
import { sampleRows } from '../../src/sketch/row-sample.ts'
import { numericFeatures, sourceOf, sourceOfChunks } from './sources.ts'

const ordinals = (rows: number) => Float64Array.from({ length: rows }, (_, row) => row)
const texts = (rows: number) => Array.from({ length: rows }, (_, row) => `row ${row}`)
const features = [...numericFeatures(1), { name: 'note', type: 'text' as const }]

/** The rows of the smallest hashes, ties to the earlier row, in order of row: sorted, not sampled. */
function smallest(rows: number, most: number, seed: number): number[] {
  return Array.from(ordinals(rows))
    .sort((a, b) => rowHash(seed, 0, a) - rowHash(seed, 0, b) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b)
}

describe('sampleRows', () => {
  it('takes exactly the rows with the smallest hashes, in their order, however the source is cut', async () => {
    const cut = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 800 }),
        fc.nat(50),
        cut,
        async (rows, most, seed, cuts) => {
          const source = sourceOf(features, [ordinals(rows), texts(rows)], cuts)
          const sample = await sampleRows(source, most, { seed })
          const expected = smallest(rows, most, seed)
          expect([sample.datasetRows, sample.rows]).toEqual([rows, expected.length])
          expect(Array.from(sample.columns[0] as Float64Array)).toEqual(expected)
          expect(sample.columns[1]).toEqual(expected.map(row => `row ${row}`))
          expect(Array.from(sample.hashes)).toEqual(expected.map(row => rowHash(seed, 0, row)))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('tells files apart', async () => {
    const chunk = (file: number): { file: number; firstRow: number; rows: number; columns: Column[] } => {
      return { file, firstRow: 0, rows: 2, columns: [Float64Array.of(file, file)] }
    }
    const source = sourceOfChunks(numericFeatures(1), () => [chunk(0), chunk(1)])
    const { hashes } = await sampleRows(source, 10, { seed: 3 })
    expect(Array.from(hashes)).toEqual([rowHash(3, 0, 0), rowHash(3, 0, 1), rowHash(3, 1, 0), rowHash(3, 1, 1)])
  })

  it('keeps the precision of a later file', async () => {
    const columns = [Float32Array.of(0.1), Float64Array.of(0.1)]
    const source = sourceOfChunks(numericFeatures(1), () =>
      columns.map((column, file) => ({ file, firstRow: 0, rows: 1, columns: [column] })),
    )
    expect((await sampleRows(source, 10, { seed: 0 })).columns[0]).toEqual(Float64Array.of(Math.fround(0.1), 0.1))
  })

  it('has no rows of an empty source, and reports how far it is', async () => {
    const events: unknown[] = []
    const source = sourceOf(numericFeatures(1), [ordinals(5)], [2])
    await sampleRows(source, 3, { seed: 0, onProgress: event => events.push(event) })
    expect(events).toEqual([2, 4, 5].map(done => ({ stage: 'sampling', done, total: undefined, unit: 'rows' })))
    expect((await sampleRows(sourceOf(numericFeatures(1), [ordinals(0)]), 3, { seed: 0 })).datasetRows).toBe(0)
  })
})
