import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROW_HASH_MODULUS, rowHash } from '../../src/sketch/row-hash.ts'
import { golden } from '../golden-file.ts'

const P = ROW_HASH_MODULUS
const KEYS = [41_421_356, 7_320_508, 23_606_797, 64_575_131]

/** The hash as a SQL expression over the columns seed, file and row: 64-bit integers, nothing overflows. */
function rowHashSql(): string {
  const cube = (x: string) => `((${x}) * (${x}) % ${P} * (${x}) % ${P})`
  const rounds = [`row % ${P} + seed % ${P}`, `row // ${P}`, `file % ${P}`, `seed % ${P}`]
  const name = (i: number) => `x${i}`
  const selects = rounds.map((term, i) => {
    const before = i === 0 ? '' : `${name(i - 1)} + `
    return `(${before}${term} + ${KEYS[i]}) % ${P}`
  })
  return selects.reduce(
    (from, sum, i) => `(SELECT *, ${cube('s')} AS ${name(i)} FROM (SELECT * EXCLUDE (s), ${sum} AS s FROM ${from}))`,
    '(SELECT *, 0::BIGINT AS s FROM places)',
  )
}

describe('rowHash', () => {
  it('is the same in integers that never overflow', () => {
    const { cases } = golden<{ cases: [number, number, number, number][] }>('row-hash.json')
    for (const [seed, file, row, hash] of cases) expect(rowHash(seed, file, row)).toBe(hash)
  })

  it('is the same in SQL', async () => {
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(`CREATE TABLE places AS
      SELECT seed::BIGINT AS seed, file::BIGINT AS file, (n * n * 1000003)::BIGINT AS row
      FROM unnest([0, 1, ${P - 1}]) AS s(seed), unnest([0, 1, 4711]) AS f(file), range(0, 1000) AS r(n)`)
    const sql = `SELECT seed::DOUBLE, file::DOUBLE, row::DOUBLE, x3::DOUBLE FROM ${rowHashSql()}`
    const rows = (await connection.runAndReadAll(sql)).getRows() as [number, number, number, number][]
    connection.disconnectSync()
    instance.closeSync()
    expect(rows).toHaveLength(9000)
    expect(rows.filter(([seed, file, row, hash]) => rowHash(seed, file, row) !== hash)).toEqual([])
  })

  it('is a whole number below the prime, and no two rows below the prime share one', () => {
    fc.assert(
      fc.property(fc.nat(P - 1), fc.nat(1e6), fc.nat(P - 1), fc.nat(P - 1), (seed, file, a, b) => {
        const hash = rowHash(seed, file, a)
        expect(Number.isInteger(hash) && hash >= 0 && hash < P).toBe(true)
        expect(rowHash(seed, file, b) === hash).toBe(a === b)
      }),
    )
  })

  it('spreads consecutive rows evenly over 16 partitions', () => {
    const rows = 16_000
    for (const seed of [0, 1, 2]) {
      const counts = new Float64Array(16)
      for (let row = 0; row < rows; row++) counts[rowHash(seed, 0, row) % 16]++
      const chiSquare = counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)
      expect(chiSquare).toBeLessThan(44.3) // quantile .9999 of χ² with 15 degrees of freedom
    }
  })
})
