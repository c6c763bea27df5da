import { mkdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findFiles } from '../../src/readers/find-files.ts'
import { madeFiles } from './made-files.ts'

const files = madeFiles()

describe('findFiles', () => {
  it('sorts what globs and paths name, each once', async () => {
    for (const name of ['b.csv', 'a.csv', 'c.parquet']) files.write(name, 'x')
    const found = await findFiles([files.path('c.parquet'), files.path('*.csv'), files.path('a.csv')])
    expect(found).toEqual(['a.csv', 'b.csv', 'c.parquet'].map(name => ({ path: files.path(name), sizeBytes: 1 })))
  })

  it('takes a path that exists as it is, though it looks like a glob', async () => {
    const odd = files.write('d[1]*.csv', 'xy')
    expect(await findFiles(odd)).toEqual([{ path: odd, sizeBytes: 2 }])
  })

  it.each(['nowhere.csv', 'nothing-*.csv'])('says that there is no %s', async name => {
    await expect(findFiles(files.path(name))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: `${files.path(name)}: no such file`,
    })
  })

  it('refuses a folder, and no path at all', async () => {
    mkdirSync(files.path('folder.csv'))
    await expect(findFiles(files.path('folder.csv'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
    await expect(findFiles([])).rejects.toMatchObject({ code: 'USAGE' })
  })
})
