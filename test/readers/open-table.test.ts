import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProgressEvent } from '../../src/common/index.ts'
import { openTable } from '../../src/readers/index.ts'
import { allChunks, madeFiles, readAll } from './made-files.ts'

const files = madeFiles()

const MIXED = 'x,s,b,t\n1,red,true,2024-02-29 13:45:00\n2.5,"dark, blue",false,1999-12-31 00:00:00\n,,,\n'
const MIXED_READ = {
  features: ['x: numeric', 's: categorical', 'b: categorical'].concat(
    ['year', 'month', 'day', 'weekday', 'hour'].map(part => `t.${part}: numeric`),
  ),
  values: {
    x: [1, 2.5, NaN],
    s: ['red', 'dark, blue', null],
    b: ['true', 'false', null],
    't.year': [2024, 1999, NaN],
    't.month': [2, 12, NaN],
    't.day': [29, 31, NaN],
    't.weekday': [4, 5, NaN],
    't.hour': [13, 0, NaN],
  },
  warnings: [],
}

describe('openTable, by hand', () => {
  it('tells numbers, categories, booleans and timestamps apart', async () => {
    expect(await readAll(files.write('mixed.csv', MIXED))).toEqual({ ...MIXED_READ, labels: undefined })
  })

  it('reads the same rows the same from every format', async () => {
    const csv = files.write('same.csv', MIXED)
    const query = `SELECT * FROM read_csv('${csv}')`
    const paths = [
      files.write('same.csv.gz', gzipSync(MIXED)),
      await files.copy('same.csv.zst', query, '(COMPRESSION zstd)'),
      await files.copy('same.tsv', query, `(DELIMITER '\t')`),
      await files.copy('same.parquet', query),
      await files.copy('same.pq', query, '(FORMAT parquet)'),
      await files.copy('same.json', query, '(ARRAY true)'),
      await files.copy('same.ndjson', query, '(FORMAT json)'),
      await files.copy('same.jsonl.gz', query, '(FORMAT json, COMPRESSION gzip)'),
      await files.copy('same.ndjson.zst', query, '(FORMAT json, COMPRESSION zstd)'),
    ]
    for (const path of paths) expect(await readAll(path), path).toEqual({ ...MIXED_READ, labels: undefined })
  })

  it('sets the label apart and leaves columns out', async () => {
    const path = files.write('label.csv', 'id,x,y\n1,5,01\n2,6,\n3,7,b\n')
    const read = await readAll(path, { label: 'y', exclude: ['id'] })
    expect(read).toMatchObject({ features: ['x: numeric'], values: { x: [5, 6, 7] }, labels: ['01', null, 'b'] })
  })

  it('gives labels as strings from any type', async () => {
    const query = `SELECT 1 x, 2 i, true b, 0.5::FLOAT f, 'c'::ENUM('c') e`
    const path = await files.copy('labels.parquet', query)
    const labels = await Promise.all(['i', 'b', 'f', 'e'].map(async label => (await readAll(path, { label })).labels))
    expect(labels).toEqual([['2'], ['true'], ['0.5'], ['c']])
    expect((await readAll(files.write('labels.csv', 'x,b\n1,True\n'), { label: 'b' })).labels).toEqual(['true'])
  })

  it('has no labels where none was named', async () => {
    const table = await openTable(files.write('nolabel.csv', 'x\n1\n'))
    await expect(table.labels()).rejects.toMatchObject({ code: 'USAGE' })
    table.close()
  })

  it('takes declared types over inferred ones', async () => {
    const path = files.write('types.csv', 'zip,n,flag,day,note\n01234,7,1,2024-01-01,a\n99999,8,0,2024-01-02,b\n')
    const types = { zip: 'categorical', n: 'text', flag: 'boolean', day: 'timestamp', note: 'text' } as const
    const read = await readAll(path, { types })
    expect(read.features.slice(0, 4)).toEqual(['zip: categorical', 'n: text', 'flag: categorical', 'day.year: numeric'])
    expect(read.features.at(-2)).toBe('day.hour: numeric')
    expect(read.values).toMatchObject({ zip: ['01234', '99999'], n: ['7', '8'], flag: ['true', 'false'] })
    expect(read.features.at(-1)).toBe('note: text')
  })

  it('tells free text from categories', async () => {
    const row = (i: number) => `"sentence number ${i} has six words",kind ${i % 2}\n`
    const read = await readAll(files.write('text.csv', `a,b\n${Array.from({ length: 9 }, (_, i) => row(i)).join('')}`))
    expect(read.features).toEqual(['a: text', 'b: categorical'])
  })
})

