import { readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fault, lines, madeFiles, readAll } from './made-files.ts'

const files = madeFiles()
const DEEP = 30_000

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
