import { appendFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFolderObjectStore } from '../../src/catalog/index.ts'
import { sha256 } from './versions.ts'
import { temporaryFolder } from './temporary-folder.ts'

const abc = new Uint8Array(Buffer.from('abc'))
const damaged = expect.objectContaining({ code: 'HUB_DAMAGED' }) as Error

describe('a folder of objects', () => {
  it('keeps each under its checksum, and no temporary file', async () => {
    const folder = temporaryFolder()
    const store = await openFolderObjectStore(folder)
    await store.put(abc)
    expect(store.path!(sha256('abc'))).toBe(join(folder, 'ba', sha256('abc')))
    expect(readdirSync(folder)).toEqual(['ba'])
    expect(statSync(store.path!(sha256('abc'))).size).toBe(3)
  })

  it('leaves nothing of a source that cannot be read', async () => {
    const folder = temporaryFolder()
    const store = await openFolderObjectStore(folder)
    await expect(store.put({ path: join(folder, 'none') })).rejects.toThrow('no such file')
    expect(readdirSync(folder)).toEqual([])
  })

  it('tells damage, and storing the bytes again mends it', async () => {
    const store = await openFolderObjectStore(temporaryFolder())
    await store.put(abc)
    appendFileSync(store.path!(sha256('abc')), 'd')
    await expect(store.get(sha256('abc'))).rejects.toThrow(damaged)
    await expect(store.get(sha256('abc'))).rejects.toThrow(`got ${sha256('abcd')}`)
    await store.put(abc)
    expect(await store.get(sha256('abc'))).toEqual(abc)
  })

  it.each(['', 'abc', '../../etc/passwd', sha256('a').toUpperCase()])('%j is no address', async address => {
    const store = await openFolderObjectStore(temporaryFolder())
    await expect(store.has(address)).rejects.toThrow('expected 64 lower-case hex digits')
  })

  it('removes temporary files a day old when it is opened, and no others', async () => {
    const folder = temporaryFolder()
    for (const name of ['tmp-old', 'tmp-new', 'other-old']) writeFileSync(join(folder, name), 'half')
    const longAgo = new Date(Date.now() - 25 * 3600 * 1000)
    for (const name of ['tmp-old', 'other-old']) utimesSync(join(folder, name), longAgo, longAgo)
    await openFolderObjectStore(folder)
    expect(readdirSync(folder).sort()).toEqual(['other-old', 'tmp-new'])
  })
})
