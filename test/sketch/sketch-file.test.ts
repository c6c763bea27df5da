import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { ModelHubError } from '../../src/common/index.ts'
import { makeSketch, METADATA_KEY, readSketch, writeSketch, type Sketch } from '../../src/sketch/index.ts'
import { renderMetadata } from '../../src/sketch/sketch-metadata.ts'
import { everyType, normalColumns, numericFeatures, sourceOf } from './sources.ts'

const FROZEN_SHA256 = 'b074e847c7592897e3a0cb3ce7af6afd1e52210f9ae48a7e382741a9b6727bff'
const frozen = new Uint8Array(readFileSync(new URL('../golden/every-type.sketch.parquet', import.meta.url)))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const { features, columns } = everyType(700)
const source = sourceOf(features, columns)

async function fault(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.catch((thrown: unknown) => thrown)
  if (error instanceof ModelHubError && error.code === 'SKETCH_INVALID') return error.message
  throw new Error('expected SKETCH_INVALID', { cause: error })
}

interface Counts {
  partition: number[]
  feature: number[]
  bin: number[]
  count: number[]
}

/** A file with the metadata and counts given, right or wrong. */
function fileWith(metadata: string | undefined, counts: Partial<Counts>): Uint8Array {
  const columnData = Object.entries(counts).map(([name, data]) => ({
    name,
    data: Int32Array.from(data),
    type: 'INT32' as const,
    nullable: false,
  }))
  const kvMetadata = metadata === undefined ? [] : [{ key: METADATA_KEY, value: metadata }]
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata }))
}

/** One numeric and one categorical feature, 3 rows, counted by hand. */
const header = () => ({
  format: 1,
  profile: 'default',
  seed: 0,
  rows: 3,
  partitions: [
    { kind: 'whole', rows: 3 },
    { kind: 'random', rows: 3 },
  ],
  features: [
    {
      type: 'numeric',
      name: 'x',
      signature: zeros(256),
      edges: [0, 1, 2],
      atoms: [5],
      coarseEdges: [0, 2],
      coarseAtoms: [0],
    },
    { type: 'categorical', name: 'c', signature: zeros(512), hashes: zeros(4), coarseHashes: 1 },
  ] as Record<string, unknown>[],
})
const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64')
const counts = (): Counts => ({
  partition: [0, 0, 0, 1, 1, 1],
  feature: [0, 0, 1, 0, 0, 1],
  bin: [0, 2, 0, 0, 1, 0],
  count: [2, 1, 3, 2, 1, 3],
})

describe('a sketch file', () => {
  it('has the same bytes on every platform', async () => {
    const bytes = writeSketch(await makeSketch(source, { seed: 5 }))
    expect(sha256(bytes)).toBe(FROZEN_SHA256)
    expect(sha256(frozen)).toBe(FROZEN_SHA256)
  })

  it.each([
    ['default', {}],
    ['paper', { profile: 'paper' as const }],
    ['whole alone', { partitions: [] }],
    ['with a reference', { reference: true }],
  ])('comes back as it was: %s', async (_, options) => {
    const reference = 'reference' in options ? await makeSketch(source) : undefined
    const sketch = await makeSketch(source, { ...options, seed: 9, reference })
    const bytes = writeSketch(sketch)
    const read = await readSketch(bytes, 'a')
    expect(read).toEqual(sketch)
    expect(writeSketch(read)).toEqual(bytes)
  })

  it('comes back whatever its numbers are', async () => {
    const value = fc.double()
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 60 }), async values => {
        const sketch = await makeSketch(sourceOf(numericFeatures(1), [Float64Array.from(values)]))
        const bytes = writeSketch(sketch)
        expect(writeSketch(await readSketch(bytes, 'a'))).toEqual(bytes)
      }),
      { numRuns: 50 },
    )
  })

  it('reads from the middle of a buffer', async () => {
    const shifted = new Uint8Array(frozen.length + 3)
    shifted.set(frozen, 3)
    expect(await readSketch(shifted.subarray(3), 'a')).toEqual(await readSketch(frozen, 'a'))
  })
})

