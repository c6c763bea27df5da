import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/common/random.ts'
import { AwaitedRows, type RowSource } from '../../src/retrieval/awaited-rows.ts'
import { PlainRows } from '../../src/retrieval/root-products.ts'

const WIDTH = 20
const STRIDE = 32

/** Rows of codes of which every one is asked for by number. */
function sourceOf(codes: Uint8Array, asked: number[] = []): RowSource {
  const read = (from: number, into: Uint8Array) => {
    asked.push(into.length / STRIDE)
    into.set(codes.subarray(from * STRIDE, from * STRIDE + into.length))
  }
  return { rows: codes.length / STRIDE, read, readAll: into => Promise.resolve(read(0, into)) }
}

function randomCodes(rows: number, seed: number): Uint8Array {
  const random = seededRandom(seed)
  return Uint8Array.from({ length: rows * STRIDE }, (_, i) => (i % STRIDE < WIDTH ? Math.floor(256 * random()) : 0))
}

function shown(rows: Pick<AwaitedRows, 'each'>, wanted: Uint32Array): Map<number, string> {
  const seen = new Map<number, string>()
  rows.each(wanted, (place, codes, start) => {
    if (seen.has(place)) throw new Error(`row ${wanted[place]} is shown twice`)
    seen.set(place, Buffer.from(codes.subarray(start, start + STRIDE)).toString('latin1'))
  })
  return seen
}

describe('AwaitedRows', () => {
  it('gives what rows in memory give, before and after they are brought in', async () => {
    const arbitrary = fc.record({
      parts: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
      large: fc.integer({ min: 0, max: 5 }).map(draw => draw === 0),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.integer(),
    })
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ parts, large, share, seed }) => {
        const codes = parts.map((rows, i) => randomCodes(large && i === 0 ? 4096 + rows : rows, seed + i))
        const [plain, awaited] = [new PlainRows(STRIDE), new AwaitedRows(WIDTH)]
        for (const part of codes) {
          plain.extend(part.length / STRIDE).set(part)
          awaited.append(sourceOf(part))
        }
        const random = seededRandom(seed)
        const query = Int16Array.from({ length: STRIDE }, () => Math.floor(2000 * random()) - 1000)
        const wanted = Uint32Array.from({ length: plain.size }, (_, i) => plain.size - 1 - i).filter(
          () => random() < share,
        )
        const expectSame = () => {
          expect([awaited.size, awaited.stride]).toEqual([plain.size, STRIDE])
          expect(awaited.products(query)).toEqual(plain.products(query))
          expect(shown(awaited, wanted)).toEqual(shown(plain, wanted))
        }
        expectSame()
        await awaited.settle()
        expectSame()
        expect(awaited.codes()).toEqual(plain.codes())
      }),
      { numRuns: 40 },
    )
  })

  it('reads through a window, skips windows that hold nothing wanted, and reads nothing once settled', async () => {
    const asked: number[] = []
    const rows = new AwaitedRows(WIDTH)
    rows.append(sourceOf(randomCodes(10_000, 1), asked))
    rows.products(new Int16Array(STRIDE))
    expect(asked.splice(0)).toEqual([4096, 4096, 1808])
    const before = rows.residentBytes
    expect(before).toBeLessThan(10_000 * STRIDE)
    shown(rows, Uint32Array.of(9, 7, 9999))
    expect(asked.splice(0)).toEqual([3, 1])
    await rows.settle()
    expect(asked.splice(0)).toEqual([10_000])
    rows.products(new Int16Array(STRIDE))
    expect(asked).toEqual([])
    expect(rows.residentBytes).toBeGreaterThanOrEqual(10_000 * STRIDE)
  })

  it('adds rows to those that lie elsewhere, and the other way round', () => {
    const [first, second, third] = [1, 2, 3].map(seed => randomCodes(5, seed))
    const rows = new AwaitedRows(WIDTH)
    rows.append(sourceOf(first))
    rows.extend(5).set(second)
    rows.append(sourceOf(third))
    expect([...rows.codes()]).toEqual([...first, ...second, ...third])
  })

  it('stays as it was when a source cannot be read', async () => {
    const codes = randomCodes(6, 1)
    const fault = new Error('gone')
    const broken = { failing: true }
    const source = sourceOf(codes)
    const rows = new AwaitedRows(WIDTH)
    rows.append({ ...source, readAll: into => (broken.failing ? Promise.reject(fault) : source.readAll(into)) })
    await expect(rows.settle()).rejects.toThrow(fault)
    const query = new Int16Array(STRIDE).fill(1)
    const expected = Array.from({ length: 6 }, (_, row) =>
      codes.subarray(row * STRIDE, (row + 1) * STRIDE).reduce((sum, code) => sum + code, 0),
    )
    expect([...rows.products(query)]).toEqual(expected)
    broken.failing = false
    await rows.settle()
    expect([...rows.products(query)]).toEqual(expected)
  })
})
