import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import type { InputSignature } from '../../src/model/index.ts'
import { madeFiles } from '../readers/made-files.ts'
import { prepareAndRead, prepareFault } from './prepared.ts'

const files = madeFiles()
const at = (name: string) => ({ folder: files.path(`out-${name}`) })
const RED = [200, 100, 50] as const
const BLUE = [0, 20, 240] as const

const signature = (shape: (number | string)[], more: Partial<InputSignature> = {}): InputSignature => ({
  kind: 'image',
  tensors: [{ name: 'image', shape, type: 'float32' }],
  ...more,
})

async function picture(name: string, [r, g, b]: readonly number[]): Promise<void> {
  mkdirSync(dirname(files.path(name)), { recursive: true })
  const image = sharp({ create: { width: 4, height: 2, channels: 3, background: { r, g, b } } })
  writeFileSync(files.path(name), await image.png().toBuffer())
}

beforeAll(async () => {
  await picture('images/red/0.png', RED)
  await picture('images/red/1.png', RED)
  await picture('images/blue/0.png', BLUE)
})

const repeat = (values: readonly number[], times: number) => values.flatMap(value => Array<number>(times).fill(value))
const pixelwise = (values: readonly number[], pixels: number) => Array.from({ length: pixels }, () => values).flat()

describe('images', () => {
  it('channels first, in the order of folders, with their labels', async () => {
    const { values, labels, tensors } = await prepareAndRead(
      files.path('images'),
      signature(['N', 3, 2, 4]),
      at('nchw'),
    )
    expect(tensors[0].shape).toEqual([3, 3, 2, 4])
    expect(labels).toEqual(['blue', 'red', 'red'])
    expect(values.image).toEqual([...repeat(BLUE, 8), ...repeat(RED, 8), ...repeat(RED, 8)])
  })

  it('channels last, blue first, normalised by channel', async () => {
    const { values, tensors } = await prepareAndRead(
      files.path('images/red'),
      signature(['N', 3, 5, 3], {
        tensors: [{ name: 'image', shape: ['N', 5, 7, 3], type: 'float32' }],
        channelOrder: 'bgr',
        normalisation: { kind: 'standard', mean: [50, 0, 0], std: [1, 10, 100] },
      }),
      at('nhwc'),
    )
    expect(tensors[0].shape).toEqual([2, 5, 7, 3])
    expect(values.image).toEqual(pixelwise([0, 10, 2], 70))
  })

  it.each([
    ['rec601', 0.299 * 200 + 0.587 * 100 + 0.114 * 50],
    ['rec709', 0.2126 * 200 + 0.7152 * 100 + 0.0722 * 50],
    ['mean', 350 / 3],
    [undefined, 0.299 * 200 + 0.587 * 100 + 0.114 * 50],
  ] as const)('grey by %s', async (grey, level) => {
    const { values, tensors } = await prepareAndRead(files.path('images/red'), signature(['N', 1, 1, 2], { grey }), {
      ...at('grey'),
      sample: 1,
    })
    expect(tensors[0].shape).toEqual([1, 1, 1, 2])
    for (const value of values.image) expect(value).toBeCloseTo(level, 4)
    const flat = await prepareAndRead(files.path('images/red'), signature(['N', 2, 2], { grey }), at('flat'))
    expect(flat.tensors[0].shape).toEqual([2, 2, 2])
  })

  it('as bytes, and of an open size as 224 × 224', async () => {
    const tensors = [{ name: 'image', shape: ['batch', 'channels', 'height', 'width'], type: 'uint8' as const }]
    const { tensors: made, values } = await prepareAndRead(
      files.path('images/blue'),
      signature([], { tensors }),
      at('open'),
    )
    expect([made[0].shape, made[0].type]).toEqual([[1, 3, 224, 224], 'uint8'])
    expect(values.image[0]).toBe(0)
    expect(values.image.at(-1)).toBe(240)
  })

  it('sampled by label, only the chosen ones decoded', async () => {
    for (let i = 0; i < 30; i++) await picture(`many/red/${String(i).padStart(2, '0')}.png`, [i, 0, 0])
    for (let i = 0; i < 10; i++) await picture(`many/teal/${i}.png`, [i, 200, 200])
    writeFileSync(files.path('many/teal/broken.png'), 'no image')
    const options = { ...at('many'), sample: 8, seed: 5 }
    const first = await prepareAndRead(files.path('many'), signature(['N', 3, 1, 1]), options)
    expect(first.labels).toEqual([...repeat([1], 6).map(() => 'red'), 'teal', 'teal'])
    expect(first.values.image.filter((_, i) => i % 3 === 0)).toEqual([...first.rowNumbers].map(row => row % 30))
    expect([first.datasetRows, first.warnings]).toEqual([41, []])
    const { labels, rowNumbers, warnings, rows } = await prepareAndRead(files.path('many'), signature(['N', 3, 1, 1]), {
      ...options,
      sample: 'all',
    })
    expect([rows, labels!.length, rowNumbers.length]).toEqual([40, 40, 40])
    expect(warnings[0]).toMatch(/^1 images skipped: .*broken\.png/)
  })

  it('of an IDX file, enlarged by plain interpolation', async () => {
    const header = Buffer.alloc(16)
    header.writeUInt32BE(0x803, 0)
    ;[2, 1, 2].forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i))
    const path = files.write('t-images-idx3-ubyte', Buffer.concat([header, Buffer.from([0, 100, 200, 40])]))
    const { values, labels } = await prepareAndRead(path, signature(['N', 1, 1, 4], { resize: 'bilinear' }), at('idx'))
    const expected = [0, 25, 75, 100, 200, 160, 80, 40]
    values.image.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4))
    expect(labels).toBeUndefined()
  })
})

