import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { probingSequence } from '../../src/retrieval/probing-sequence.ts'

/** Σ of the squared distances to the borders that the steps cross. */
function score(places: Float64Array, moves: Int8Array): number {
  return places.reduce((sum, place, k) => {
    const up = Math.ceil(place) - place
    return sum + (moves[k] === 1 ? up ** 2 : moves[k] === -1 ? (1 - up) ** 2 : 0)
  }, 0)
}

/** Every perturbation but none at all. */
function allMoves(values: number): Int8Array[] {
  return Array.from({ length: 3 ** values }, (_, code) =>
    Int8Array.from({ length: values }, (_, k) => (Math.floor(code / 3 ** k) % 3) - 1),
  ).filter(moves => moves.some(move => move !== 0))
}

describe('probingSequence', () => {
  it('is worked by hand: 0.1 below a border, 0.4 above one', () => {
    const moves = probingSequence(Float64Array.of(4.9, 2.4), 4).map(one => Array.from(one))
    expect(moves).toEqual([
      [1, 0],
      [0, -1],
      [1, -1],
      [0, 1],
    ])
  })

  it('holds every neighbouring bucket once, the nearest first', () => {
    const place = fc.double({ min: -5, max: 5, noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), numbers => {
        const places = Float64Array.from(numbers)
        const found = probingSequence(places, 1000)
        const expected = allMoves(places.length)
        expect(new Set(found.map(String))).toEqual(new Set(expected.map(String)))
        expect(found.length).toBe(expected.length)
        const scores = found.map(moves => score(places, moves))
        for (let i = 1; i < scores.length; i++) expect(scores[i]).toBeGreaterThanOrEqual(scores[i - 1] - 1e-12)
      }),
    )
  })

  it('stops after the probes that were asked for', () => {
    expect(probingSequence(Float64Array.of(0.5, 0.5, 0.5), 7).length).toBe(7)
    expect(probingSequence(Float64Array.of(0.5), 0)).toEqual([])
  })
})
