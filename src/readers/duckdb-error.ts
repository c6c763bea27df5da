import { ModelHubError } from '../common/index.ts'
import type { FileColumn } from './file-table.ts'

interface ErrorRule {
  readonly pattern: RegExp
  readonly fault: (match: RegExpExecArray, columns: Iterable<FileColumn>) => FileFaultText
}

type FileFaultText = readonly [code: FileFault, text: string]

type FileFault = 'RAGGED_ROW' | 'ENCODING' | 'COLUMN_TYPE' | 'FILE_DAMAGED' | 'FILE_UNREADABLE'

const RULES: readonly ErrorRule[] = [
  {
    pattern: /CSV Error on Line: (\d+)[\s\S]*Expected Number of Columns: (\d+) Found: (\d+)/,
    fault: ([, line, expected, found]) => ['RAGGED_ROW', `line ${line}: expected ${expected} fields, got ${found}`],
  },
  {
    pattern:
      /(?:(?:CSV Error on Line: |in line |record\/value )(\d+)[\s\S]*)?(?:not utf-8|invalid UTF-8|Invalid string encoding)/i,
    fault: ([, line]) => ['ENCODING', `${line ? `line ${line}: ` : ''}expected UTF-8`],
  },
  {
    pattern:
      /CSV Error on Line: (\d+)[\s\S]*converting column "([^"]*)"\. Could not convert string "([\s\S]*?)" to '(\w+)'/,
    fault: ([, line, column, value, type], columns) =>
      typeFault(columns, column, `line ${line}: `, `${type}, got "${value}"`),
  },
  {
    pattern: /Conversion Error: ([\s\S]*) when casting from source column (.*)/,
    fault: ([, reason, column], columns) => typeFault(columns, column, '', `another type: ${reason}`),
  },
  {
    pattern: /Conversion Error: (.*)/,
    fault: ([, reason]) => ['COLUMN_TYPE', `a column holds another type than expected: ${reason}`],
  },
  {
    pattern: /CSV Error on Line: (\d+)[\s\S]*unterminated quote/,
    fault: ([, line]) => ['FILE_DAMAGED', `line ${line}: a quote that is opened is not closed`],
  },
  {
    pattern: /Maximum line size/i,
    fault: () => ['FILE_DAMAGED', 'a line is longer than 2,000,000 bytes, or a quote that is opened is not closed'],
  },
  {
    pattern: /Out of Memory/i,
    fault: () => ['FILE_UNREADABLE', 'its rows or row groups are too wide for the memory the reader takes'],
  },
]

function typeFault(columns: Iterable<FileColumn>, ref: string, at: string, expected: string): FileFaultText {
  const name = [...columns].find(column => column.ref === `"${ref}"`)?.name ?? ref
  return ['COLUMN_TYPE', `${at}column ${name}: expected ${expected}; to read it otherwise: --types ${name}=text`]
}

/**
 * A fault of DuckDB while it read a file, as one of the project's own; a ModelHubError is passed through. Whatever is
 * not recognised means that the file is not what its name promises: FILE_DAMAGED.
 *
 * @param columns the columns of the file, so that their names stand in the message
 */
export function readError(error: unknown, path: string, columns: Iterable<FileColumn> = []): ModelHubError {
  if (error instanceof ModelHubError) return error
  const message = error instanceof Error ? error.message : String(error)
  for (const { pattern, fault } of RULES) {
    const match = pattern.exec(message)
    if (!match) continue
    const [code, text] = fault(match, columns)
    return new ModelHubError(code, `${path}: ${text}`, { cause: error })
  }
  return new ModelHubError('FILE_DAMAGED', `${path}: ${message.split('\n')[0]}`, { cause: error })
}