describe('openTable, types', () => {
  it('keeps single precision where every file has it', async () => {
    const single = await files.copy('single.parquet', 'SELECT 0.1::FLOAT f UNION ALL SELECT NULL')
    const double = await files.copy('double.parquet', 'SELECT 0.1::DOUBLE f')
    const columnsOf = async (paths: readonly string[]) => {
      const table = await openTable(paths)
      const chunks = await allChunks(table)
      table.close()
      return chunks.map(chunk => chunk.columns[0])
    }
    expect(await columnsOf([single])).toEqual([Float32Array.of(0.1, NaN)])
    expect(await columnsOf([double, single])).toEqual([Float64Array.of(0.1), Float64Array.of(Math.fround(0.1), NaN)])
  })

  it('makes numbers of decimals, huge integers and intervals, categories of enums and UUIDs', async () => {
    const query = `SELECT 1.25::DECIMAL(9,2) d, 170141183460469231731687303715884105727::HUGEINT h, INTERVAL 90 SECOND i,
      'b'::ENUM('a', 'b') e, '00000000-0000-0000-0000-000000000001'::UUID u`
    const read = await readAll(await files.copy('types.parquet', query))
    const u = ['00000000-0000-0000-0000-000000000001']
    expect(read.values).toEqual({ d: [1.25], h: [2 ** 127], i: [90], e: ['b'], u })
  })

  it('takes a date without its hour, a time with nothing else, and a zoned timestamp in UTC', async () => {
    const query = `SELECT DATE '2024-03-10' d, TIME '07:30:00' t, TIMESTAMPTZ '2024-03-10 23:30:00-02' z`
    const read = await readAll(await files.copy('dates.parquet', query))
    expect(read.values).toEqual({
      ...{ 'd.year': [2024], 'd.month': [3], 'd.day': [10], 'd.weekday': [7], 't.hour': [7] },
      ...{ 'z.year': [2024], 'z.month': [3], 'z.day': [11], 'z.weekday': [1], 'z.hour': [1] },
    })
  })

  it('reads days before months where the values say so', async () => {
    const read = await readAll(files.write('european.csv', 'd\n13/02/2020\n05/03/2021\n'))
    expect(read.values).toMatchObject({ 'd.month': [2, 3], 'd.day': [13, 5] })
  })

  it('parts a vector into features', async () => {
    const query = `SELECT [1, 2, 3]::FLOAT[] v UNION ALL SELECT NULL UNION ALL SELECT [4, NULL, 6]`
    const parquet = await readAll(await files.copy('vector.parquet', query))
    const expected = { 'v[0]': [1, NaN, 4], 'v[1]': [2, NaN, NaN], 'v[2]': [3, NaN, 6] }
    expect(parquet.values).toEqual(expected)
    const json = await readAll(files.write('vector.ndjson', '{"v":[1,2,3]}\n{"v":null}\n{"v":[4,null,6]}\n'))
    expect(json.values).toEqual(expected)
  })

  it('reads integers that turn into fractions after the sample', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => i)
    const csv = await readAll(files.write('late.csv', `x\n${lines.join('\n')}\n0.5\n`))
    const json = await readAll(files.write('late.ndjson', [...lines, 0.5].map(x => `{"x":${x}}`).join('\n')))
    expect([csv.values.x.at(-1), json.values.x.at(-1)]).toEqual([0.5, 0.5])
  })

  it('keeps yes, no, T and F of a CSV file as they are', async () => {
    const read = await readAll(files.write('yes.csv', 'a,b,c\nyes,T,TRUE\nno,F,False\n'))
    expect(read.values).toEqual({ a: ['yes', 'no'], b: ['T', 'F'], c: ['true', 'false'] })
  })
})

describe('openTable, several files', () => {
  it('reads them in sorted order, columns by name', async () => {
    files.write('part-b.csv', 'y,x\n3,4\n5,6\n')
    files.write('part-a.csv', 'x,y\n1,2\n')
    await files.copy('part-c.parquet', 'SELECT 7 x, 8 y')
    const table = await openTable(files.path('part-*'))
    expect(table.files).toEqual(['part-a.csv', 'part-b.csv', 'part-c.parquet'].map(files.path))
    const chunks = await allChunks(table)
    expect(chunks.map(({ file, firstRow, rows }) => [file, firstRow, rows])).toEqual([
      [0, 0, 1],
      [1, 0, 2],
      [2, 0, 1],
    ])
    expect(chunks.map(({ columns }) => columns.map(column => [...column]))).toEqual([
      [[1], [2]],
      [
        [4, 6],
        [3, 5],
      ],
      [[7], [8]],
    ])
    table.close()
  })

  it('passes over a file without rows, and says so', async () => {
    const paths = [files.write('full.csv', 'x\n1\n'), files.write('header.csv', 'x\n'), files.write('none.csv', '')]
    const table = await openTable(paths)
    expect(await allChunks(table)).toHaveLength(1)
    expect(table.warnings).toEqual([`${paths[1]}: no rows`, `${paths[2]}: no rows`])
    table.close()
  })

  it('lets a column without a value in one file have its type from another', async () => {
    const paths = [files.write('some-a.csv', 'x,y\n1,\n'), files.write('some-b.csv', 'x,y\n,2024-01-01\n')]
    const read = await readAll(paths)
    expect(read.values).toMatchObject({ x: [1, NaN], 'y.year': [NaN, 2024] })
  })
})

