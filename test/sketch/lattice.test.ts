import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countLatticeElements, LATTICE_SIZE, MISSING_ELEMENT } from '../../src/sketch/lattice.ts'
import { golden } from '../golden-file.ts'

function elementOf(value: number): number {
  const counts = new Float64Array(LATTICE_SIZE + 1)
  countLatticeElements(Float64Array.of(value), counts)
  return counts.indexOf(1)
}

describe('countLatticeElements', () => {
  it.each([
    [1, 1023 * 8],
    [1.124, 1023 * 8],
    [1.125, 1023 * 8 + 1],
    [-1, 2048 * 8 + 1023 * 8],
    [2, 1024 * 8],
    [0, 0],
    [-0, 0],
    [NaN, MISSING_ELEMENT],
    [Infinity, MISSING_ELEMENT],
    [-Infinity, MISSING_ELEMENT],
  ])('%d is element %i', (value, element) => {
    expect(elementOf(value)).toBe(element)
  })

  it('is the upper 15 bits, as Python has them', () => {
    for (const [value, element] of golden<{ lattice: [number, number][] }>('signatures.json').lattice) {
      expect(elementOf(value)).toBe(element)
    }
  })

  it('adds to counts, wherever the column starts in its buffer', () => {
    const counts = new Float64Array(LATTICE_SIZE + 1)
    const column = Float64Array.of(9, 1, 1.1, NaN).subarray(1)
    countLatticeElements(column, counts)
    countLatticeElements(column, counts)
    expect([counts[1023 * 8], counts[MISSING_ELEMENT], counts.reduce((a, b) => a + b)]).toEqual([4, 2, 6])
  })

  it('joins numbers less than an eighth apart in the same octave, and never a number and its negative', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(finite, value => {
        const [positive, negative] = [elementOf(Math.abs(value)), elementOf(-Math.abs(value))]
        expect(positive === negative).toBe(value === 0)
        expect(positive).toBeLessThan(LATTICE_SIZE / 2)
      }),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: -1000, max: 1000 }),
        fc.integer({ min: 0, max: 7 }),
        fc.double({ min: 0, max: 0.124, noNaN: true }),
        (exponent, eighth, part) => {
          const start = 2 ** exponent * (1 + eighth / 8)
          expect(elementOf(start + 2 ** exponent * part)).toBe(elementOf(start))
        },
      ),
    )
  })
})
