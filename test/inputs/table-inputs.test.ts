import { describe, expect, it } from 'vitest'
import type { InputSignature, Normalisation } from '../../src/model/index.ts'
import { lines, madeFiles } from '../readers/made-files.ts'
import { prepareAndRead, prepareFault } from './prepared.ts'

const files = madeFiles()
const signature = (columns: readonly string[], normalisation?: Normalisation, more: object = {}): InputSignature => ({
  kind: 'table',
  tensors: [{ name: 'x', shape: ['N', columns.length], type: 'float64' }],
  columns: [...columns],
  normalisation,
  ...more,
})
const four = () => files.write('four.csv', 'a,b,c,y\n1,10,5,u\n2,20,5,v\n3,30,5,u\n5,50,5,v\n')
const at = (name: string) => ({ folder: files.path(name) })

describe('a table', () => {
  it('fills a tensor in the order of the card, whatever the order of the file', async () => {
    const { values, tensors, rows, labels, rowNumbers, warnings } = await prepareAndRead(
      four(),
      signature(['b', 'a']),
      { ...at('order'), label: 'y' },
    )
    expect(values.x).toEqual([10, 1, 20, 2, 30, 3, 50, 5])
    expect(tensors).toEqual([{ name: 'x', file: '0.npy', type: 'float64', shape: [4, 2] }])
    expect([rows, labels, [...rowNumbers]]).toEqual([4, ['u', 'v', 'u', 'v'], [0, 1, 2, 3]])
    expect(warnings).toEqual(['columns that the model does not take left out: c'])
  })

  it('fills several tensors, the first one first', async () => {
    const two = {
      ...signature(['c', 'a', 'b']),
      tensors: [
        { name: 'one', shape: ['N'], type: 'int64' as const },
        { name: 'pair', shape: ['N', 2], type: 'float32' as const },
      ],
    }
    const { values, tensors } = await prepareAndRead(four(), two, { ...at('two'), exclude: ['y'] })
    expect(values).toEqual({ one: [5, 5, 5, 5], pair: [1, 10, 2, 20, 3, 30, 5, 50] })
    expect(tensors.map(({ shape }) => shape)).toEqual([[4], [4, 2]])
  })

  it.each<[string, Normalisation | undefined, number[]]>([
    ['none', { kind: 'none' }, [1, 5, 2, 5, 3, 5, 5, 5]],
    ['scale', { kind: 'scale', factor: 0.5 }, [0.5, 2.5, 1, 2.5, 1.5, 2.5, 2.5, 2.5]],
    ['standard', { kind: 'standard', mean: [1, 3], std: [2, 4] }, [0, 0.5, 0.5, 0.5, 1, 0.5, 2, 0.5]],
    ['standard, one number for all', { kind: 'standard', mean: [1], std: [2] }, [0, 2, 0.5, 2, 1, 2, 2, 2]],
    ['min-max', { kind: 'min-max', min: [1, 0], max: [3, 10] }, [0, 0.5, 0.5, 0.5, 1, 0.5, 2, 0.5]],
    ['min-max of equal bounds', { kind: 'min-max', min: [5], max: [5] }, [0, 0, 0, 0, 0, 0, 0, 0]],
    ['min-max of the batch', { kind: 'min-max-of-batch' }, [0, 0, 0.25, 0, 0.5, 0, 1, 0]],
  ])('is normalised: %s', async (_, normalisation, expected) => {
    const { values } = await prepareAndRead(four(), signature(['a', 'c'], normalisation), at('normalised'))
    expect(values.x).toEqual(expected)
  })

  it('is scaled by the range of the whole dataset, not of the sample', async () => {
    const { values, rows, datasetRows } = await prepareAndRead(four(), signature(['a'], { kind: 'min-max-of-batch' }), {
      ...at('whole'),
      sample: 2,
      seed: 3,
    })
    expect([rows, datasetRows]).toEqual([2, 4])
    for (const value of values.x) expect([0, 0.25, 0.5, 1]).toContain(value)
    const ones: number[] = []
    for (const seed of [0, 1, 2, 3, 4, 5]) {
      const card = signature(['a'], { kind: 'min-max-of-batch' })
      ones.push((await prepareAndRead(four(), card, { ...at('whole'), sample: 1, seed })).values.x[0])
    }
    expect(ones.some(value => value > 0)).toBe(true)
  })

  it('with missing values: fed as NaN, replaced, or 0 before the range of the batch; and told', async () => {
    const path = files.write('missing.csv', 'a,b\n4,1\n,2\ninf,3\n-6,4\n')
    const read = async (normalisation?: Normalisation, more?: object) => {
      const { values, warnings } = await prepareAndRead(path, signature(['a', 'b'], normalisation, more), at('m'))
      return { a: values.x.filter((_, i) => i % 2 === 0), warnings }
    }
    const told = '2 missing or infinite values in a'
    expect(await read()).toEqual({ a: [4, NaN, Infinity, -6], warnings: [`${told} are fed as NaN`] })
    const replaced = [`${told} are replaced before normalisation`]
    expect(await read(undefined, { missing: [-1, 0] })).toEqual({ a: [4, -1, -1, -6], warnings: replaced })
    expect(await read({ kind: 'min-max-of-batch' })).toEqual({ a: [1, 0.6, 0.6, 0], warnings: replaced })
    expect((await read({ kind: 'min-max-of-batch' }, { missing: 9 })).a).toEqual([10 / 15, 1, 1, 0])
  })

  it('may name other columns than the card', async () => {
    const { values } = await prepareAndRead(four(), signature(['p', 'q']), { ...at('named'), columns: ['c', 'a'] })
    expect(values.x).toEqual([5, 1, 5, 2, 5, 3, 5, 5])
  })

  it('of parts of timestamps and vectors', async () => {
    const path = await files.copy('parts.parquet', `SELECT TIMESTAMP '2020-03-01 07:00:00' t, [1.5, 2.5] v, 'z' w`)
    const { values } = await prepareAndRead(path, signature(['v[1]', 't.hour', 'v[0]']), at('parts'))
    expect(values.x).toEqual([2.5, 7, 1.5])
  })

  it('of many chunks gives the chosen rows in order, and the same again', async () => {
    const path = files.write('many.csv', `a,y\n${lines(9_000, i => `${i},${i % 10 === 0 ? 'few' : 'many'}`)}`)
    const options = { ...at('many'), label: 'y', sample: 100, seed: 7 }
    const first = await prepareAndRead(path, signature(['a']), options)
    expect(first.values.x).toEqual([...first.rowNumbers])
    expect(first.labels!.filter(label => label === 'few')).toHaveLength(10)
    expect(first.rowNumbers.every((row, i) => (first.labels![i] === 'few') === (row % 10 === 0))).toBe(true)
    const again = await prepareAndRead(path, signature(['a']), { ...options, folder: files.path('many-again') })
    expect([again.sha256, again.rowNumbers]).toEqual([first.sha256, first.rowNumbers])
    const other = await prepareAndRead(path, signature(['a']), { ...options, seed: 8 })
    expect(other.sha256).not.toBe(first.sha256)
    expect((await prepareAndRead(path, signature(['a']), { ...options, sample: 'all' })).rows).toBe(9_000)
  })

  it('without a label for every row', async () => {
    const path = files.write('half.csv', 'a,y\n1,u\n2,\n3,v\n')
    expect((await prepareAndRead(path, signature(['a']), { ...at('half'), label: 'y' })).labels).toEqual([
      'u',
      undefined,
      'v',
    ])
    expect((await prepareAndRead(path, signature(['a']), { ...at('half'), exclude: ['y'] })).labels).toBeUndefined()
  })
})

