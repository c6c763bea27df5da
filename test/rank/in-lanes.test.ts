import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inLanes } from '../../src/rank/in-lanes.ts'

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('told to end'))
    })
  })

describe('inLanes', () => {
  it('keeps so many under way and gives results in the order of the items', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 4 }),
        async (turns, count) => {
          let under = 0
          let most = 0
          const results = await inLanes(turns, { count }, async (turn, index) => {
            most = Math.max(most, ++under)
            for (let i = 0; i < turn; i++) await Promise.resolve()
            under--
            return [turn, index]
          })
          expect(results).toEqual(turns.map((turn, index) => [turn, index]))
          expect(most).toBeLessThanOrEqual(Math.min(count, turns.length))
        },
      ),
    )
  })

  it('ends what is under way when one fails, begins no other, and throws the first error', async () => {
    const begun: number[] = []
    const work = inLanes([0, 1, 2, 3], { count: 2 }, async (item, _, signal) => {
      begun.push(item)
      if (item === 1) throw new Error('broken')
      return never(signal)
    })
    await expect(work).rejects.toThrow('broken')
    expect(begun).toEqual([0, 1])
  })

  it('ends when it is cancelled', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const work = inLanes([0, 1], { count: 1, signal }, (_, __, ended) => never(ended))
    controller.abort()
    await expect(work).rejects.toThrow('told to end')
    await expect(inLanes([0], { count: 1, signal }, async () => 1)).rejects.toMatchObject({ code: 'CANCELLED' })
  })
})
