import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { modelCardJsonSchema, parseModelCard, sourceAccuracy } from '../../src/model/index.ts'

const text = readFileSync(new URL('../../docs/model-card.md', import.meta.url), 'utf8')

describe('docs/model-card.md', () => {
  const example = /^````markdown\n([\s\S]*?)^````$/m.exec(text)![1]

  it('shows a card that is read as it says', () => {
    const card = parseModelCard(example)
    expect(card.frontMatter.modelhub).toMatchObject({
      name: 'acme/penguins',
      labels: ['Adelie', 'Chinstrap', 'Gentoo'],
      output: { name: 'logits', kind: 'logits' },
      input: { kind: 'table', normalisation: { kind: 'standard' } },
    })
    expect(card.body).toMatch(/^# Penguins\n/)
    expect(sourceAccuracy(card)).toBe(0.95)
  })

  it('explains every field, and shows every field but one', () => {
    const { properties } = modelCardJsonSchema() as { properties: Record<string, unknown> }
    const explained = new Set(Array.from(text.matchAll(/^\| `(\w+)(?:\.\w+)?` \|/gm), ([, field]) => field))
    expect(Object.keys(properties).filter(field => !explained.has(field))).toEqual([])
    const shown = Object.keys(parseModelCard(example).frontMatter.modelhub)
    expect(Object.keys(properties).filter(field => !shown.includes(field))).toEqual(['view'])
  })
})
