import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '../../src/common/index.ts'

const text = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8')

/** The cells of every table row whose first cell matches. */
function tableRows(first: RegExp): string[][] {
  return text
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    )
    .filter(([cell]) => first.test(cell))
}

describe('docs/errors.md', () => {
  const documented = tableRows(/^`[A-Z_]+`$/)

  it('lists every code with its exit code, HTTP status and meaning, in the order of the source', () => {
    const expected = Object.entries(ERROR_CODES).map(([code, { exitCode, httpStatus, meaning }]) => {
      return [`\`${code}\``, String(exitCode), String(httpStatus), meaning]
    })
    expect(documented.map(cells => cells.slice(0, 4))).toEqual(expected)
  })

  it('says for each what to do', () => {
    expect(documented.filter(cells => cells.length !== 5 || cells[4].length < 10)).toEqual([])
  })

  it('sums up every exit code, and success', () => {
    const exitCodes = new Set(Object.values(ERROR_CODES).map(({ exitCode }) => exitCode))
    expect(tableRows(/^\d+$/).map(([code]) => Number(code))).toEqual([0, ...[...exitCodes].sort((a, b) => a - b)])
  })
})
