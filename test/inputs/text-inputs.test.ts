import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { keptTokens } from '../../src/inputs/kept-tokens.ts'
import type { InputSignature } from '../../src/model/index.ts'
import { golden } from '../golden-file.ts'
import { madeFiles } from '../readers/made-files.ts'
import { prepareAndRead, prepareFault } from './prepared.ts'

interface Encoded {
  readonly inputs: readonly (string | readonly string[])[]
  readonly maxTokens: number
  readonly input_ids: readonly (readonly number[])[]
  readonly attention_mask: readonly (readonly number[])[]
  readonly token_type_ids: readonly (readonly number[])[]
}
const peer = golden<{ tokenizer: Record<string, unknown>; cases: readonly Encoded[] }>('tokenizer.json')
const NAMES = ['input_ids', 'attention_mask', 'token_type_ids'] as const

const files = madeFiles()
const signature = (more: Partial<InputSignature> = {}): InputSignature => ({
  kind: 'text',
  tensors: NAMES.map(name => ({ name, shape: ['N', 'tokens'], type: 'int64' })),
  tokenizer: 'tokenizer.json',
  ...more,
})
const options = (name: string) => ({ folder: files.path(`out-${name}`), modelFolder: files.path('model') })

/** Texts or pairs as a table of JSON lines, columns `left` and `right`. */
function table(name: string, inputs: Encoded['inputs']): string {
  const rows = inputs.map(input => {
    const [left, right] = typeof input === 'string' ? [input] : input
    return JSON.stringify({ left, right, y: 'same' })
  })
  return files.write(`${name}.ndjson`, `${rows.join('\n')}\n`)
}

beforeAll(() => {
  mkdirSync(files.path('model'))
  writeFileSync(files.path('model/tokenizer.json'), JSON.stringify(peer.tokenizer))
})

