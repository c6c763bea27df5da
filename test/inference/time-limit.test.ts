import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TimeLimit } from '../../src/inference/time-limit.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a time limit', () => {
  it('ends after its seconds, those of pauses not counted', () => {
    const onEnd = vi.fn()
    const limit = new TimeLimit(10, onEnd)
    vi.advanceTimersByTime(4000)
    limit.pause()
    vi.advanceTimersByTime(60_000)
    expect(limit.seconds).toBeCloseTo(4, 9)
    limit.resume()
    vi.advanceTimersByTime(5999)
    expect(onEnd).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onEnd).toHaveBeenCalledOnce()
    expect(limit.seconds).toBeCloseTo(10, 9)
  })

  it('is the same however often it is paused or resumed', () => {
    const onEnd = vi.fn()
    const limit = new TimeLimit(2, onEnd)
    vi.advanceTimersByTime(1000)
    limit.resume()
    limit.pause()
    limit.pause()
    limit.resume()
    limit.resume()
    vi.advanceTimersByTime(999)
    expect(onEnd).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onEnd).toHaveBeenCalledOnce()
    limit.pause()
    vi.advanceTimersByTime(60_000)
    expect(onEnd).toHaveBeenCalledOnce()
  })

  it('is not made longer by being resumed while it runs', () => {
    const onEnd = vi.fn()
    const limit = new TimeLimit(2, onEnd)
    vi.advanceTimersByTime(1500)
    limit.resume()
    vi.advanceTimersByTime(499)
    expect(onEnd).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(onEnd).toHaveBeenCalledOnce()
  })

  it('takes limits longer than a timer can be', () => {
    const onEnd = vi.fn()
    const limit = new TimeLimit(1e12, onEnd)
    vi.advanceTimersByTime(1000)
    expect(onEnd).not.toHaveBeenCalled()
    limit.pause()
  })
})