describe('openTable, the stream', () => {
  const ROWS = 10_000
  const long = () =>
    files.copy('long.parquet', `SELECT range::FLOAT x, 'k' || range % 7 s, range % 3 l FROM range(${ROWS})`)

  it('gives the rows in order, in chunks, again and again', async () => {
    const table = await openTable(await long(), { label: 'l' })
    const first = await allChunks(table)
    expect(first.length).toBeGreaterThan(1)
    expect(first.flatMap(({ columns }) => [...columns[0]])).toEqual(Array.from({ length: ROWS }, (_, i) => i))
    expect(first.every(({ rows, columns }) => columns.every(column => column.length === rows))).toBe(true)
    expect(first.map(chunk => chunk.firstRow)).toEqual(first.map(chunk => chunk.columns[0][0]))
    expect(await allChunks(table)).toEqual(first)
    expect((await table.labels()).slice(0, 4)).toEqual(['0', '1', '2', '0'])
    table.close()
  })

  it('can be read twice at once, and left in the middle', async () => {
    const table = await openTable(await long())
    const seen: number[] = []
    for await (const chunk of table.chunks()) {
      for await (const inner of table.chunks()) {
        seen.push(chunk.firstRow, inner.firstRow)
        break
      }
    }
    expect(seen.filter((_, i) => i % 2 === 1).every(row => row === 0)).toBe(true)
    expect(new Set(seen).size).toBe(Math.ceil(ROWS / 2048))
    table.close()
  })

  it('knows rows and bytes of Parquet without reading, and not those of CSV', async () => {
    const path = await long()
    const parquet = await openTable(path)
    expect([parquet.rows, parquet.sizeBytes]).toEqual([ROWS, readFileSync(path).length])
    parquet.close()
    const csv = await openTable(files.write('rows.csv', 'x\n1\n'))
    expect([csv.rows, csv.sizeBytes]).toEqual([undefined, 4])
    csv.close()
  })

  it('reports rows with the total where it is known, and bytes of gzip while it is checked', async () => {
    const table = await openTable(await long())
    const events: ProgressEvent[] = []
    await allChunks(table, { onProgress: event => events.push(event) })
    table.close()
    expect(events.at(-1)).toEqual({ stage: 'reading', done: ROWS, total: ROWS, unit: 'rows' })
    const packed = gzipSync('x\n1\n')
    const checked: ProgressEvent[] = []
    const gz = await openTable(files.write('p.csv.gz', packed), { onProgress: event => checked.push(event) })
    gz.close()
    expect(checked.at(-1)).toEqual({ stage: 'checking', done: packed.length, total: packed.length, unit: 'bytes' })
  })

  it('stops when it is cancelled, before and in the middle', async () => {
    const path = await long()
    await expect(openTable(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' })
    const packed = files.write('c.csv.gz', gzipSync('x\n1\n'))
    await expect(openTable(packed, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' })
    const table = await openTable(path, { label: 'l' })
    const controller = new AbortController()
    const read = async () => {
      for await (const chunk of table.chunks({ signal: controller.signal })) if (chunk.firstRow > 0) controller.abort()
    }
    await expect(read()).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(table.labels({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(await table.labels()).toHaveLength(ROWS)
    table.close()
  })

  it('is not read once closed', async () => {
    const table = await openTable(await long())
    table.close()
    table.close()
    await expect(allChunks(table)).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('openTable, whatever the values', () => {
  const cell = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }))

  it('reads numbers of CSV and NDJSON back to the bit', async () => {
    const columns = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(columns, async rows => {
        const csv = files.write('bits.csv', `a,b\n${rows.map(row => row.map(x => x ?? '').join(',')).join('\n')}\n`)
        const json = files.write('bits.ndjson', rows.map(([a, b]) => JSON.stringify({ a, b })).join('\n'))
        const values = { a: rows.map(([a]) => plain(a)), b: rows.map(([, b]) => plain(b)) }
        expect((await readAll(csv)).values).toEqual(values)
        expect((await readAll(json)).values).toEqual(values)
      }),
      { numRuns: 25 },
    )
  })

  it('reads names and strings of any characters', async () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 12 })
      .filter(text => !/[\0\r\n\ud800-\udfff]/.test(text))
    await fc.assert(
      fc.asyncProperty(name, name, async (column, value) => {
        fc.pre(value.trim() !== '' && Number.isNaN(Number(value)) && !/^(NA|N\/A|nan|null)$/i.test(value))
        const json = files.write('any.ndjson', `${JSON.stringify({ [column]: value, 'x"\'': 'v' })}\n`)
        const read = await readAll(json, { types: { [column]: 'categorical' } })
        expect(read.values[column]).toEqual([value])
      }),
      { numRuns: 25 },
    )
  })
})

/** Minus zero is written as 0. */
function plain(x: number | null): number {
  return x === null ? NaN : x + 0
}
