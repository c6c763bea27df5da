import { describe, expect, it } from 'vitest'
import { parseModelRef } from '../../src/catalog/index.ts'

describe('a reference to a model', () => {
  it.each([
    ['ada/wine', { name: 'ada/wine', version: 'latest' }],
    ['ada/wine@latest', { name: 'ada/wine', version: 'latest' }],
    ['ada/wine.v2-x_y@12', { name: 'ada/wine.v2-x_y', version: 12 }],
  ])('%s is read', (text, ref) => {
    expect(parseModelRef(text)).toEqual(ref)
  })

  it.each([
    '',
    'wine',
    'ada/',
    'a/b/c',
    '../wine',
    'ada/.wine',
    'ada/wine@',
    'ada/wine@0',
    'ada/wine@1.5',
    'a/b@1@2',
    'a/b@v1',
    'a/b\n',
  ])('%j is refused', text => {
    expect(() => parseModelRef(text)).toThrow(expect.objectContaining({ code: 'USAGE' }))
  })
})