describe('a table that does not fit', () => {
  const missing = Array.from({ length: 9 }, (_, i) => `m${i}`)

  it.each<[string, string, InputSignature, object]>([
    [
      'COLUMN_MISSING',
      '9 of 10 columns that the model takes are not there: m0, m1, m2, m3, m4 and 4 more',
      signature(['a', ...missing]),
      {},
    ],
    ['MODEL_MISMATCH', 'the model takes numbers, got y (categorical)', signature(['a', 'y']), {}],
    ['COLUMN_MISSING', '1 of 2 columns that the model takes are not there: y', signature(['a', 'y']), { label: 'y' }],
    [
      'MODEL_MISMATCH',
      'expected only columns that the model takes, got b, c, y too',
      signature(['a']),
      { strict: true },
    ],
    ['USAGE', 'columns: expected 1 as in the card, got 2', signature(['a']), { columns: ['a', 'b'] }],
    [
      'MODEL_MISMATCH',
      '1 columns do not fill x (N, 2)',
      signature(['a'], undefined, { tensors: [{ name: 'x', shape: ['N', 2], type: 'float32' }] }),
      {},
    ],
    [
      'MODEL_MISMATCH',
      'modelhub.input.normalisation.mean: expected 1 or 2, got 3',
      signature(['a', 'b'], { kind: 'standard', mean: [1, 2, 3], std: [1, 2, 3] }),
      {},
    ],
    [
      'COLUMN_TYPE',
      'input x: expected uint8, got 0.5',
      signature(['a'], { kind: 'scale', factor: 0.5 }, { tensors: [{ name: 'x', shape: ['N', 1], type: 'uint8' }] }),
      {},
    ],
    [
      'MODEL_MISMATCH',
      'input x: expected numbers or booleans, got string',
      signature(['a'], undefined, { tensors: [{ name: 'x', shape: ['N', 1], type: 'string' }] }),
      {},
    ],
    ['OUT_OF_RANGE', 'sample: expected a whole number of at least 1, or all, got 0', signature(['a']), { sample: 0 }],
  ])('%s: %s', async (code, message, card, options) => {
    const fault = await prepareFault(four(), card, { ...at(`fault-${message.length}`), ...options })
    expect(fault).toEqual({ code, message: expect.stringContaining(message), left: [] })
  })

  it('or is cancelled leaves nothing behind', async () => {
    const path = files.write('long.csv', `a\n${lines(30_000, i => `${i}`)}`)
    const cancel = new AbortController()
    const onProgress = ({ stage }: { stage: string }) => stage === 'preparing' && cancel.abort()
    const options = { ...at('cancelled'), sample: 'all' as const, signal: cancel.signal, onProgress }
    expect(await prepareFault(path, signature(['a']), options)).toMatchObject({ code: 'CANCELLED', left: [] })
  })
})
