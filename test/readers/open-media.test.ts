import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { pack } from 'tar-stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataset, type DatasetOptions } from '../../src/readers/index.ts'
import { ModelHubError } from '../../src/common/index.ts'
import { greyResizer } from '../../src/readers/grey-resizer.ts'
import { hasShared, sharedPath } from '../shared.ts'

const folder = mkdtempSync(join(tmpdir(), 'modelhub-media-'))
const images = join(folder, 'images')
const COLOURS = { red: [255, 0, 0], blue: [0, 0, 255] }

function put(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function picture([r, g, b]: number[], width = 40, height = 20): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .png()
    .toBuffer()
}

async function readAll(paths: string | string[], options: DatasetOptions = {}) {
  const table = await openDataset(paths, options)
  const columns: unknown[][] = table.features.map(() => [])
  for await (const chunk of table.chunks()) chunk.columns.forEach((column, f) => columns[f].push(...column))
  const labels = await table.labels()
  const { warnings, view, features, sizeBytes } = table
  table.close()
  return { columns, labels, warnings, view, names: features.map(({ name }) => name), sizeBytes }
}

async function faultCode(call: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await call()
  } catch (error) {
    if (error instanceof ModelHubError) return error.code
    throw error
  }
  return undefined
}

beforeAll(async () => {
  for (const [name, colour] of Object.entries(COLOURS)) {
    for (let i = 0; i < 12; i++) put(`images/${name}/${i}.png`, await picture(colour))
  }
  put('images/readme.md', 'not an image')
  put('images/.hidden/0.png', 'not an image')
})

afterAll(() => rmSync(folder, { recursive: true }))

async function tarOf(names: readonly string[]): Promise<Buffer> {
  const archive = pack()
  for (const name of names) archive.entry({ name }, readFileSync(join(folder, name)))
  archive.finalize()
  return buffer(archive)
}

const ARCHIVED = ['images/red/0.png', 'images/readme.md', 'images/blue/3.png', 'images/red/1.png']

/** A zip archive whose files are stored, not packed (PKWARE APPNOTE 4.3). */
async function zipOf(names: readonly string[]): Promise<Buffer> {
  const { crc32 } = await import('node:zlib')
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const name of names) {
    const bytes = readFileSync(join(folder, name))
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(bytes.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), bytes])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, tail, Buffer.from(name))
    locals.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(names.length, 4)
  end.writeUInt16LE(names.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06'), end])
}

describe('images', () => {
  it('of a folder: one row each, sorted, labelled by their folder', async () => {
    const { columns, labels, warnings, view, names } = await readAll(images)
    expect(labels).toEqual([...Array(12).fill('blue'), ...Array(12).fill('red')])
    expect(columns[names.indexOf('cell_2_3.red_mean')]).toEqual([...Array(12).fill(0), ...Array(12).fill(1)])
    expect(warnings).toEqual([`${images}: 1 other files left out`])
    expect(view).toBe('descriptor')
  })

  it('of archives, in the order of the archive', async () => {
    const tar = await tarOf(ARCHIVED)
    const paths = [
      put('a.tar', tar),
      put('a.tar.gz', gzipSync(tar)),
      put('a.tgz', gzipSync(tar)),
      put('a.zip', await zipOf(ARCHIVED)),
    ]
    for (const path of paths) {
      const { columns, labels, names } = await readAll(path)
      expect(labels, path).toEqual(['red', 'blue', 'red'])
      expect(columns[names.indexOf('cell_0_0.blue_mean')]).toEqual([0, 1, 0])
    }
  })

  it('one by one', async () => {
    expect((await readAll([join(images, 'red', '0.png'), join(images, 'blue', '0.png')])).columns[0]).toEqual([0, 1])
  })

  it('as raw pixels', async () => {
    const { columns, names, view } = await readAll(join(images, 'red'), { view: 'pixels' })
    expect([names.length, view]).toEqual([3072, 'pixels'])
    expect(columns[names.indexOf('pixel_31_31.red')][0]).toBe(1)
    expect(columns[names.indexOf('pixel_31_31.green')][0]).toBe(0)
  })

  it('some broken: skipped, counted and named', async () => {
    const some = join(folder, 'some')
    for (let i = 0; i < 40; i++) put(`some/${i}.png`, readFileSync(join(images, 'red', '0.png')))
    put('some/broken.png', 'no image')
    put('some/cut.png', readFileSync(join(images, 'red', '0.png')).subarray(0, 60))
    const { columns, warnings } = await readAll(some)
    expect(columns[0]).toHaveLength(40)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^2 images skipped: .*broken\.png \(.+\), .*cut\.png \(.+\)$/)
    put('some/third.png', '')
    expect(await faultCode(() => readAll(some))).toBe('FILE_DAMAGED')
  })

  it('of an archive cut short', async () => {
    const tar = await tarOf(ARCHIVED)
    const zip = await zipOf(ARCHIVED)
    const cut = [
      put('cut.tar', tar.subarray(0, 700)),
      put('cut.tgz', gzipSync(tar).subarray(0, 200)),
      put('cut.zip', zip.subarray(0, zip.length - 10)),
    ]
    for (const path of cut) expect(await faultCode(() => readAll(path)), path).toBe('FILE_DAMAGED')
  })

  it('none, of two kinds, or with options of another kind', async () => {
    put('both/a.txt', 'a')
    put('both/a.png', 'a')
    const csv = put('a.csv', 'x\n1\n')
    expect(await faultCode(() => readAll(put('none.tar', Buffer.alloc(1024))))).toBe('EMPTY_DATASET')
    expect(await faultCode(() => readAll(join(folder, 'both')))).toBe('USAGE')
    expect(await faultCode(() => readAll([images, csv]))).toBe('USAGE')
    expect(await faultCode(() => readAll(images, { label: 'x' }))).toBe('USAGE')
    expect(await faultCode(() => readAll(images, { view: 'records' }))).toBe('USAGE')
    expect(await faultCode(() => readAll(csv, { view: 'pixels' }))).toBe('USAGE')
  })
})

