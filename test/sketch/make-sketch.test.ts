import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ColumnChunk, ColumnSource } from '../../src/dataset/index.ts'
import { ModelHubError } from '../../src/common/index.ts'
import { makeSketch, partitionsOf, writeSketch, type NumericBins, type SketchOptions } from '../../src/sketch/index.ts'
import { everyType, normalColumns, numericFeatures, sourceOf, sourceOfChunks } from './sources.ts'
import { total } from './arbitrary-bins.ts'

const bytesOf = async (source: ColumnSource, options?: SketchOptions) => writeSketch(await makeSketch(source, options))
const codeOf = async (source: ColumnSource, options?: SketchOptions): Promise<string> => {
  const error: unknown = await makeSketch(source, options).catch((thrown: unknown) => thrown)
  if (error instanceof ModelHubError) return error.code
  throw error
}
const oneColumn = (values: readonly number[]) => makeSketch(sourceOf(numericFeatures(1), [Float64Array.from(values)]))

describe('makeSketch', () => {
  it('counts a small table as a pencil does', async () => {
    const sketch = await makeSketch(
      sourceOf(
        [...numericFeatures(1), { name: 'colour', type: 'categorical' }, { name: 'text', type: 'text' }],
        [
          Float64Array.of(1, 2, 3, 4, NaN, 5),
          ['red', 'red', 'blue', 'red', null, 'blue'],
          ['sun sun', 'sun', 'the sun', null, 'moon', 'the'],
        ],
      ),
    )
    expect([sketch.rows, sketch.profile, sketch.seed]).toEqual([6, 'default', 0])
    expect(sketch.partitions.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['whole', 6],
      ['clustered', 6],
      ['random', 6],
    ])
    const { counts } = sketch.partitions[0]
    expect(Array.from(counts[0])).toEqual([5, 1]) // one interval, missing
    expect(Array.from(counts[1])).toEqual([3, 2, 1]) // red, other, missing: blue is in two rows only
    expect(Array.from(counts[2])).toEqual([4, 1, 2]) // sun, other, missing: no text, and nothing but a stop word
  })

  it('gives the same bytes however the source is cut', async () => {
    const { features, columns } = everyType(700)
    const whole = await bytesOf(sourceOf(features, columns, [700]), { seed: 3 })
    const cut = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(cut, async cuts => {
        expect(await bytesOf(sourceOf(features, columns, cuts), { seed: 3 })).toEqual(whole)
      }),
      { numRuns: 15 },
    )
  })

  it('gives the same bytes for 32-bit columns and 64-bit ones that hold 32-bit values', async () => {
    const narrow = normalColumns(500, 2, 4).map(column => Float32Array.from(column))
    const wide = narrow.map(column => Float64Array.from(column))
    expect(await bytesOf(sourceOf(numericFeatures(2), narrow))).toEqual(
      await bytesOf(sourceOf(numericFeatures(2), wide)),
    )
  })

  it('changes with the seed in its random parts, not in the histograms of the whole', async () => {
    const source = sourceOf(numericFeatures(2), normalColumns(500, 2, 4))
    const [a, b] = [await makeSketch(source, { seed: 1 }), await makeSketch(source, { seed: 2 })]
    expect(a.partitions[0]).toEqual(b.partitions[0])
    expect(partitionsOf(a, 'random')).not.toEqual(partitionsOf(b, 'random'))
    expect(a.features[0].signature).not.toEqual(b.features[0].signature)
  })

  it('takes an undefined option for its default', async () => {
    const source = sourceOf(numericFeatures(1), normalColumns(50, 1, 4))
    const options = { seed: undefined, profile: undefined, partitions: undefined }
    expect(await bytesOf(source, options)).toEqual(await bytesOf(source))
  })

  it('leaves out the partitions that are not wanted', async () => {
    const source = sourceOf(numericFeatures(1), normalColumns(300, 1, 4))
    const kinds = async (partitions: SketchOptions['partitions']) =>
      new Set((await makeSketch(source, { partitions })).partitions.map(({ kind }) => kind))
    expect(await kinds([])).toEqual(new Set(['whole']))
    expect(await kinds(['random'])).toEqual(new Set(['whole', 'random']))
  })
})

