import { describe, expect, it } from 'vitest'
import { preparedInputs, type WrittenInput } from '../../src/tensors/index.ts'
import { caughtCode } from '../caught-code.ts'

const ids: WrittenInput = { name: 'ids', file: 'ids.npy', type: 'int64', shape: [3, 7], sha256: 'aa' }
const mask: WrittenInput = { name: 'mask', file: 'mask.npy', type: 'int64', shape: [3, 7], sha256: 'bb' }

describe('preparedInputs', () => {
  it('keeps folder, files and rows', () => {
    const inputs = preparedInputs('/somewhere', [ids, mask])
    expect(inputs).toMatchObject({ folder: '/somewhere', rows: 3 })
    expect(inputs.tensors).toEqual([
      { name: 'ids', file: 'ids.npy', type: 'int64', shape: [3, 7] },
      { name: 'mask', file: 'mask.npy', type: 'int64', shape: [3, 7] },
    ])
  })

  it('has a checksum of what the model is fed, wherever it lies and in whatever order', () => {
    const { sha256 } = preparedInputs('/somewhere', [ids, mask])
    expect(preparedInputs('/elsewhere', [{ ...mask, file: 'm.npy' }, ids]).sha256).toBe(sha256)
    const others: Partial<WrittenInput>[] = [{ name: 'x' }, { type: 'int32' }, { shape: [3, 7, 1] }, { sha256: 'cc' }]
    for (const other of others) expect(preparedInputs('/s', [{ ...ids, ...other }, mask]).sha256).not.toBe(sha256)
  })

  it('refuses different numbers of rows, and no tensor at all', () => {
    expect(caughtCode(() => preparedInputs('/s', [ids, { ...mask, shape: [4, 7] }]))).toBe('SHAPE')
    expect(caughtCode(() => preparedInputs('/s', []))).toBe('SHAPE')
  })
})
