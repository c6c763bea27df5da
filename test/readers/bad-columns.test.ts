import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { openTable } from '../../src/readers/index.ts'
import { fault, lines, madeFiles, readAll } from './made-files.ts'

const files = madeFiles()
const DEEP = 30_000

describe('types', () => {
  it('a CSV column that changes type deep down', async () => {
    const path = files.write('change.csv', `a,b c\n${lines(DEEP, i => `x,${i}`)}y,oops\n`)
    expect(await fault(path)).toMatchObject({
      code: 'COLUMN_TYPE',
      message: `${path}: line ${DEEP + 2}: column b c: expected DOUBLE, got "oops"; to read it otherwise: --types b c=text`,
    })
    const read = await readAll(path, { types: { 'b c': 'text' } })
    expect(read.values['b c'].at(-1)).toBe('oops')
  })

  it('a CSV column that changes type at once is a category', async () => {
    expect((await readAll(files.write('mixed.csv', 'a\n1\nx\n'))).values).toEqual({ a: ['1', 'x'] })
    expect((await readAll(files.write('mixed.ndjson', '{"a":1}\n{"a":"x"}\n'))).values).toEqual({ a: ['1', 'x'] })
  })

  it('an NDJSON column that changes type deep down', async () => {
    const path = files.write('change.ndjson', `${lines(DEEP, i => `{"n":${i},"s":"x"}`)}{"n":"oops"}\n`)
    const { code, message } = await fault(path)
    expect(code).toBe('COLUMN_TYPE')
    expect(message).toMatch(/column n: .*'oops'.*--types n=text$/)
  })

  it('a column that changes type between files', async () => {
    const paths = [files.write('t-a.csv', 'x\n1\n'), files.write('t-b.csv', 'x\nred\n')]
    expect(await fault(paths)).toMatchObject({
      code: 'COLUMN_TYPE',
      message: `column x: BIGINT in ${paths[0]}, VARCHAR in ${paths[1]}; say which: --types x=text`.replace(
        'DOUBLE',
        'BIGINT',
      ),
    })
    expect((await readAll(paths, { types: { x: 'categorical' } })).values).toEqual({ x: ['1', 'red'] })
  })

  it('values that do not fit a declared type', async () => {
    const csv = files.write('declared.csv', 'x,y\nred,2\n')
    for (const type of ['numeric', 'boolean', 'timestamp'] as const) {
      expect(await fault(csv, { types: { x: type } }), type).toMatchObject({ code: 'COLUMN_TYPE' })
    }
    const parquet = await files.copy('declared.parquet', `SELECT 'red' x, 1 y`)
    const { code, message } = await fault(parquet, { types: { x: 'numeric' } })
    expect([code, message]).toEqual(['COLUMN_TYPE', expect.stringMatching(/column x: .*red/)])
    expect(await fault(parquet, { types: { y: 'timestamp' } })).toMatchObject({ code: 'COLUMN_TYPE' })
  })

  it('nested columns, unless they are left out', async () => {
    const query = `SELECT 1 x, {'a': 1} s, ['p'] l, MAP {'a': 1} m, 'b'::BLOB b`
    const path = await files.copy('nested.parquet', query)
    expect(await fault(path, { exclude: ['l', 'm', 'b'] })).toMatchObject({
      code: 'COLUMN_TYPE',
      message: `${path}: column s: STRUCT(a INTEGER) makes no feature; leave it out: --exclude s`,
    })
    expect(await fault(path, { label: 'l', exclude: ['s', 'm', 'b'] })).toMatchObject({ code: 'COLUMN_TYPE' })
    expect((await readAll(path, { exclude: ['s', 'l', 'm', 'b'] })).values).toEqual({ x: [1] })
  })

  it('vectors of unequal lengths, and of none', async () => {
    const unequal = files.write('unequal.ndjson', '{"v":[1,2]}\n{"v":[1,2,3]}\n')
    expect(await fault(unequal)).toMatchObject({ code: 'COLUMN_TYPE', message: expect.stringMatching(/length 3/) })
    const none = await files.copy('novector.parquet', 'SELECT 1 x, NULL::FLOAT[] v')
    expect(await fault(none)).toMatchObject({ code: 'COLUMN_TYPE' })
  })

  it('a column without a value is kept, missing, with a warning', async () => {
    const csv = await readAll(files.write('null.csv', 'a,b\n1,\n2,NA\n'))
    const warnings = ['column b: no value in the first 20480 rows; kept, as missing']
    expect(csv).toMatchObject({ features: ['a: numeric', 'b: numeric'], values: { b: [NaN, NaN] }, warnings })
    const json = await readAll(files.write('null.ndjson', '{"a":1,"b":null}\n'))
    expect(json).toMatchObject({ features: ['a: numeric', 'b: numeric'], values: { b: [NaN] }, warnings })
    const parquet = await readAll(await files.copy('null.parquet', 'SELECT 1 a, NULL::VARCHAR b'))
    expect(parquet).toMatchObject({ features: ['a: numeric', 'b: categorical'], values: { b: [null] }, warnings })
  })

  it('infinities come as they are, missing spellings as NaN', async () => {
    const csv = await readAll(files.write('inf.csv', 'x\ninf\n-Infinity\nNaN\nNA\nN/A\nnull\n1.5\n'))
    const x = [Infinity, -Infinity, NaN, NaN, NaN, NaN, 1.5]
    expect(csv).toMatchObject({ features: ['x: numeric'], values: { x } })
    const query = `SELECT unnest(['inf'::FLOAT, '-inf', 'nan', NULL]) x`
    expect((await readAll(await files.copy('inf.parquet', query))).values).toEqual({
      x: [Infinity, -Infinity, NaN, NaN],
    })
  })
})

