import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom, type Random } from '../../src/common/random.ts'

type Shift = (image: Uint8Array, random: Random) => Uint8Array

const shifts = (await import(fileURLToPath(new URL('../../demo/digits/shifts.mjs', import.meta.url)))) as Record<
  'untouched' | 'inverted' | 'thick' | 'thin',
  Shift
> &
  Record<'rotated' | 'slanted' | 'noisy' | 'shrunk' | 'blurred' | 'pixelated', (amount: number) => Shift> & {
    oneOf(...shifts: Shift[]): Shift
  }

const random = () => seededRandom(1)
const SIDE = 28

/** A black image with some pixels set, as [x, y, value]. */
function image(...pixels: [x: number, y: number, value: number][]): Uint8Array {
  const made = new Uint8Array(SIDE * SIDE)
  for (const [x, y, value] of pixels) made[y * SIDE + x] = value
  return made
}

/** The pixels that are set, as [x, y, value]. */
const lit = (of: Uint8Array) =>
  Array.from(of.entries(), ([i, v]) => [i % SIDE, Math.floor(i / SIDE), v]).filter(p => p[2])
const square = (x: number, y: number, size: number) =>
  Array.from({ length: size * size }, (_, i): [number, number, number] => [
    x + (i % size),
    y + Math.floor(i / size),
    255,
  ])

describe('shifts of digits, by hand', () => {
  it('turn clockwise: a quarter takes the right to the bottom', () => {
    expect(lit(shifts.rotated(90)(image([20, 13, 200]), random()))).toEqual([[14, 20, 200]])
  })

  it('lean to the right: the top moves right, the bottom left', () => {
    const leaning = shifts.slanted(1 / 13.5)(image([10, 0, 255], [10, 27, 255]), random())
    expect(lit(leaning)).toEqual([
      [11, 0, 255],
      [9, 27, 255],
    ])
  })

  it('widen a dot to 3 × 3, and narrow it back to 2 × 2', () => {
    const wide = shifts.thick(image([5, 5, 255]), random())
    expect(lit(wide)).toEqual(square(4, 4, 3))
    expect(lit(shifts.thin(wide, random()))).toEqual(square(4, 4, 2))
  })

  it('smear a dot by the binomial filter', () => {
    const blurred = shifts.blurred(1)(image([10, 10, 255]), random())
    expect([8, 9, 10, 11, 12].map(x => blurred[10 * SIDE + x])).toEqual([6, 24, 36, 24, 6])
  })

  it('give every pixel of a block their mean', () => {
    const blocks = shifts.pixelated(4)(image([4, 8, 160]), random())
    expect(lit(blocks)).toHaveLength(16)
    expect([blocks[8 * SIDE + 4], blocks[11 * SIDE + 7], blocks[8 * SIDE + 8]]).toEqual([10, 10, 0])
  })

  it('invert', () => expect(shifts.inverted(image([0, 0, 255]), random())).toEqual(image().fill(255).fill(0, 0, 1)))

  it('shrink and move whole: what was within the frame stays on the picture', () => {
    const full = new Uint8Array(SIDE * SIDE).fill(255)
    const source = random()
    const corners = new Set<string>()
    for (let i = 0; i < 50; i++) {
      const small = lit(shifts.shrunk(0.6)(full, source))
      expect(small.length).toBeGreaterThanOrEqual(16 ** 2)
      expect(small.length).toBeLessThanOrEqual(18 ** 2)
      corners.add(small[0].join())
    }
    expect(corners.size).toBeGreaterThan(20)
  })

  it('add noise of the deviation that is named', () => {
    const grey = new Uint8Array(SIDE * SIDE).fill(128)
    const values = Array.from(shifts.noisy(32)(grey, random()), value => value - 128)
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)
    expect(deviation).toBeGreaterThan(29)
    expect(deviation).toBeLessThan(35)
  })

  it('choose one of several for each image, about equally often', () => {
    const either = shifts.oneOf(shifts.untouched, shifts.inverted)
    const source = random()
    const kept = Array.from({ length: 400 }, () => either(image(), source)[0]).filter(value => value === 0).length
    expect(kept).toBeGreaterThan(160)
    expect(kept).toBeLessThan(240)
  })
})

const ALL: [string, Shift][] = [
  ['untouched', shifts.untouched],
  ['inverted', shifts.inverted],
  ['thick', shifts.thick],
  ['thin', shifts.thin],
  ['rotated', shifts.rotated(30)],
  ['slanted', shifts.slanted(0.5)],
  ['noisy', shifts.noisy(64)],
  ['shrunk', shifts.shrunk(0.6)],
  ['blurred', shifts.blurred(3)],
  ['pixelated', shifts.pixelated(4)],
]

it.each(ALL)('%s leaves its image alone, and does the same for the same random numbers', (_, shift) => {
  const bytes = fc.uint8Array({ minLength: SIDE * SIDE, maxLength: SIDE * SIDE })
  fc.assert(
    fc.property(bytes, original => {
      const copy = Uint8Array.from(original)
      const shifted = shift(original, random())
      expect(original).toEqual(copy)
      expect(shifted).toHaveLength(SIDE * SIDE)
      expect(shift(original, random())).toEqual(shifted)
    }),
    { seed: 4, numRuns: 20 },
  )
})
