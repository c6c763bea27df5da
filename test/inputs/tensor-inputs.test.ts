import { describe, expect, it } from 'vitest'
import type { InputSignature } from '../../src/model/index.ts'
import { NpyWriter, type ElementType, type TensorValues } from '../../src/tensors/index.ts'
import { lines, madeFiles } from '../readers/made-files.ts'
import { prepareAndRead, prepareFault } from './prepared.ts'

const files = madeFiles()
const at = (name: string) => ({ folder: files.path(`out-${name}`) })

async function npy(name: string, type: ElementType, rowShape: number[], values: TensorValues): Promise<string> {
  const writer = await NpyWriter.create(files.path(name), type, rowShape)
  await writer.append(values)
  await writer.close()
  return files.path(name)
}

const signature = (names: readonly string[], width: number | string, more: object = {}): InputSignature => ({
  kind: 'tensor',
  tensors: names.map(name => ({ name, shape: ['N', width], type: 'float32' as const })),
  ...more,
})
const u = () => npy('u.npy', 'int8', [2], Int8Array.of(4, -8, 100, 0, -100, 2))
const v = () => npy('v.npy', 'float64', [2], Float64Array.of(1, 2, 3, 4, 5, 6))

describe('ready tensors', () => {
  it('are scaled by the card, from whatever type to its type', async () => {
    const scale = { normalisation: { kind: 'scale', factor: 1 / 4 } }
    const { values, tensors } = await prepareAndRead(
      [`v=${await v()}`, `u=${await u()}`],
      signature(['u', 'v'], 2, scale),
      at('scaled'),
    )
    expect(values).toEqual({ u: [1, -2, 25, 0, -25, 0.5], v: [0.25, 0.5, 0.75, 1, 1.25, 1.5] })
    expect(tensors.map(({ name, type, shape }) => [name, type, shape])).toEqual([
      ['u', 'float32', [3, 2]],
      ['v', 'float32', [3, 2]],
    ])
  })

  it('of a model of one input need no name', async () => {
    expect((await prepareAndRead(await u(), signature(['x'], 'W'), at('bare'))).values.x).toEqual([
      4, -8, 100, 0, -100, 2,
    ])
    expect((await prepareAndRead(`x=${await u()}`, signature(['x'], 2), at('bare'))).rows).toBe(3)
  })

  it('are normalised by column over all tensors, or by the range of the whole dataset', async () => {
    const standard = { normalisation: { kind: 'standard', mean: [4, -8, 1, 2], std: [96, 8, 2, 2] } }
    const places = [`u=${await u()}`, `v=${await v()}`]
    expect((await prepareAndRead(places, signature(['u', 'v'], 2, standard), at('standard'))).values).toEqual({
      u: [0, 0, 1, 1, Math.fround(-104 / 96), 1.25],
      v: [0, 0, 1, 1, 2, 2],
    })
    const range = { normalisation: { kind: 'min-max-of-batch' } }
    const { values } = await prepareAndRead(await v(), signature(['v'], 2, range), { ...at('range'), sample: 1 })
    expect([0, 0.5, 1]).toContain(values.v[0])
    expect(values.v[1]).toBe(values.v[0])
  })

  it('have labels beside them: a column of a table, the only one or not, or a .npy file', async () => {
    const places = await u()
    const only = files.write('only.csv', 'y\n1\n0\n1\n')
    const among = files.write('among.csv', 'row,y,split\n5,b,t\n6,,t\n7,a,t\n')
    const numbers = await npy('y.npy', 'int64', [], BigInt64Array.of(2n, 0n, 1n))
    const labelsOf = async (labels: string, label?: string) =>
      (await prepareAndRead(places, signature(['x'], 2), { ...at('labels'), labels, label })).labels
    expect(await labelsOf(only, 'y')).toEqual(['1', '0', '1'])
    expect(await labelsOf(among, 'y')).toEqual(['b', undefined, 'a'])
    expect(await labelsOf(numbers)).toEqual(['2', '0', '1'])
  })

  it('of many slices give the chosen rows', async () => {
    const rows = 9_000
    const wide = await npy(
      'wide.npy',
      'float32',
      [300],
      Float32Array.from({ length: rows * 300 }, (_, i) => Math.floor(i / 300)),
    )
    const labels = files.write('wide.csv', `y\n${lines(rows, i => (i % 9 === 0 ? 'few' : 'many'))}`)
    const options = { ...at('wide'), labels, label: 'y', sample: 90 }
    const read = await prepareAndRead(wide, signature(['x'], 300), options)
    expect(read.values.x).toEqual([...read.rowNumbers].flatMap(row => Array<number>(300).fill(row)))
    expect(read.labels).toEqual([...read.rowNumbers].map(row => (row % 9 === 0 ? 'few' : 'many')))
    expect(read.labels!.filter(label => label === 'few')).toHaveLength(10)
  })

  it('with NaN are fed as they are, and that is told', async () => {
    const holes = await npy('holes.npy', 'float32', [1], Float32Array.of(1, NaN))
    const { values, warnings } = await prepareAndRead(holes, signature(['x'], 1), at('holes'))
    expect([values.x, warnings]).toEqual([[1, NaN], ['1 missing or infinite values in the tensors are fed as NaN']])
  })
})

describe('ready tensors that do not fit', () => {
  it.each<[string, string, () => Promise<[string[], InputSignature, object?]>]>([
    ['MODEL_MISMATCH', 'got none for v', async () => [[`u=${await u()}`], signature(['u', 'v'], 2)]],
    ['MODEL_MISMATCH', 'got an input w', async () => [[`w=${await u()}`, 'v=x'], signature(['u', 'v'], 2)]],
    ['MODEL_MISMATCH', 'got u twice', async () => [[`u=${await u()}`, `u=${await v()}`], signature(['u', 'v'], 2)]],
    ['USAGE', 'expected u=FILE.npy', async () => [[await u()], signature(['u', 'v'], 2)]],
    ['MODEL_MISMATCH', 'expected (N, 3) for input x, got (3, 2)', async () => [[await u()], signature(['x'], 3)]],
    [
      'SHAPE',
      'expected 3 rows as in',
      async () => [
        [`u=${await u()}`, `v=${await npy('short.npy', 'int8', [2], Int8Array.of(1, 2))}`],
        signature(['u', 'v'], 2),
      ],
    ],
    ['USAGE', 'tensors have no column y', async () => [[await u()], signature(['x'], 2), { label: 'y' }]],
    [
      'SHAPE',
      'expected 3 labels, one a row, got 1',
      async () => [[await u()], signature(['x'], 2), { labels: files.write('few.csv', 'y\n1\n'), label: 'y' }],
    ],
    ['FILE_NOT_FOUND', 'cannot be opened', async () => [['nowhere.npy'], signature(['x'], 2)]],
    [
      'COLUMN_TYPE',
      'expected integers within',
      async () => [
        [await npy('big.npy', 'int64', [1], BigInt64Array.of(2n ** 60n))],
        signature(['x'], 1, { tensors: [{ name: 'x', shape: ['N', 1], type: 'int64' }] }),
      ],
    ],
  ])('%s: %s', async (code, message, made) => {
    const [places, card, more = {}] = await made()
    const fault = await prepareFault(places, card, { ...at('fault'), ...more })
    expect(fault).toEqual({ code, message: expect.stringContaining(message), left: [] })
  })
})