describe('texts', () => {
  it.each(peer.cases.map((one, i) => [i, one] as const))(
    'become the tokens that Hugging Face gives them, case %i',
    async (i, { inputs, maxTokens, ...expected }) => {
      const columns = typeof inputs[0] === 'string' ? ['left'] : ['left', 'right']
      const { values, tensors, rows } = await prepareAndRead(
        table(`golden-${i}`, inputs),
        signature({ maxTokens, columns }),
        { ...options(`golden-${i}`), label: 'y' },
      )
      expect([rows, tensors[0].shape[1], tensors[0].type]).toEqual([
        inputs.length,
        expected.input_ids[0].length,
        'int64',
      ])
      for (const name of NAMES) expect(values[name], name).toEqual(expected[name].flat())
    },
  )

  it('are padded to the size that the tensors state, in the order and type they state', async () => {
    const tensors = [
      { name: 'attention_mask', shape: ['N', 7], type: 'int32' as const },
      { name: 'input_ids', shape: ['N', 7], type: 'int32' as const },
    ]
    const { values } = await prepareAndRead(
      table('short', ['fox', 'the lazy dog is not the lazy dog']),
      signature({ tensors, columns: ['left'] }),
      options('short'),
    )
    const [, , cls, sep, fox] = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'fox'].map(
      token => (peer.tokenizer.model as { vocab: Record<string, number> }).vocab[token],
    )
    expect(values.attention_mask).toEqual([1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1])
    expect(values.input_ids.slice(0, 7)).toEqual([cls, fox, sep, 0, 0, 0, 0])
    expect(values.input_ids[13]).toBe(sep)
  })

  it('are cut and padded on the left where the tokenizer says so', async () => {
    mkdirSync(files.path('left-model'))
    const left = { direction: 'Left', strategy: 'LongestFirst', max_length: 4, stride: 0 }
    const padding = { direction: 'Left', pad_id: 0, pad_token: '[PAD]' }
    const file = { ...peer.tokenizer, truncation: left, padding }
    writeFileSync(files.path('left-model/tokenizer.json'), JSON.stringify(file))
    const { values } = await prepareAndRead(table('left', ['the lazy fox', 'fox']), signature({ columns: ['left'] }), {
      ...options('left'),
      modelFolder: files.path('left-model'),
    })
    const id = (token: string) => (peer.tokenizer.model as { vocab: Record<string, number> }).vocab[token]
    expect(values.input_ids).toEqual([2, id('lazy'), id('fox'), 3, 0, 2, id('fox'), 3])
    expect(values.attention_mask).toEqual([1, 1, 1, 1, 0, 1, 1, 1])
  })

  it('of files, whatever the card calls the column, with their folders as labels', async () => {
    for (const [name, text] of Object.entries({ 'ham/a.txt': 'fox', 'spam/b.txt': 'dog' })) {
      mkdirSync(files.path(`texts/${name.split('/')[0]}`), { recursive: true })
      writeFileSync(files.path(`texts/${name}`), text)
    }
    const { labels, values } = await prepareAndRead(
      files.path('texts'),
      signature({ columns: ['review'] }),
      options('txt'),
    )
    expect(labels).toEqual(['ham', 'spam'])
    expect(values.attention_mask).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('beside a label column of any name', async () => {
    const path = files.write('folder.csv', 'left,folder\n12,a\n13,b\n')
    const read = await prepareAndRead(path, signature({ columns: ['left'] }), { ...options('folder'), label: 'folder' })
    expect([read.labels, read.rows]).toEqual([['a', 'b'], 2])
  })

  it('of numbers, missing ones, and the only text column there is', async () => {
    const numbers = files.write('numbers.csv', 'left,other\n12,1\n,2\n')
    const { values, warnings } = await prepareAndRead(numbers, signature({ columns: ['left'] }), options('numbers'))
    expect(warnings).toEqual(['columns that the model does not take left out: other'])
    expect(values.attention_mask).toEqual([1, 1, 1, 1, 1, 0])
    const words = Array.from({ length: 60 }, (_, i) => `row ${i} of a text that is never twice the same,${i % 2}`)
    const one = files.write('one.csv', `words,kind\n${words.join('\n')}\n`)
    expect((await prepareAndRead(one, signature(), options('one'))).rows).toBe(60)
  })
})

describe('texts that cannot be prepared', () => {
  it.each<[string, string, Partial<InputSignature>, object]>([
    ['CARD_INVALID', 'modelhub.input.tokenizer: expected a file of the model', { tokenizer: undefined }, {}],
    ['USAGE', 'modelFolder: expected the folder of tokenizer.json', {}, { modelFolder: undefined }],
    ['FILE_NOT_FOUND', 'nothing.json: no such file', { tokenizer: 'nothing.json' }, {}],
    ['MODEL_UNSAFE', 'expected a file in', { tokenizer: '../outside.json' }, {}],
    ['MODEL_UNSAFE', 'expected a file in', { tokenizer: 'link.json' }, {}],
    ['MODEL_INVALID', 'not a tokenizer', { tokenizer: 'broken.json' }, {}],
    [
      'MODEL_MISMATCH',
      'expected input_ids, attention_mask, token_type_ids of shape (N, tokens), got position_ids (N, 4)',
      { tensors: [{ name: 'position_ids', shape: ['N', 4], type: 'int64' }] },
      {},
    ],
    ['MODEL_MISMATCH', 'tokens have none, got scale', { normalisation: { kind: 'scale', factor: 2 } }, {}],
    ['MODEL_MISMATCH', 'expected a text or a pair', { columns: ['left', 'right', 'y'] }, {}],
    ['COLUMN_MISSING', 'columns of texts that are not there: review', { columns: ['left', 'review'] }, {}],
    [
      'MODEL_MISMATCH',
      'expected only columns that the model takes, got right, y too',
      { columns: ['left'] },
      { strict: true },
    ],
    ['USAGE', 'expected the name of the column of texts, got none among left, right', {}, { label: 'y' }],
  ])('%s: %s', async (code, message, card, more) => {
    writeFileSync(files.path('outside.json'), JSON.stringify(peer.tokenizer))
    writeFileSync(files.path('model/broken.json'), '{"model":{"type":"Unheard"}}')
    if (card.tokenizer === 'link.json') symlinkSync(files.path('outside.json'), files.path('model/link.json'))
    const path = table('fault', [['fox', 'dog']])
    const fault = await prepareFault(path, signature(card), { ...options('fault'), ...more })
    expect(fault).toEqual({ code, message: expect.stringContaining(message), left: [] })
  })
})

it('a text model refuses images', async () => {
  const fault = await prepareFault(files.path('some.png'), signature(), options('images'))
  expect(fault).toEqual({
    code: 'MODEL_MISMATCH',
    message: expect.stringContaining('takes texts, got images'),
    left: [],
  })
})

describe('tokens kept of a pair', () => {
  it.each([
    [[3, 4], 7, [3, 4]],
    [[4, 3], 5, [3, 2]],
    [[3, 3], 5, [2, 3]],
    [[1, 9], 5, [1, 4]],
    [[0, 9], 5, [0, 5]],
    [[9, 9], 0, [0, 0]],
    [[9], 4, [4]],
  ])('of %j up to %i are %j', (lengths, most, expected) => {
    expect(keptTokens(lengths, most)).toEqual(expected)
  })
})
