import { describe, expect, it } from 'vitest'
import { renderTable, type TableColumn } from '../../src/cli/render-table.ts'

interface Row {
  readonly name: string
  readonly size: number
}

const COLUMNS: readonly TableColumn<Row>[] = [
  { title: 'name', text: ({ name }) => name },
  { title: 'size in bytes', align: 'right', text: ({ size }) => String(size) },
  { title: 'remark', spare: true, text: () => 'nothing to remark' },
]
const lines = (rows: readonly Row[], width?: number) =>
  renderTable(rows, COLUMNS, width)
    .split('\n')
    .map(line => line.trimEnd())

describe('renderTable', () => {
  it('is as wide as its contents where there is no terminal', () => {
    const name = 'x'.repeat(300)
    expect(lines([{ name, size: 1 }])[1]).toBe(`${name}              1  nothing to remark`)
  })

  it('wraps titles and texts, keeps numbers, and names what it leaves out', () => {
    const name = 'dsads/a_name_of_thirty_letters'
    expect(lines([{ name, size: 123_456 }], 34)).toEqual([
      'name                          size',
      '                                in',
      '                             bytes',
      'dsads/a_name_of_thirty_let  123456',
      'ters',
      '(too narrow for: remark)',
    ])
  })

  it('measures letters that take two places', () => {
    expect(renderTable([{ name: '猫猫', size: 1 }], COLUMNS.slice(0, 2), 80).split('\n')[1]).toBe('猫猫              1')
  })

  it('stays within any width that its numbers leave room for', () => {
    for (let width = 30; width < 90; width++) {
      const rows = [{ name: 'acme/penguins and flowers and more of them', size: 9_999_999 }]
      for (const line of renderTable(rows, COLUMNS, width).split('\n')) expect(line.length).toBeLessThanOrEqual(width)
    }
  })
})
