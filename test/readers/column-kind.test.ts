import { describe, expect, it } from 'vitest'
import { columnKind } from '../../src/readers/column-kind.ts'

describe('columnKind', () => {
  it.each([
    [
      'numeric',
      ['TINYINT', 'UBIGINT', 'HUGEINT', 'UHUGEINT', 'INTEGER', 'UINTEGER', 'FLOAT', 'DECIMAL(18,3)', 'INTERVAL'],
    ],
    ['boolean', ['BOOLEAN']],
    ['timestamp', ['DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_NS', 'TIMESTAMP WITH TIME ZONE', 'TIME WITH TIME ZONE']],
    ['string', ['VARCHAR', 'UUID', 'JSON', "ENUM('a', 'b\nc')"]],
    ['vector', ['FLOAT[3]', 'DOUBLE[]', 'DECIMAL(4,1)[]']],
    ['unknown', ['"NULL"']],
    ['refused', ['BLOB', 'BIT', 'STRUCT(a INTEGER)', 'MAP(VARCHAR, INTEGER)', 'VARCHAR[]', 'FLOAT[][]', 'INTERVAL[]']],
  ])('%s', (kind, sqlTypes) => {
    expect(sqlTypes.map(columnKind)).toEqual(sqlTypes.map(() => kind))
  })
})
