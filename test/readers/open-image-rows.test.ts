import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { pack } from 'tar-stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { openImageRows, type ImageRaster } from '../../src/readers/index.ts'
import { plainBilinear } from '../../src/readers/plain-bilinear.ts'
import { madeFiles } from './made-files.ts'

const files = madeFiles()
const RASTER: ImageRaster = { width: 2, height: 1, resize: 'linear' }

const picture = (grey: number, width = 2, height = 1) =>
  sharp({ create: { width, height, channels: 3, background: { r: grey, g: grey, b: grey } } })
    .png()
    .toBuffer()

async function read(paths: readonly string[], isChosen: (row: number) => boolean, raster = RASTER) {
  const images = await openImageRows(paths, raster)
  const labels = await images.labels()
  const rows: [number, number][] = []
  for await (const { row, rgb } of images.rows(isChosen)) rows.push([row, rgb[0]])
  return { labels, rows, warnings: images.warnings }
}

function idx(shape: readonly number[], values: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE(0x800 + shape.length, 0)
  shape.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i))
  return Buffer.concat([header, Buffer.from(values)])
}

beforeAll(async () => {
  const archive = pack()
  for (const [name, grey] of [
    ['z/0.png', 10],
    ['z/1.png', 20],
    ['a/0.png', 30],
  ] as const) {
    const bytes = await picture(grey)
    archive.entry({ name }, bytes)
    const path = files.path(`folder/${name}`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
  }
  archive.entry({ name: 'readme.md' }, 'no image')
  archive.finalize()
  files.write('images.tgz', gzipSync(await buffer(archive)))
  files.write('t-images-idx3-ubyte', idx([3, 1, 2], [40, 40, 50, 50, 60, 60]))
  files.write('t-labels-idx1-ubyte', idx([3], [7, 8, 9]))
})

describe('rows of images', () => {
  it('are numbered over all places: folders first, then archives, IDX and single files', async () => {
    const single = files.write('single.png', await picture(70))
    const paths = [single, files.path('images.tgz'), files.path('t-images-idx3-ubyte'), files.path('folder')]
    const { labels, rows } = await read(paths, () => true)
    expect(labels).toEqual(['a', 'z', 'z', 'z', 'z', 'a', '7', '8', '9', null])
    expect(rows).toEqual([30, 10, 20, 10, 20, 30, 40, 50, 60, 70].map((grey, row) => [row, grey]))
    expect((await read(paths, row => [0, 4, 7, 9].includes(row))).rows).toEqual([
      [0, 30],
      [4, 20],
      [7, 50],
      [9, 70],
    ])
  })

  it('that are broken are skipped; the others keep their numbers', async () => {
    mkdirSync(files.path('some'))
    for (let i = 0; i < 24; i++) writeFileSync(files.path(`some/${10 + i}.png`), await picture(i))
    writeFileSync(files.path('some/12-cut.png'), (await picture(0)).subarray(0, 50))
    const { rows, labels, warnings } = await read([files.path('some')], () => true)
    expect(labels).toHaveLength(25)
    expect(rows.map(([row]) => row)).toEqual(Array.from({ length: 25 }, (_, i) => i).filter(row => row !== 2))
    expect(warnings[0]).toMatch(/^1 images skipped: .*12-cut\.png/)
    expect((await read([files.path('some')], row => row !== 2)).warnings).toEqual([])
    await expect(read([files.path('some')], row => row === 2)).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
  })

  it.each(['linear', 'cubic', 'lanczos3', 'nearest'] as const)('are stretched by sharp: %s', async resize => {
    const grey = Uint8Array.from({ length: 100 }, (_, i) => (i * 37) % 256)
    const image = sharp(grey, { raw: { width: 10, height: 10, channels: 1 } })
    const png = files.write(`${resize}.png`, await image.clone().toColourspace('srgb').png().toBuffer())
    const idxPath = files.write(`${resize}-images-idx3-ubyte`, idx([1, 10, 10], [...grey]))
    const expected = await sharp(png).resize(7, 4, { fit: 'fill', kernel: resize }).removeAlpha().raw().toBuffer()
    for (const path of [png, idxPath]) {
      const images = await openImageRows([path], { width: 7, height: 4, resize })
      for await (const { rgb } of images.rows(() => true)) {
        expect(rgb).toHaveLength(84)
        // A grey image is resized with one rounding fewer than the same in colour.
        for (let i = 0; i < 84; i++) expect(Math.abs(rgb[i] - expected[i])).toBeLessThanOrEqual(path === png ? 0 : 2)
      }
    }
  })
})

describe('plain bilinear interpolation', () => {
  it('of four pixels to eight, by hand', () => {
    const resize = plainBilinear({ width: 4, height: 1 }, { width: 8, height: 1 }, 1)
    expect([...resize(Uint8Array.of(0, 40, 80, 0))]).toEqual([0, 10, 30, 50, 70, 60, 20, 0])
  })

  it('reduces without antialiasing: 4 × 4 to 2 × 2 reads between the middle pixels of each quarter', () => {
    const resize = plainBilinear({ width: 4, height: 4 }, { width: 2, height: 2 }, 1)
    const values = Uint8Array.from({ length: 16 }, (_, i) => i)
    expect([...resize(values)]).toEqual([2.5, 4.5, 10.5, 12.5])
  })

  it('keeps an image of the size, a constant one, and the range of any; channels do not mix', () => {
    const size = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 2 ** 30 }), (from, to, seed) => {
        const pixels = from.width * from.height
        const colour = Uint8Array.from({ length: pixels * 2 }, (_, i) => (i % 2 === 0 ? (seed >>> (i % 23)) & 0xff : 9))
        const resized = plainBilinear(from, to, 2)(colour)
        expect(resized).toHaveLength(to.width * to.height * 2)
        const first = colour.filter((_, i) => i % 2 === 0)
        resized.forEach((value, i) => {
          if (i % 2 === 1) expect(value).toBeCloseTo(9, 4)
          else {
            expect(value).toBeGreaterThanOrEqual(Math.min(...first) - 1e-4)
            expect(value).toBeLessThanOrEqual(Math.max(...first) + 1e-4)
          }
        })
        expect([...plainBilinear(from, from, 2)(colour)]).toEqual([...colour])
      }),
    )
  })
})
