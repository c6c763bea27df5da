import { describe, expect, it } from 'vitest'
import { pStableHashes } from '../../src/retrieval/index.ts'
import { addProducts, cellPlaces, cellsOf } from '../../src/retrieval/p-stable-hashes.ts'
import { caughtCode } from '../caught-code.ts'

const options = { dimensions: 3, shape: { bands: 2, values: 2 }, width: 0.5, seed: 9 }

describe('pStableHashes', () => {
  it('are ⌈(a·x + b)/r⌉, worked by hand', () => {
    const hashes = {
      ...options,
      directions: Float32Array.of(1, 0, -2, 0.5, 0, 1, 1, 0.5, 4, 4, 4, 4),
      shifts: Float64Array.of(0, 0.25, 0.375, 0.1),
    }
    const sums = new Float64Array(4)
    addProducts(hashes, sums, { point: [1, 2, 0], from: 0, to: 3 })
    expect(Array.from(sums)).toEqual([1, 2, 0, 1.5])
    const places = cellPlaces(hashes, sums)
    expect(Array.from(places)).toEqual([2, 4.5, 0.75, 3.2])
    expect(Array.from(cellsOf(places))).toEqual([2, 5, 1, 4])
    expect(Array.from(cellPlaces(hashes, sums, 0.5))).toEqual([1, 2.5, 0.75, 1.7])
  })

  it('are the same for a seed, others for another, and shift within a cell', () => {
    const hashes = pStableHashes(options)
    expect(pStableHashes(options)).toEqual(hashes)
    expect(pStableHashes({ ...options, seed: 10 }).directions).not.toEqual(hashes.directions)
    for (const shift of hashes.shifts) expect(shift >= 0 && shift < 0.5).toBe(true)
  })

  it('begin alike when dimensions are added: a domain may grow', () => {
    const grown = pStableHashes({ ...options, dimensions: 30 })
    expect(grown.directions.subarray(0, 12)).toEqual(pStableHashes(options).directions)
    expect(grown.shifts).toEqual(pStableHashes(options).shifts)
  })

  it('have directions of mean 0 and variance 1', () => {
    const { directions } = pStableHashes({ ...options, dimensions: 20_000 })
    const mean = directions.reduce((sum, a) => sum + a, 0) / directions.length
    const variance = directions.reduce((sum, a) => sum + a * a, 0) / directions.length
    expect(Math.abs(mean)).toBeLessThan(0.015)
    expect(Math.abs(variance - 1)).toBeLessThan(0.02)
  })

  it('refuse no dimension, no band and no width', () => {
    expect(caughtCode(() => pStableHashes({ ...options, dimensions: 0 }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => pStableHashes({ ...options, shape: { bands: 0, values: 1 } }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => pStableHashes({ ...options, shape: { bands: 1, values: 1.5 } }))).toBe('OUT_OF_RANGE')
    expect(caughtCode(() => pStableHashes({ ...options, width: 0 }))).toBe('OUT_OF_RANGE')
  })
})
