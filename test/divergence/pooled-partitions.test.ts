import { describe, expect, it } from 'vitest'
import { adaptivity, jensenShannon, pooledPartitions } from '../../src/divergence/index.ts'
import { caughtCode } from '../caught-code.ts'
import golden from '../golden/pooled-adaptivity.json' with { type: 'json' }

const TABLE = { features: 2, values: Float64Array.of(0, 4, 8, 8, 4, 0) }
const OPTIONS = { order: Uint32Array.of(2, 0, 1), partitionRows: 2, scale: 'table', bins: 2 } as const

describe('pooledPartitions', () => {
  it('takes the rows in order, cuts runs and keeps the residue, worked by hand', () => {
    // rows (4, 0), (0, 4) then (8, 8); half of the table's range is 4
    expect(pooledPartitions(TABLE, OPTIONS).map(p => [...p])).toEqual([
      [0.5, 0.5],
      [0, 1],
    ])
  })

  it('scales by each partition on request: equal values are then all 0', () => {
    const [first, residue] = pooledPartitions(TABLE, { ...OPTIONS, scale: 'partition' })
    expect([...first]).toEqual([0.5, 0.5])
    expect([...residue]).toEqual([1, 0])
  })

  it('has no partition of no rows', () => {
    const empty = { features: 2, values: new Float64Array(0) }
    expect(pooledPartitions(empty, { ...OPTIONS, order: new Uint32Array(0) })).toEqual([])
  })

  it('refuses shapes and orders that do not fit', () => {
    const code = (table: object, options: object) =>
      caughtCode(() => pooledPartitions({ ...TABLE, ...table }, { ...OPTIONS, ...options }))
    expect(code({ features: 4 }, {})).toBe('SHAPE')
    expect(code({ features: 0 }, {})).toBe('OUT_OF_RANGE')
    expect(code({}, { order: Uint32Array.of(0, 1) })).toBe('SHAPE')
    expect(code({}, { order: Uint32Array.of(0, 1, 3) })).toBe('OUT_OF_RANGE')
    expect(code({}, { partitionRows: 0 })).toBe('OUT_OF_RANGE')
    expect(code({}, { bins: 0 })).toBe('OUT_OF_RANGE')
  })
})

describe(`pooled adaptivity of A to B, ${golden.peer}`, () => {
  const divergences = (scale: 'table' | 'partition'): Float64Array => {
    const options = { partitionRows: golden.partition_rows, bins: golden.bins, scale }
    const partitions = (rows: number[][], order: number[]): Float64Array[] =>
      pooledPartitions(
        { features: rows[0].length, values: Float64Array.from(rows.flat()) },
        { ...options, order: Uint32Array.from(order) },
      )
    const source = partitions(golden.A, golden.order_A)
    const target = partitions(golden.B, golden.order_B)
    return Float64Array.from(source.flatMap(p => target.map(q => jensenShannon(p, q))))
  }

  it.each([
    ['partition', golden.js_scaled_by_partition, golden.adaptivity_scaled_by_partition],
    ['table', golden.js_scaled_by_table, golden.adaptivity_scaled_by_table],
  ] as const)('scaled by %s: every divergence, and adaptivity at every threshold', (scale, js, expected) => {
    const pairs = divergences(scale)
    const wanted = js.flat()
    expect(pairs).toHaveLength(wanted.length)
    pairs.forEach((value, k) => expect(Math.abs(value - wanted[k])).toBeLessThanOrEqual(golden.tolerance))
    const targets = Math.ceil(golden.B.length / golden.partition_rows)
    for (const [threshold, value] of Object.entries(expected)) {
      expect(adaptivity(pairs, targets, Number(threshold)), `t = ${threshold}`).toBe(value)
    }
  })
})