describe('a sketch file written by hand', () => {
  it('is read', async () => {
    const sketch: Sketch = await readSketch(fileWith(JSON.stringify(header()), counts()), 'a')
    expect(sketch.partitions[0].counts.map(n => Array.from(n))).toEqual([
      [2, 0, 1, 0],
      [3, 0, 0],
    ])
    expect(sketch.partitions[1].counts.map(n => Array.from(n))).toEqual([
      [2, 1, 0],
      [3, 0, 0],
    ])
  })

  type Change = (changed: ReturnType<typeof header>) => unknown
  const numeric =
    (change: Record<string, unknown>): Change =>
    h =>
      Object.assign(h.features[0], change)
  const nominal =
    (change: Record<string, unknown>): Change =>
    h =>
      Object.assign(h.features[1], change)
  it.each<[string, Change, string]>([
    ['another version', h => Object.assign(h, { format: 2 }), 'a: format: '],
    ['an unknown profile', h => Object.assign(h, { profile: 'mine' }), 'a: profile: '],
    ['a seed that is no number', h => Object.assign(h, { seed: 'x' }), 'a: seed: '],
    ['no rows', h => Object.assign(h, { rows: 0 }), 'a: rows: '],
    ['no features', h => Object.assign(h, { features: [] }), 'a: features: '],
    ['no partitions', h => Object.assign(h, { partitions: [] }), 'a: partitions: '],
    ['a partition without rows', h => Object.assign(h.partitions[1], { rows: 0 }), 'a: partitions.1.rows: '],
    ['the whole not first', h => h.partitions.reverse(), 'a: partitions: expected the whole first'],
    [
      'two wholes',
      h => Object.assign(h.partitions[1], { kind: 'whole' }),
      'a: partitions: expected 3 rows in those of kind whole, got 6',
    ],
    [
      'a whole of other rows',
      h => Object.assign(h, { rows: 4 }),
      'a: partitions: expected 4 rows in those of kind whole, got 3',
    ],
    [
      'partitions that lack rows',
      h => Object.assign(h.partitions[1], { rows: 2 }),
      'a: partitions: expected 3 rows in those of kind random, got 2',
    ],
    ['two features of one name', nominal({ name: 'x' }), 'a: features: two are named x'],
    ['an unknown type', numeric({ type: 'date' }), 'a: features.0.type: '],
    ['one edge', numeric({ edges: [0] }), 'a: features.0.edges: '],
    ['an edge that is null', numeric({ edges: [0, null, 2] }), 'a: features.0.edges.1: '],
    [
      'descending edges',
      numeric({ edges: [0, 3, 2] }),
      'a: features: x: edges: expected ascending numbers, got 2 after 3',
    ],
    ['equal atoms', numeric({ atoms: [5, 5] }), 'a: features: x: atoms: expected ascending numbers'],
    [
      'a coarse edge that is not there',
      numeric({ coarseEdges: [0, 3] }),
      'a: features: x: coarseEdges: expected the first and the last',
    ],
    [
      'coarse edges that leave out an end',
      numeric({ coarseEdges: [1, 2] }),
      'a: features: x: coarseEdges: expected the first and the last',
    ],
    [
      'coarse edges out of order',
      numeric({ coarseEdges: [0, 1, 1, 2] }),
      'a: features: x: coarseEdges: expected ascending',
    ],
    [
      'a coarse atom that is not there',
      numeric({ coarseAtoms: [1] }),
      'a: features: x: coarseAtoms: expected positions below 1, got 1',
    ],
    ['half a hash', nominal({ hashes: zeros(6) }), 'a: features: c: hashes: expected a multiple of 4 bytes, got 6'],
    ['a hash twice', nominal({ hashes: zeros(8) }), 'a: features: c: hashes: expected each one once'],
    [
      'more coarse hashes than hashes',
      nominal({ coarseHashes: 2 }),
      'a: features: c: coarseHashes: expected at most 1, got 2',
    ],
    [
      'a signature of another length',
      nominal({ signature: zeros(254) }),
      'a: features: c: signature: expected 256 or 512 bytes, got 254',
    ],
    ['text that is not base64', nominal({ signature: '?' }), 'a: features.1.signature: '],
    [
      'half a number of the mean',
      h => Object.assign(h, { referenceMean: { reference: 'r', mean: zeros(12) } }),
      'a: referenceMean: mean: expected a multiple of 8 bytes, got 12',
    ],
  ])('is refused with %s', async (_, change, message) => {
    const changed = header()
    change(changed)
    expect(await fault(readSketch(fileWith(JSON.stringify(changed), counts()), 'a'))).toContain(message)
  })

  it.each<[string, (changed: Counts) => unknown, string]>([
    ['a count too few', c => (c.count[0] = 1), 'a: partition 0, feature x: expected 3 counted, got 2'],
    ['a count too many', c => (c.count[5] = 4), 'a: partition 1, feature c: expected 3 counted, got 4'],
    ['a bin that is not there', c => (c.bin[4] = 3), 'a: row 4: there is no bin 3 of feature 0 in partition 1'],
    ['a negative bin', c => (c.bin[1] = -1), 'a: row 1: there is no bin -1'],
    ['a feature that is not there', c => (c.feature[2] = 2), 'a: row 2: there is no bin 0 of feature 2'],
    [
      'a partition that is not there',
      c => (c.partition[5] = 2),
      'a: row 5: there is no bin 0 of feature 1 in partition 2',
    ],
    ['a count of 0', c => (c.count[1] = 0), 'a: row 1: count: expected one above 0'],
    [
      'a bin twice',
      c => (c.bin[1] = 0),
      'a: row 1: count: expected one above 0 for bin 0 of feature 0 in partition 0, got 1 after 2',
    ],
  ])('is refused with %s', async (_, change, message) => {
    const changed = counts()
    change(changed)
    expect(await fault(readSketch(fileWith(JSON.stringify(header()), changed), 'a'))).toContain(message)
  })

  it('is refused without a column, without the metadata, or with other metadata than JSON', async () => {
    const { partition, feature, bin } = counts()
    expect(await fault(readSketch(fileWith(JSON.stringify(header()), { partition, feature, bin }), 'a'))).toContain(
      'a: ',
    )
    expect(await fault(readSketch(fileWith(undefined, counts()), 'a'))).toContain(`a: expected a sketch`)
    expect(await fault(readSketch(fileWith('{', counts()), 'a'))).toContain('a: metadata: expected JSON')
  })

  it('is refused when its counts would not fit into memory', async () => {
    const many = Array.from({ length: 3000 }, (_, f) => ({
      ...header().features[0],
      name: `x${f}`,
      edges: Array.from({ length: 200 }, (_, k) => k),
      coarseEdges: Array.from({ length: 200 }, (_, k) => k),
    }))
    const partitions = [
      { kind: 'whole', rows: 300 },
      ...Array.from({ length: 300 }, () => ({ kind: 'random', rows: 1 })),
    ]
    const text = JSON.stringify({ ...header(), rows: 300, partitions, features: many })
    expect(await fault(readSketch(fileWith(text, counts()), 'a'))).toContain(
      'a: partitions: expected at most 134217728 bins, got',
    )
  })
})

