import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNpyHeader } from '../../src/tensors/npy-header.ts'
import { NpyWriter, npyHeader, openNpy, type ElementType, type TensorValues } from '../../src/tensors/index.ts'
import { temporaryFolder } from '../catalog/temporary-folder.ts'
import { caughtCode } from '../caught-code.ts'
import { golden } from '../golden-file.ts'

interface Golden {
  readonly cases: readonly {
    readonly name: string
    readonly type: ElementType
    readonly shape: readonly number[]
    readonly version: readonly [number, number]
    readonly values: readonly (number | string)[]
    readonly file: string
  }[]
  readonly refused: readonly { readonly name: string; readonly code: string; readonly file: string }[]
}

const { cases, refused } = golden<Golden>('npy.json')
const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

async function allValues(path: string): Promise<TensorValues> {
  const npy = await openNpy(path)
  const values = await npy.rows(0, npy.shape[0] ?? 1)
  await npy.close()
  return values
}

describe('npyHeader', () => {
  it('reads a header written by hand', () => {
    const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`.padEnd(117) + '\n'
    const header = npyHeader(Buffer.from(`\x93NUMPY\x01\x00\x76\x00${dictionary}`, 'latin1'))
    expect(header).toEqual({ type: 'float32', shape: [3, 2], dataOffset: 128 })
  })

  it.each(cases)('reads what NumPy wrote: $name', ({ type, shape, file }) => {
    expect(npyHeader(bytesOf(file))).toMatchObject({ type, shape })
  })

  it.each(cases.filter(({ version }) => version[0] === 1))('is written as NumPy does: $name', one => {
    const bytes = bytesOf(one.file)
    const header = formatNpyHeader(one.type, one.shape)
    expect(Buffer.from(header).toString('latin1')).toBe(
      Buffer.from(bytes.subarray(0, header.length)).toString('latin1'),
    )
  })

  it.each(refused)('refuses $name: $code', ({ code, file }) => {
    expect(caughtCode(() => npyHeader(bytesOf(file)))).toBe(code)
  })

  it('refuses every header that is cut short', () => {
    const whole = formatNpyHeader('float32', [3, 2])
    for (let length = 0; length < whole.length; length++) {
      expect(caughtCode(() => npyHeader(whole.subarray(0, length)))).toBe('FILE_DAMAGED')
    }
  })
})

describe('openNpy', () => {
  it.each(cases)('reads the values that NumPy wrote: $name', async ({ file, values }) => {
    const path = join(temporaryFolder(), 'x.npy')
    writeFileSync(path, bytesOf(file))
    const read = [...((await allValues(path)) as Iterable<number | bigint>)]
    expect(read.map(value => (typeof value === 'bigint' ? String(value) : value))).toEqual(
      values.map(value => (typeof value === 'string' && typeof read[0] !== 'bigint' ? Number(value) : value)),
    )
  })

  it('reads slices of rows, and refuses rows that are not there', async () => {
    const path = join(temporaryFolder(), 'x.npy')
    writeFileSync(path, bytesOf(cases.find(({ name }) => name === 'images')!.file))
    const npy = await openNpy(path)
    expect([...((await npy.rows(1, 2)) as Float32Array)]).toEqual(Array.from({ length: 12 }, (_, i) => (12 + i) / 8))
    expect((await npy.rows(1, 1)).length).toBe(0)
    for (const [from, to] of [
      [-1, 1],
      [1, 0],
      [0, 3],
      [0.5, 1],
    ]) {
      await expect(npy.rows(from, to)).rejects.toMatchObject({ code: 'OUT_OF_RANGE' })
    }
    await npy.close()
  })

  it('refuses a file whose length is not what its shape says, and one that is not there', async () => {
    const path = join(temporaryFolder(), 'x.npy')
    const whole = bytesOf(cases[0].file)
    for (const bytes of [whole.subarray(0, -1), Buffer.concat([whole, Buffer.of(0)]), Buffer.alloc(0)]) {
      writeFileSync(path, bytes)
      await expect(openNpy(path)).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
    }
    await expect(openNpy(`${path}.none`)).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  })
})

describe('NpyWriter', () => {
  it.each(cases.filter(({ version, shape }) => version[0] === 1 && shape.length > 0))(
    'writes the file that NumPy wrote: $name',
    async ({ type, shape, file }) => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'numpy.npy'), bytesOf(file))
      const source = await openNpy(join(folder, 'numpy.npy'))
      const writer = await NpyWriter.create(join(folder, 'ours.npy'), type, shape.slice(1))
      for (let row = 0; row < shape[0]; row++) await writer.append(await source.rows(row, row + 1))
      await source.close()
      const { dataOffset } = npyHeader(bytesOf(file))
      const sha256 = createHash('sha256').update(bytesOf(file).subarray(dataOffset)).digest('hex')
      expect(await writer.close()).toEqual({ type, shape, sha256 })
      expect(readFileSync(join(folder, 'ours.npy')).toString('base64')).toBe(file)
    },
  )

  it('gives back what was written, however the rows were cut', async () => {
    const path = join(temporaryFolder(), 'x.npy')
    const parts = fc.array(fc.array(fc.float({ noNaN: true }), { maxLength: 5 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(parts, async lists => {
        const writer = await NpyWriter.create(path, 'float32', [2])
        for (const list of lists) await writer.append(Float32Array.from(list.flatMap(value => [value, value])))
        const { shape } = await writer.close()
        expect(shape).toEqual([lists.flat().length, 2])
        expect(await allValues(path)).toEqual(Float32Array.from(lists.flat().flatMap(value => [value, value])))
      }),
      { numRuns: 30 },
    )
  })

  it('refuses half a row and another array', async () => {
    const writer = await NpyWriter.create(join(temporaryFolder(), 'x.npy'), 'float32', [2])
    await expect(writer.append(Float32Array.of(1, 2, 3))).rejects.toMatchObject({ code: 'SHAPE' })
    await expect(writer.append(Int32Array.of(1, 2))).rejects.toMatchObject({ code: 'COLUMN_TYPE' })
    await writer.close()
  })

  it.skipIf(!existsSync('/dev/full'))('needs /dev/full: names the file that a full disk does not take', async () => {
    await expect(NpyWriter.create('/dev/full', 'float32', [2])).rejects.toMatchObject({
      code: 'WRITE_FAILED',
      message: expect.stringMatching(/^\/dev\/full: cannot be written: ENOSPC/),
    })
  })

  it('leaves no file that reads as a whole one when it is abandoned', async () => {
    const path = join(temporaryFolder(), 'x.npy')
    const writer = await NpyWriter.create(path, 'float32', [2])
    await writer.append(Float32Array.of(1, 2))
    await writer.abandon()
    await expect(openNpy(path)).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
  })
})
