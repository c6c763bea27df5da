import { expect, it } from 'vitest'
import { renderCsv } from '../../src/cli/render-csv.ts'

it('follows RFC 4180: CRLF, doubled quotes, quoted commas and breaks; null is empty', () => {
  const rows = [
    { model: 'ada/wine', license: 'mit, "or" so', sizeBytes: 5, yanked: true, task: null },
    { model: 'ada/beer', license: 'two\nlines', sizeBytes: 6e9, yanked: false, task: 'x' },
  ]
  expect(renderCsv(rows, ['model', 'license', 'sizeBytes', 'yanked', 'task'])).toBe(
    'model,license,sizeBytes,yanked,task\r\n' +
      'ada/wine,"mit, ""or"" so",5,true,\r\n' +
      'ada/beer,"two\nlines",6000000000,false,x\r\n',
  )
  expect(renderCsv([], ['model'])).toBe('model\r\n')
})

it('runs nothing in a spreadsheet', () => {
  expect(renderCsv([{ task: '=HYPERLINK("x")', rows: -1 }], ['task', 'rows'])).toBe(
    'task,rows\r\n"\'=HYPERLINK(""x"")",-1\r\n',
  )
})
