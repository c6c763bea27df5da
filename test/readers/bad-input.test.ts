import { readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { openTable, type TableOptions } from '../../src/readers/index.ts'
import { madeFiles, readAll } from './made-files.ts'

const files = madeFiles()
const DEEP = 30_000

function lines(count: number, line: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('')
}

/** The fault that opening and reading a table ends in. */
async function fault(path: string | readonly string[], options?: TableOptions) {
  return readAll(path, options).then(
    read => {
      throw new Error(`read without a fault: ${JSON.stringify(read).slice(0, 200)}`)
    },
    ({ code, message, cause }) => ({ code, message, cause }),
  )
}

describe('files', () => {
  it('says what is missing, of an unknown format, or a folder', async () => {
    expect(await fault(files.path('none.csv'))).toMatchObject({ code: 'FILE_NOT_FOUND' })
    expect(await fault(files.write('a.xlsx', 'x'))).toMatchObject({ code: 'FORMAT_UNKNOWN' })
    expect(await fault(tmpdir())).toMatchObject({ code: 'FILE_UNREADABLE' })
  })

  it.each([
    ['a file of no bytes', 'zero.csv', ''],
    ['a CSV header alone', 'header.csv', 'a,b\n'],
    ['blank lines alone', 'blank.csv', '\n\n\n'],
    ['an empty array', 'array.json', '[]'],
    ['no NDJSON record', 'none.ndjson', ''],
    ['an empty packed file', 'empty.csv.gz', gzipSync('')],
  ])('%s is an empty table', async (_, name, content) => {
    const path = files.write(name, content)
    expect(await fault(path)).toMatchObject({ code: 'EMPTY_DATASET', message: `${path}: no rows` })
  })

  it('a Parquet file without rows is an empty table', async () => {
    const path = await files.copy('none.parquet', 'SELECT 1 x WHERE false')
    expect(await fault(path)).toMatchObject({ code: 'EMPTY_DATASET' })
  })

  it('one row is a table', async () => {
    expect((await readAll(files.write('one.csv', 'a\n1\n'))).values).toEqual({ a: [1] })
    expect((await readAll(files.write('unended.csv', 'a,b\n1,x'))).values).toEqual({ a: [1], b: ['x'] })
  })

  it('takes names with quotes and wildcards literally', async () => {
    files.write('g1.csv', 'x\n1\n')
    expect((await readAll(files.write("g[1]'*?.csv", 'x\n2\n'))).values).toEqual({ x: [2] })
  })
})

describe('ragged CSV', () => {
  it.each([
    ['a field too many near the start', `a,b,c\n1,2,3\n1,2,3,4\n1,2,3\n`, 3, 4],
    ['a field too few near the start', `a,b,c\n1,2,3\n1,2\n1,2,3\n`, 3, 2],
    ['a field too many in every row', `a,b,c\n1,2,3,4\n1,2,3,4\n`, 2, 4],
    ['a field too many deep down', `a,b,c\n${lines(DEEP, i => `${i},2,x`)}1,2,3,4\n`, DEEP + 2, 4],
    ['a field too few deep down', `a,b,c\n${lines(DEEP, i => `${i},2,x`)}1,2\n`, DEEP + 2, 2],
  ])('%s', async (_, content, line, found) => {
    const path = files.write('ragged.csv', content)
    expect(await fault(path)).toMatchObject({
      code: 'RAGGED_ROW',
      message: `${path}: line ${line}: expected 3 fields, got ${found}`,
      cause: expect.any(Error),
    })
  })

  it('is found behind a column that is not read', async () => {
    const path = files.write('ragged.csv', 'a,b,c\n1,2,3\n1,2,3,4\n')
    expect(await fault(path, { exclude: ['b', 'c'] })).toMatchObject({ code: 'RAGGED_ROW' })
  })

  it('tells a quote that is never closed', async () => {
    expect(await fault(files.write('quote.csv', 'a,b\n1,"x\n2,y\n'))).toMatchObject({ code: 'FILE_DAMAGED' })
  })

  it('reads quotes, line ends and empty lines of every kind', async () => {
    const values = { a: [1, 2], b: ['x, "y"\nz', "'"] }
    expect(
      (await readAll(files.write('crlf.csv', '\ufeff\r\n"a",b\r\n1,"x, ""y""\nz"\r\n\r\n2,\'\r\n'))).values,
    ).toEqual(values)
    expect((await readAll(files.write('semi.csv', 'a;b\n1;"x, ""y""\nz"\n2;\'\n'))).values).toEqual(values)
  })

  it('reads a quoted field after thousands of lines without one', async () => {
    const read = await readAll(files.write('late.csv', `a,b\n${lines(DEEP, i => `${i},x`)}7,"p, ""q"""\n`))
    expect(read.values.b.at(-1)).toBe('p, "q"')
  })
})

describe('encoding', () => {
  const latin = Buffer.from([0x63, 0x61, 0x66, 0xe9])
  const ended = (text: string) => Buffer.concat([Buffer.from(text), latin, Buffer.from('\n')])

  it.each([
    ['a Latin-1 field', 'l.csv', ended('a,b\n1,x\n2,'), 3],
    ['a Latin-1 header', 'h.csv', Buffer.concat([ended('a,b,'), Buffer.from('1,x,y\n')]), 1],
    ['a Latin-1 field deep down', 'd.csv', ended(`a,b\n${lines(DEEP, i => `${i},x`)}1,`), DEEP + 2],
    ['UTF-16', 'u.csv', Buffer.from('\ufeffa,b\n1,x\n', 'utf16le'), 1],
  ])('%s', async (_, name, content, line) => {
    const path = files.write(name, content)
    expect(await fault(path)).toMatchObject({ code: 'ENCODING', message: `${path}: line ${line}: expected UTF-8` })
  })

  it('is told for a column that is not read, and for JSON', async () => {
    const csv = files.write('two.csv', ended(`a,b,c\n${lines(DEEP, i => `${i},x,y`)}1,z,`))
    expect(await fault(csv, { exclude: ['b'] })).toMatchObject({ code: 'ENCODING' })
    const json = Buffer.concat([Buffer.from('{"a":"x"}\n{"a":"'), latin, Buffer.from('"}\n')])
    expect(await fault(files.write('l.ndjson', json))).toMatchObject({ code: 'ENCODING' })
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

describe('damage', () => {
  const whole = gzipSync(`a,b\n${lines(5000, i => `${i},${Math.imul(i, 2654435761)}`)}`)

  it.each([1, 8, 12, 500, whole.length - 1])('a gzip file that lacks its last %i bytes', async cut => {
    const path = files.write('cut.csv.gz', whole.subarray(0, whole.length - cut))
    const { code, message, cause } = await fault(path)
    expect([code, message]).toEqual(['FILE_DAMAGED', expect.stringContaining(path)])
    expect(cause).toBeInstanceOf(Error)
  })

  it('a gzip file with a wrong checksum, and one that is none', async () => {
    const wrong = Buffer.from(whole)
    wrong[wrong.length - 6] ^= 1
    expect(await fault(files.write('wrong.csv.gz', wrong))).toMatchObject({ code: 'FILE_DAMAGED' })
    expect(await fault(files.write('plain.csv.gz', 'a\n1\n'))).toMatchObject({ code: 'FILE_DAMAGED' })
  })

  it('a gzip file of several members is whole', async () => {
    const path = files.write('members.csv.gz', Buffer.concat([gzipSync('a\n1\n'), gzipSync('2\n')]))
    expect((await readAll(path)).values).toEqual({ a: [1, 2] })
  })

  it('a Zstandard file that lacks its end', async () => {
    const path = await files.copy('z.csv.zst', 'SELECT * FROM range(100000)', '(COMPRESSION zstd)')
    const content = readFileSync(path)
    for (const cut of [1, 4, 1000]) {
      const short = files.write('short.csv.zst', content.subarray(0, content.length - cut))
      expect(await fault(short)).toMatchObject({ code: 'FILE_DAMAGED', message: expect.stringContaining(short) })
    }
  })

  it('a Parquet file that lacks its end, its middle, or all', async () => {
    const content = readFileSync(await files.copy('w.parquet', 'SELECT range a, hash(range) b FROM range(100000)'))
    const damaged = [
      content.subarray(0, content.length - 300),
      Buffer.concat([content.subarray(0, 1000), content.subarray(40_000)]),
      Buffer.from('PAR1'),
      Buffer.from('a,b\n1,2\n'),
    ]
    for (const bytes of damaged) {
      const path = files.write('d.parquet', bytes)
      expect(await fault(path)).toMatchObject({
        code: 'FILE_DAMAGED',
        message: expect.stringContaining(path),
        cause: expect.any(Error),
      })
    }
  })

  it.each([
    ['cut.json', '[{"a":1},{"a":'],
    ['cut.ndjson', '{"a":1}\n{"a":'],
    ['scalars.json', '[1,2]'],
    ['words.ndjson', 'hello\n'],
  ])('JSON that is none, or not of records: %s', async (name, content) => {
    expect(await fault(files.write(name, content))).toMatchObject({ code: 'FILE_DAMAGED' })
  })
})

describe('what stays', () => {
  it('nothing beside the files themselves', async () => {
    const before = readdirSync(process.cwd())
    const path = files.write('stay.csv', 'a\n1\n')
    const siblings = readdirSync(files.path('.'))
    await readAll(path)
    expect([readdirSync(process.cwd()), readdirSync(files.path('.'))]).toEqual([before, siblings])
  })
})
