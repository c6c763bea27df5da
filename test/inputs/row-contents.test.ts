import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { rowContents } from '../../src/inputs/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'

describe('what rows hold, for a person', () => {
  it('of a table: its cells as they are read, the label left out', async () => {
    const path = join(temporaryFolder(), 't.csv')
    writeFileSync(path, 'a,name,y\n1.5,x,0\n,"two, words",1\n3,z,0\n')
    const contents = await rowContents([path], [2, 1], { label: 'y' })
    expect([...contents]).toEqual([
      [1, { a: null, name: 'two, words' }],
      [2, { a: 3, name: 'z' }],
    ])
    expect([...(await rowContents([path], []))]).toEqual([])
  })

  it('of texts: the text', async () => {
    const folder = temporaryFolder()
    for (const [name, text] of Object.entries({ a: 'first', b: 'second' }))
      writeFileSync(join(folder, `${name}.txt`), text)
    expect([...(await rowContents([folder], [1]))]).toEqual([[1, { text: 'second' }]])
  })

  it('of images: where they lie and how large they are, a broken one left out but counted', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'sub'))
    const image = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 3, background: 'red' } })
        .png()
        .toBuffer()
    writeFileSync(join(folder, 'a.png'), await image(4, 3))
    writeFileSync(join(folder, 'b.png'), 'no image')
    writeFileSync(join(folder, 'sub/c.png'), await image(7, 9))
    const contents = await rowContents([folder], [0, 1, 2])
    expect([...contents]).toEqual([
      [0, { image: join(folder, 'a.png'), width: 4, height: 3 }],
      [2, { image: join(folder, 'sub/c.png'), width: 7, height: 9 }],
    ])
  })

  it('of ready tensors: the files they are in', async () => {
    expect([...(await rowContents(['x=a.npy', 'm=b.npy'], [7]))]).toEqual([[7, { files: 'x=a.npy m=b.npy' }]])
  })
})
