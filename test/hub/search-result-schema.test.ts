import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { searchResultJsonSchema } from '../../src/hub/index.ts'

it('schema/search-result.schema.json is current (npm run schemas)', () => {
  const committed = readFileSync(new URL('../../schema/search-result.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(searchResultJsonSchema())))
})
