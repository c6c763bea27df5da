import { describe, expect, it } from 'vitest'
import { machineShare, threadsOf } from '../../src/rank/machine-share.ts'

describe('threadsOf', () => {
  it('shares the cores between the models that run at a time', () => {
    expect(threadsOf(4, { atOnce: 2, cores: 8 })).toEqual([4, 4, 4, 4])
  })

  it('gives the cores to the models of a last round that is not full', () => {
    expect(threadsOf(9, { atOnce: 2, cores: 2 })).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2])
    expect(threadsOf(6, { atOnce: 4, cores: 4 })).toEqual([1, 1, 1, 1, 2, 2])
    expect(threadsOf(1, { atOnce: 2, cores: 2 })).toEqual([2])
  })

  it('gives every model a thread, however many run at a time', () => {
    expect(threadsOf(3, { atOnce: 3, cores: 2 })).toEqual([1, 1, 1])
    expect(threadsOf(0, { atOnce: 1, cores: 2 })).toEqual([])
  })
})

describe('machineShare', () => {
  it('runs no more models at a time than there are, nor than memory holds, but one in any case', () => {
    expect(machineShare(1).atOnce).toBe(1)
    expect(machineShare(100, { seconds: 1, memoryBytes: Number.MAX_SAFE_INTEGER })).toMatchObject({
      atOnce: 1,
      ahead: 0,
    })
  })
})