describe('IDX', () => {
  const idx = (shape: number[], values: number[]) => {
    const header = Buffer.alloc(4 + 4 * shape.length)
    header.writeUInt32BE(0x800 + shape.length, 0)
    shape.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i))
    return Buffer.concat([header, Buffer.from(values)])
  }

  it('with the labels of its sibling, packed or not', async () => {
    const values = [...Array(16).fill(0), ...Array(16).fill(255), ...Array(16).fill(51)]
    put('t-labels-idx1-ubyte', idx([3], [7, 0, 7]))
    put('z-labels-idx1-ubyte.gz', gzipSync(idx([3], [7, 0, 7])))
    const plain = put('t-images-idx3-ubyte', idx([3, 4, 4], values))
    const packed = put('z-images-idx3-ubyte.gz', gzipSync(idx([3, 4, 4], values)))
    for (const path of [plain, packed]) {
      const { columns, labels } = await readAll(path)
      expect(labels).toEqual(['7', '0', '7'])
      expect(columns[0]).toEqual([0, 1, Math.fround(0.2)])
    }
  })

  it('cut short, of another kind, or with too few labels', async () => {
    const whole = idx([3, 4, 4], Array(48).fill(1))
    const bad = {
      'short-images-idx3-ubyte': whole.subarray(0, 60),
      'head-images-idx3-ubyte': whole.subarray(0, 9),
      'kind-images-idx3-ubyte': idx([48], Array(48).fill(1)),
      'gz-images-idx3-ubyte.gz': gzipSync(whole).subarray(0, 20),
    }
    for (const [name, bytes] of Object.entries(bad)) {
      expect(await faultCode(() => readAll(put(name, bytes))), name).toBe('FILE_DAMAGED')
    }
    put('few-labels-idx1-ubyte', idx([2], [1, 2]))
    expect(await faultCode(() => readAll(put('few-images-idx3-ubyte', whole)))).toBe('FILE_DAMAGED')
  })

  it.each([28, 32, 20, 45, 100])('%i pixels are stretched as sharp does with its linear kernel', async side => {
    const wave = (x: number, y: number) =>
      Math.round(127 + 60 * Math.sin((9 * x) / side) + 60 * Math.cos((7 * y) / side))
    const grey = Uint8Array.from({ length: side * side }, (_, i) => wave(i % side, Math.floor(i / side)))
    const ours = greyResizer({ width: side, height: side }, { width: 32, height: 32 })(grey)
    const theirs = await sharp(grey, { raw: { width: side, height: side, channels: 1 } })
      .resize(32, 32, { fit: 'fill', kernel: 'linear' })
      .toColourspace('srgb')
      .raw()
      .toBuffer()
    for (let i = 0; i < ours.length; i++) expect(Math.abs(ours[i] - theirs[i])).toBeLessThanOrEqual(4)
  })
})

describe('texts', () => {
  it('of a folder: one text feature, labelled by their folder', async () => {
    put('texts/spam/a.txt', 'buy now')
    put('texts/ham/b.txt', 'see you')
    const { columns, labels, names, view } = await readAll(join(folder, 'texts'))
    expect(columns).toEqual([['see you', 'buy now']])
    expect([labels, names, view]).toEqual([['ham', 'spam'], ['text'], undefined])
  })

  it('joined columns', async () => {
    const csv = put('pairs.csv', 'id,left_name,left_price,right_name,label\n1,abt tv,5,sony tv,1\n2,,,,0\n')
    expect((await readAll(csv, { view: 'records', label: 'label' })).columns).toEqual([['abt tv 5 sony tv', null]])
    const { columns, names, view } = await readAll(csv, { view: 'text:right_name,left_name', label: 'label' })
    expect(columns).toEqual([['sony tv abt tv', null]])
    expect([names, view]).toEqual([['right_name,left_name'], 'text:right_name,left_name'])
    expect(await faultCode(() => readAll(csv, { view: 'text:nobody' }))).toBe('COLUMN_MISSING')
    expect(await faultCode(() => readAll(put('plain.csv', 'a\n1\n'), { view: 'records' }))).toBe('COLUMN_MISSING')
  })
})

describe('real images', () => {
  it.skipIf(!hasShared)('needs ../shared: the MNIST test digits', async () => {
    const { columns, labels } = await readAll(sharedPath('data', 'mnist', 't10k-images-idx3-ubyte.gz'))
    expect(columns[0]).toHaveLength(10_000)
    expect(labels.slice(0, 5)).toEqual(['7', '2', '1', '0', '4'])
  })

  it.skipIf(!hasShared)('needs ../shared: the first CIFAR-10 images of the archive', async () => {
    const table = await openDataset(sharedPath('data', 'cifar10', 'test.tar.gz'))
    for await (const { rows, columns } of table.chunks()) {
      expect(rows).toBe(512)
      for (const column of columns) for (const value of column) expect(value).toBeLessThanOrEqual(1)
      break
    }
    table.close()
  })
})
