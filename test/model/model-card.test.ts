import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseModelCard, renderCard } from '../../src/model/index.ts'
import { frontMatter } from './cards.ts'

const README = `---
license: mit
language: [en, de]
datasets: uci/wine
model-index:
  - name: wine
    results:
      - task: { type: tabular-classification }
        metrics:
          - { type: accuracy, value: 0.93 }
house-key: kept
modelhub:
  name: ada/wine
  input:
    kind: table
    tensors:
      - { name: x, shape: [N, 2], type: float32 }
    columns: [alcohol, colour]
    normalisation: { kind: min-max, min: [0, 0], max: [20, 1] }
  labels: [no, yes]
  embedding: dense
  calibration: { temperature: 1.5 }
  domain: wine
---
# Wine

---
A line of dashes in the text stays there.
`
const fault = (text: string) => {
  try {
    parseModelCard(text)
  } catch (error) {
    return error as Error & { code: string }
  }
  throw new Error('expected a refusal')
}

describe('a card', () => {
  it('is read: known keys, unknown keys, body', () => {
    const { frontMatter: read, body } = parseModelCard(README)
    expect(read.language).toEqual(['en', 'de'])
    expect(read['house-key']).toBe('kept')
    expect(read.modelhub.labels).toEqual(['no', 'yes'])
    expect(read.modelhub.input.normalisation).toEqual({ kind: 'min-max', min: [0, 0], max: [20, 1] })
    expect(body).toBe('# Wine\n\n---\nA line of dashes in the text stays there.\n')
  })

  it('may say how images and texts are prepared, and what stands for missing values', () => {
    const more = [
      '    missing: [0, -1]',
      '    resize: bilinear',
      '    grey: rec709',
      '    channelOrder: bgr',
      '    tokenizer: tokenizer.json',
      '    maxTokens: 128',
    ].join('\n')
    const text = README.replace('    kind: table\n', `    kind: table\n${more}\n`)
    expect(parseModelCard(text).frontMatter.modelhub.input).toMatchObject({
      missing: [0, -1],
      resize: 'bilinear',
      grey: 'rec709',
      channelOrder: 'bgr',
      tokenizer: 'tokenizer.json',
      maxTokens: 128,
    })
    expect(fault(text.replace('resize: bilinear', 'resize: area')).message).toContain('modelhub.input.resize: ')
    expect(fault(text.replace('maxTokens: 128', 'maxTokens: 0')).message).toContain('modelhub.input.maxTokens: ')
    expect(fault(text.replace('missing: [0, -1]', 'missing: none')).message).toContain(
      'modelhub.input.missing: expected a number or a list of numbers',
    )
  })

  it('may have a byte order mark and Windows line ends', () => {
    expect(parseModelCard(`\uFEFF${README.replaceAll('\n', '\r\n')}`).frontMatter).toEqual(
      parseModelCard(README).frontMatter,
    )
  })

  it.each([
    ['[no, yes]', '[a, b, c, 3]', 'modelhub.labels[3]: expected string, received number'],
    ['[no, yes]', '[a]', 'modelhub.labels: Too small: expected array to have >=2 items'],
    ['[no, yes]', '[a, b, a]', 'modelhub.labels: a comes twice'],
    ['  name: ada/wine', '  name: wine', 'modelhub.name: expected owner/model'],
    ['float32', 'float', 'modelhub.input.tensors[0].type: expected one of "float32"'],
    ['[N, 2]', '[N, 2.5]', 'modelhub.input.tensors[0].shape[1]: expected a positive integer or a symbol'],
    ['    columns: [alcohol, colour]\n', '', 'modelhub.input.columns: expected names of columns'],
    ['max: [20, 1]', 'max: [20]', 'modelhub.input.normalisation.max: expected 2 numbers as in min, got 1'],
    ['datasets: uci/wine', 'datasets: 7', 'datasets: expected a string or a list of strings'],
    ['temperature: 1.5', 'temperature: 0', 'modelhub.calibration.temperature: Too small'],
    ['modelhub:\n', 'other:\n', 'modelhub: expected object, received undefined'],
    ['license: mit', 'license: mit\nlicense: gpl', 'Map keys must be unique'],
    ['---\nlicense', 'license', 'expected YAML front matter'],
  ])('with %j replaced by %j is refused', (from, to, message) => {
    const error = fault(README.replace(from, to))
    expect(error.code).toBe('CARD_INVALID')
    expect(error.message).toContain(message)
  })

  it('that is empty, has no end of front matter, or is a bomb of aliases, is refused', () => {
    const bomb = Array.from({ length: 9 }, (_, i) => `k${i + 1}: &k${i + 1} [${`*k${i}, `.repeat(9)}]`)
    for (const text of [
      '',
      '---\nlicense: mit\n',
      `---\nk0: &k0 [1]\n${bomb.join('\n')}\n---\n`,
      'x'.repeat(4_000_001),
    ]) {
      expect(fault(text).code).toBe('CARD_INVALID')
    }
  })
})

describe('rendering', () => {
  it('gives back any front matter and body', () => {
    const strings = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean()))
    fc.assert(
      fc.property(strings, fc.string({ unit: 'grapheme' }), (extra, body) => {
        const card = { frontMatter: { ...frontMatter, extra }, body }
        expect(parseModelCard(renderCard(card.frontMatter, body))).toEqual(card)
      }),
    )
  })
})