describe('odd columns', () => {
  it('counts infinities and NaN as missing', async () => {
    const sketch = await oneColumn([1, 2, 3, Infinity, -Infinity, NaN])
    expect(Array.from(sketch.partitions[0].counts[0])).toEqual([3, 3])
  })

  it('stands a column without a value', async () => {
    const sketch = await oneColumn(new Array<number>(50).fill(NaN))
    expect(Array.from(sketch.partitions[0].counts[0])).toEqual([0, 50])
    expect(Array.from((sketch.features[0].bins as NumericBins).edges)).toEqual([0, 1])
  })

  it('makes a constant column one atom', async () => {
    const sketch = await oneColumn(new Array<number>(50).fill(7.25))
    expect(sketch.features[0].bins).toEqual({
      kind: 'numeric',
      edges: Float64Array.of(0, 1),
      atoms: Float64Array.of(7.25),
    })
    expect(Array.from(sketch.partitions[0].counts[0])).toEqual([0, 50, 0])
  })

  it('stands one row', async () => {
    const sketch = await oneColumn([3])
    expect(sketch.partitions.map(({ kind, rows }) => `${kind} ${rows}`)).toEqual(['whole 1', 'clustered 1', 'random 1'])
  })

  it('gives away no value of a column that is almost empty', async () => {
    const values = Array.from({ length: 2000 }, (_, row) => (row % 100 === 0 ? row : NaN))
    const { edges, atoms } = (await oneColumn(values)).features[0].bins as NumericBins
    expect([edges.length - 1, atoms.length]).toEqual([2, 0])
  })

  it('keeps a word of three rows, and not one used often in two', async () => {
    const texts = ['kite kite kite kite', 'kite sun', 'sun', 'sun', 'moon']
    const sketch = await makeSketch(sourceOf([{ name: 'text', type: 'text' }], [texts]))
    expect(Array.from(sketch.partitions[0].counts[0])).toEqual([3, 6, 0])
  })

  it('has at most one bin for 10 rows of a numeric column, and counts them all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 300 }), async values => {
        const sketch = await oneColumn(values)
        const { edges, atoms } = sketch.features[0].bins as NumericBins
        expect(edges.length - 1 + atoms.length).toBeLessThanOrEqual(Math.max(1, values.length / 10))
        expect(total(sketch.partitions[0].counts[0])).toBe(values.length)
      }),
      { numRuns: 30 },
    )
  })
})

describe('a source of more rows than the sample', () => {
  const rows = 210_000
  const size = 30_000
  const source = sourceOfChunks(numericFeatures(1), function* (): Generator<ColumnChunk> {
    for (let firstRow = 0; firstRow < rows; firstRow += size) {
      const column = Float64Array.from({ length: size }, (_, i) => ((firstRow + i) * 7919) % rows)
      yield { file: 0, firstRow, rows: size, columns: [column] }
    }
  })

  it('takes its edges from the sample and counts every row', async () => {
    const stages = new Set<string>()
    const sketch = await makeSketch(source, { onProgress: ({ stage }) => stages.add(stage) })
    expect(stages).toEqual(new Set(['sampling', 'counting']))
    for (const kind of ['whole', 'clustered', 'random'] as const) {
      expect(partitionsOf(sketch, kind).reduce((sum, part) => sum + part.rows, 0)).toBe(rows)
    }
    const counts = Array.from(sketch.partitions[0].counts[0]).slice(0, -1)
    expect(counts).toHaveLength(64)
    for (const n of counts) expect(Math.abs(n - rows / 64)).toBeLessThan(0.05 * (rows / 64))
  })

  it('stops when it is cancelled, in either pass', async () => {
    for (const stage of ['sampling', 'counting']) {
      const controller = new AbortController()
      const onProgress = (event: { stage: string }) => event.stage === stage && controller.abort()
      expect(await codeOf(source, { signal: controller.signal, onProgress })).toBe('CANCELLED')
    }
  })
})

describe('refusals', () => {
  it('names them', async () => {
    const ten = sourceOf(numericFeatures(1), normalColumns(10, 1, 1))
    expect(await codeOf(sourceOf(numericFeatures(1), [new Float64Array(0)]))).toBe('EMPTY_DATASET')
    expect(await codeOf(sourceOf(numericFeatures(1), [new Float64Array(0)]), { profile: 'paper' })).toBe(
      'EMPTY_DATASET',
    )
    expect(await codeOf({ ...ten, features: [] })).toBe('EMPTY_DATASET')
    for (const seed of [-1, 0.5, 67_108_859, NaN]) expect(await codeOf(ten, { seed })).toBe('OUT_OF_RANGE')
    expect(await codeOf(ten, { profile: 'paper', reference: await makeSketch(ten) })).toBe('SKETCH_PROFILE')
  })

  it.each(['default', 'paper'] as const)('reads nothing of a table with too many columns: %s', async profile => {
    let read = 0
    const source: ColumnSource = {
      features: numericFeatures(10_001),
      async *chunks() {
        read++
      },
    }
    expect(await codeOf(source, { profile })).toBe('TOO_MANY_COLUMNS')
    expect(read).toBe(0)
  })
})
