import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkZstd } from '../../src/readers/zstd-check.ts'
import { madeFiles } from './made-files.ts'

const files = madeFiles()

/** Frame of one raw block `abc`: magic, single segment with a content size of one byte, last raw block of 3. */
const FRAME = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 3, 0x19, 0, 0, 0x61, 0x62, 0x63])
const SKIPPABLE = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9])
/** Run-length block: `x` five times, with a window descriptor and a checksum. */
const RUN = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, 0, 0x2b, 0, 0, 0x78, 1, 2, 3, 4])

function check(name: string, content: Uint8Array): Promise<void> {
  return checkZstd({ path: files.write(name, content), sizeBytes: content.length })
}

describe('checkZstd', () => {
  it.each([
    ['a raw block', FRAME],
    ['a run-length block and a checksum', RUN],
    ['several frames, one to be skipped', Buffer.concat([FRAME, SKIPPABLE, RUN])],
  ])('walks %s', async (_, content) => {
    await expect(check('whole.zst', content)).resolves.toBeUndefined()
  })

  it('walks what DuckDB writes', async () => {
    const path = await files.copy('range.csv.zst', 'SELECT * FROM range(100000)', '(COMPRESSION zstd)')
    await expect(check('copy.zst', readFileSync(path))).resolves.toBeUndefined()
  })

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['another format', Buffer.from('a,b\n1,2\n3,4\n')],
    ['garbage after the last frame', Buffer.concat([FRAME, Buffer.from('garbage!')])],
  ])('refuses %s', async (_, content) => {
    await expect(check('bad.zst', content)).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
  })

  it('refuses a file cut anywhere', async () => {
    const whole = Buffer.concat([FRAME, RUN])
    const inner = fc.integer({ min: 0, max: whole.length - 1 }).filter(length => length !== FRAME.length)
    await fc.assert(
      fc.asyncProperty(inner, async length => {
        await expect(check('cut.zst', whole.subarray(0, length))).rejects.toMatchObject({ code: 'FILE_DAMAGED' })
      }),
    )
  })
})