describe('a fault after the first chunk', () => {
  it('is never taken for the end of the rows', async () => {
    const query = `SELECT CASE WHEN range = 250000 THEN 'oops' ELSE range::VARCHAR END x FROM range(300000)`
    const path = await files.copy('deep.parquet', query)
    const table = await openTable(path, { types: { x: 'numeric' } })
    let rows = 0
    const reading = async () => {
      for await (const chunk of table.chunks()) rows += chunk.rows
    }
    await expect(reading()).rejects.toMatchObject({ code: 'COLUMN_TYPE', message: expect.stringMatching(/oops/) })
    expect(rows).toBeLessThanOrEqual(250_000)
    table.close()
  })
})

describe('columns', () => {
  const table = () => files.write('cols.csv', 'a,b,c\n1,2,3\n')

  it.each([
    ['a label', { label: 'nope' }],
    ['an excluded column', { exclude: ['nope'] }],
    ['a typed column', { types: { nope: 'text' } }],
    ['a label of other case', { label: 'A' }],
  ] as const)('%s that is not there', async (_, options) => {
    const { code, message } = await fault(table(), options)
    expect([code, message]).toEqual([
      'COLUMN_MISSING',
      expect.stringMatching(/cols\.csv: column (nope|A) is not there$/),
    ])
  })

  it('a label that is excluded too, and nothing left', async () => {
    expect(await fault(table(), { label: 'a', exclude: ['a'] })).toMatchObject({ code: 'USAGE' })
    expect(await fault(table(), { label: 'a', exclude: ['b', 'c'] })).toMatchObject({ code: 'EMPTY_DATASET' })
  })

  it('a column that one of several files lacks, either way', async () => {
    const [few, many] = [files.write('few.csv', 'a\n1\n'), files.write('many.csv', 'a,b\n1,2\n')]
    const missing = { code: 'COLUMN_MISSING', message: `${few}: column b is not there` }
    expect(await fault([few, many])).toMatchObject(missing)
    expect((await readAll([few, many], { exclude: ['b'] })).values).toEqual({ a: [1, 1] })
    const later = files.write('zlater.csv', 'a\n1\n')
    expect(await fault([many, later])).toMatchObject({ message: `${later}: column b is not there` })
  })

  it('two columns of one name', async () => {
    const path = files.write('twice.csv', 'a,b,a\n1,2,3\n')
    expect(await fault(path)).toMatchObject({
      code: 'COLUMN_DUPLICATE',
      message: `${path}: two columns are named a, or nearly so`,
    })
    const parts = files.write('parts.csv', 'd,d.day\n2024-01-01,3\n')
    expect(await fault(parts)).toMatchObject({ code: 'COLUMN_DUPLICATE', message: expect.stringMatching(/d\.day$/) })
  })

  it.each([
    ['case.csv', 'a,A\n1,2\n'],
    ['case.ndjson', '{"a":1,"A":2}\n'],
    ['twice.ndjson', '{"a":1}\n{"b":1,"B":2}\n'],
    ['unnamed.ndjson', '{"":1,"a":2}\n'],
  ])('two names that differ in case only, or none: %s', async (name, content) => {
    expect(await fault(files.write(name, content))).toMatchObject({ code: 'COLUMN_DUPLICATE' })
  })

  it('two columns of one name in Parquet, but not names that only look changed', async () => {
    const columnData = ['a', 'A'].map(name => ({ name, data: Float64Array.of(1) }))
    const twice = files.write('twice.parquet', new Uint8Array(parquetWriteBuffer({ columnData })))
    expect(await fault(twice)).toMatchObject({ code: 'COLUMN_DUPLICATE' })
    const fine = { a: [1], a_1: [2], C0: [3] }
    expect((await readAll(await files.copy('fine.parquet', 'SELECT 1 a, 2 a_1, 3 C0'))).values).toEqual(fine)
    expect((await readAll(files.write('fine.ndjson', '{"a":1,"a_1":2,"C0":3}\n'))).values).toEqual(fine)
  })

  it('a key that first comes after the sample is not a column', async () => {
    const path = files.write('latekey.ndjson', `${lines(DEEP, i => `{"a":${i}}`)}{"a":1,"b":2}\n`)
    expect((await readAll(path)).features).toEqual(['a: numeric'])
  })

  it('a header that is missing or unnamed in part', async () => {
    const headless = await readAll(files.write('headless.csv', '1,2\n3,4\n'))
    expect(headless.warnings).toEqual([expect.stringMatching(/headless\.csv: the first line is taken as the header/)])
    expect((await readAll(files.write('index.csv', ',x\n0,5\n'))).features).toEqual(['column0: numeric', 'x: numeric'])
  })

  it('100,000 columns', async () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `f${i}`)
    const csv = files.write('wide.csv', `${names.join(',')}\n${names.map(() => 1).join(',')}\n`)
    const json = files.write('wide.ndjson', `${JSON.stringify(Object.fromEntries(names.map(name => [name, 1])))}\n`)
    for (const path of [csv, json]) {
      const message = `${path}: expected at most 10000 columns, got 100000`
      expect(await fault(path)).toMatchObject({ code: 'TOO_MANY_COLUMNS', message })
    }
  })

  it('10,000 columns are a table, a vector of 10,001 items is not', async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `f${i}`)
    const table = await openTable(files.write('most.csv', `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`))
    expect(table.features).toHaveLength(10_000)
    table.close()
    const vector = await files.copy('long.parquet', `SELECT list_transform(range(10001), i -> i::FLOAT) v`)
    expect(await fault(vector)).toMatchObject({ code: 'TOO_MANY_COLUMNS' })
  })
})