describe('a damaged file', () => {
  it('is refused wherever it is cut off', async () => {
    for (let length = 0; length < frozen.length; length += Math.ceil(frozen.length / 40)) {
      expect(await fault(readSketch(frozen.slice(0, length), 'cut.sketch.parquet'))).toContain('cut.sketch.parquet: ')
    }
  })

  it('is refused or read, and never anything else, with any byte changed', async () => {
    const small = writeSketch(await makeSketch(sourceOf(numericFeatures(1), normalColumns(40, 1, 1))))
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = small.slice()
        damaged[at] ^= change
        await readSketch(damaged, 'a').catch((error: unknown) => {
          if (!(error instanceof ModelHubError && error.code === 'SKETCH_INVALID')) throw error
        })
      }),
      { numRuns: 400 },
    )
  })

  it('is refused when it is no Parquet file', async () => {
    expect(await fault(readSketch(new TextEncoder().encode('a,b\n1,2\n'), 'a.csv'))).toContain(
      'a.csv: expected a Parquet file',
    )
    expect(await fault(readSketch(new Uint8Array(0), 'a'))).toContain('a: ')
  })
})

describe('renderMetadata', () => {
  it('writes its keys in a fixed order', async () => {
    const keys = Object.keys(JSON.parse(renderMetadata(await makeSketch(source))) as object)
    expect(keys).toEqual(['format', 'profile', 'seed', 'rows', 'partitions', 'features'])
  })
})
