import { describe, expect, it } from 'vitest'
import { parseModelCard, renderCard, withFrontMatterValue } from '../../src/model/index.ts'
import { frontMatter } from './cards.ts'

const TEXT = `---
# Who may use it
license: mit # freely
modelhub:
  name: ada/wine
  labels: [red, white]
tags: [a, b]
---
# Wine
---
`

describe('setting a value of the front matter', () => {
  it('keeps comments, order and the text', () => {
    const changed = withFrontMatterValue(TEXT, ['modelhub', 'calibration'], {
      temperature: 2,
      confusion: [
        [1, 0],
        [0, 2],
      ],
    })
    expect(changed).toBe(`---
# Who may use it
license: mit # freely
modelhub:
  name: ada/wine
  labels: [ red, white ]
  calibration:
    temperature: 2
    confusion:
      - [ 1, 0 ]
      - [ 0, 2 ]
tags: [ a, b ]
---
# Wine
---
`)
  })

  it('sets it anew where there is one', () => {
    const once = withFrontMatterValue(TEXT, ['license'], 'apache-2.0')
    expect(withFrontMatterValue(once, ['license'], 'mit')).toBe(withFrontMatterValue(TEXT, ['license'], 'mit'))
  })

  it('refuses a text without front matter', () => {
    expect(() => withFrontMatterValue('# Wine', ['license'], 'mit')).toThrow(/^model card: expected YAML front matter/)
  })
})

describe('a calibration in a card', () => {
  const card = (confusion: number[][]) =>
    renderCard({ ...frontMatter, modelhub: { ...frontMatter.modelhub, calibration: { confusion } } }, '')

  it('has a confusion of as many rows and columns as labels', () => {
    const square = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]
    expect(parseModelCard(card(square)).frontMatter.modelhub.calibration?.confusion).toEqual(square)
    expect(() =>
      parseModelCard(
        card([
          [1, 0],
          [0, 1],
        ]),
      ),
    ).toThrow('model card: modelhub.calibration.confusion: expected 3 × 3 numbers, as many as labels')
  })
})
