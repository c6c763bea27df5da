import { describe, expect, it } from 'vitest'
import { tableFormat } from '../../src/readers/index.ts'

describe('tableFormat', () => {
  it.each([
    ['a.csv', 'csv', 'none'],
    ['A.CSV.GZ', 'csv', 'gzip'],
    ['dir.json/a.tsv.zst', 'tsv', 'zstd'],
    ['a.parquet', 'parquet', 'none'],
    ['a.pq', 'parquet', 'none'],
    ['a.json', 'json', 'none'],
    ['a.b.ndjson.gz', 'ndjson', 'gzip'],
    ['a.jsonl', 'ndjson', 'none'],
  ])('%s is %s, %s', (path, layout, compression) => {
    expect(tableFormat(path)).toEqual({ layout, compression })
  })

  it.each(['a.txt', 'a', 'csv', 'a.gz', 'a.parquet.gz', 'a.csv.bz2', 'a.xlsx'])('does not know %s', path => {
    expect(() => tableFormat(path)).toThrow(
      expect.objectContaining({ code: 'FORMAT_UNKNOWN', message: expect.stringMatching(/\.csv, .*\.parquet/) }),
    )
  })
})
