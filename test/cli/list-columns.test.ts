import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOption, LIST_COLUMNS, listValues, sortOption, sortVersions } from '../../src/cli/list-columns.ts'
import { newVersion } from '../catalog/versions.ts'
import { caughtCode } from '../caught-code.ts'

const version = (name: string, change: Parameters<typeof newVersion>[2] = {}) => ({
  ...newVersion(name, name, change),
  ...{ id: 1, modelId: 1, version: 1, yanked: false, contentSha256: '' },
})

describe('columns', () => {
  it('are read by comma, with the names that --where has too', () => {
    expect(columnsOption('model, sizeBytes')).toEqual(['model', 'sizeBytes'])
    expect(columnsOption('name,updated')).toEqual(['model', 'publishedAt'])
  })

  it.each(['', 'size', 'model,,rows', 'toString', '__proto__'])('%j is refused with the list', text => {
    expect(caughtCode(() => columnsOption(text))).toBe('USAGE')
    expect(() => columnsOption(text)).toThrow('--columns: expected one of model, version, yanked, task,')
  })

  it('stand in the guide, every one', () => {
    const guide = readFileSync(new URL('../../docs/guide.md', import.meta.url), 'utf8')
    for (const column of Object.keys(LIST_COLUMNS)) expect(guide).toContain(`\`${column}\``)
  })

  it('give programs what is asked for, in that order', () => {
    const [row] = listValues([version('ada/wine', { task: null })], ['rows', 'model', 'task', 'features'])
    expect(JSON.stringify(row)).toBe('{"rows":1234,"model":"ada/wine","task":null,"features":4}')
    expect(Object.keys(listValues([version('ada/wine')])[0])).toEqual(Object.keys(LIST_COLUMNS))
  })
})

describe('sorting', () => {
  const MODELS = [
    version('a/a', { sourceAccuracy: null, sizeBytes: 2 }),
    version('b/b', { sourceAccuracy: 0.5, sizeBytes: 2 }),
    version('c/c', { sourceAccuracy: 0.9, sizeBytes: 1 }),
  ]
  const sorted = (text: string) => sortVersions(MODELS, sortOption(text)).map(({ name }) => name[0])

  it('goes up or down, by several columns, what is not stated last', () => {
    expect(sorted('sourceAccuracy')).toEqual(['b', 'c', 'a'])
    expect(sorted('sourceAccuracy:desc')).toEqual(['c', 'b', 'a'])
    expect(sorted('sizeBytes')).toEqual(['c', 'a', 'b'])
    expect(sorted('sizeBytes:desc,name:desc')).toEqual(['b', 'a', 'c'])
    expect(sorted('sizeBytes:asc,sourceAccuracy')).toEqual(['c', 'b', 'a'])
  })

  it.each(['size', 'rows:down', 'rows:desc:asc', 'rows,', ''])('%j is refused', text => {
    expect(caughtCode(() => sortOption(text))).toBe('USAGE')
  })

  it('keeps every version, and what is equal in its order', () => {
    const rows = fc.array(fc.record({ sizeBytes: fc.nat(3), name: fc.string() }), { maxLength: 20 })
    fc.assert(
      fc.property(rows, made => {
        const versions = made.map(({ name, sizeBytes }, i) => ({ ...version(name, { sizeBytes }), id: i }))
        const order = sortVersions(versions, sortOption('sizeBytes'))
        const keys = order.map(({ sizeBytes, id }) => sizeBytes * 100 + id)
        expect(keys).toEqual([...keys].sort((a, b) => a - b))
        expect(order).toHaveLength(versions.length)
      }),
      { seed: 1 },
    )
  })
})
