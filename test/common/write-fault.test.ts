import { describe, expect, it } from 'vitest'
import { ModelHubError, namingWriteFaults, writeFault } from '../../src/common/index.ts'

const fault = (code: string) => Object.assign(new Error(`${code}: no space left on device, write`), { code })

describe('a fault of writing', () => {
  it('says what could not be written, and why', async () => {
    const failing = namingWriteFaults('hub/objects', () => Promise.reject(fault('ENOSPC')))
    await expect(failing).rejects.toThrow(
      new ModelHubError('WRITE_FAILED', 'hub/objects: cannot be written: ENOSPC: no space left on device, write'),
    )
  })

  it.each(['EDQUOT', 'EROFS', 'EACCES', 'EFBIG', 'EIO', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY'])(
    'is what %s tells',
    code => {
      expect(writeFault(fault(code), 'hub')).toMatchObject({ code: 'WRITE_FAILED' })
    },
  )

  it.each(['ENOENT', 'EIOX', 'SQLITE_BUSY', 'SQLITE_CORRUPT'])('is not what %s tells', code => {
    const other = fault(code)
    expect(writeFault(other, 'hub')).toBe(other)
  })

  it('leaves faults of ModelHub and what is no error as they are', () => {
    const own = new ModelHubError('HUB_DAMAGED', 'object: missing')
    expect(writeFault(own, 'hub')).toBe(own)
    expect(writeFault('ENOSPC', 'hub')).toBe('ENOSPC')
  })
})
