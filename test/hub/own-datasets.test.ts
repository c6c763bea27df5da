import { describe, expect, it } from 'vitest'
import type { VersionRecord } from '../../src/catalog/index.ts'
import { ownReason } from '../../src/hub/own-datasets.ts'
import type { FrontMatter } from '../../src/model/index.ts'
import { frontMatter } from '../model/cards.ts'

const version = { id: 7, sketchSha256: 'a'.repeat(64) } as VersionRecord
const card = (front: Partial<FrontMatter>) => ({ frontMatter: { ...frontMatter, ...front }, body: '' })
const nobody: ReadonlySet<number> = new Set()
const dataset = { name: 'Wine', sha256: 'b'.repeat(64) }

describe('whether a dataset is a version’s own', () => {
  it('is so when the user says so, when it is the training data, or when the card names it', () => {
    expect(ownReason(dataset, version, { told: nobody, card: card({}) })).toBeUndefined()
    expect(ownReason(dataset, version, { told: new Set([7]), card: card({}) })).toBe('told')
    const trained = { ...dataset, sha256: version.sketchSha256 }
    expect(ownReason(trained, version, { told: nobody, card: card({}) })).toBe('training data')
    const why = (front: Partial<FrontMatter>) => ownReason(dataset, version, { told: nobody, card: card(front) })
    expect(why({ datasets: 'wine' })).toBe('named by the card')
    expect(why({ datasets: ['beer', 'wine'] })).toBe('named by the card')
    expect(why({ datasets: ['wine-2'] })).toBeUndefined()
  })

  it('takes the datasets of the model-index, too', () => {
    const measured = (name: string) => ({
      'model-index': [{ results: [{ dataset: { type: 'uci', name }, metrics: [{ type: 'accuracy', value: 0.5 }] }] }],
    })
    const why = (name: string) => ownReason(dataset, version, { told: nobody, card: card(measured(name)) })
    expect(why('wine')).toBe('named by the card')
    expect(why('beer')).toBeUndefined()
  })
})