describe('images that do not fit', () => {
  it.each<[string, string, InputSignature, object]>([
    ['MODEL_MISMATCH', 'expected images', signature(['N', 784]), {}],
    ['MODEL_MISMATCH', 'expected images', signature(['N', 4, 32, 32]), {}],
    [
      'MODEL_MISMATCH',
      'min-max-of-batch is for columns',
      signature(['N', 3, 2, 2], { normalisation: { kind: 'min-max-of-batch' } }),
      {},
    ],
    [
      'MODEL_MISMATCH',
      'normalisation.mean: expected 1 or 3, got 2',
      signature(['N', 3, 2, 2], { normalisation: { kind: 'standard', mean: [0, 1], std: [1, 1] } }),
      {},
    ],
    ['USAGE', 'label: images have no columns', signature(['N', 3, 2, 2]), { label: 'y' }],
  ])('%s: %s', async (code, message, card, more) => {
    const fault = await prepareFault(files.path('images'), card, { ...at('fault'), ...more })
    expect(fault).toEqual({ code, message: expect.stringContaining(message), left: [] })
  })

  it('as they are a table', async () => {
    const path = files.write('table.csv', 'a,b\n1,2\n')
    for (const label of [undefined, 'b']) {
      const fault = await prepareFault(path, signature(['N', 3, 2, 2]), { ...at('table'), label })
      expect(fault).toMatchObject({ code: 'MODEL_MISMATCH', left: [] })
      expect(fault.message).toContain('table.csv: the model takes images, got a table')
    }
  })

  it('of which too many are broken, or none is there', async () => {
    mkdirSync(files.path('bad'))
    mkdirSync(files.path('none'))
    await picture('bad/0.png', RED)
    writeFileSync(files.path('bad/1.png'), 'no image')
    const card = signature(['N', 3, 2, 2])
    expect(await prepareFault(files.path('bad'), card, at('bad'))).toMatchObject({ code: 'FILE_DAMAGED', left: [] })
    expect((await prepareFault(files.path('none'), card, at('none'))).code).toBe('EMPTY_DATASET')
  })
})
