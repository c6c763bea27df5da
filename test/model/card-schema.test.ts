import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { modelCardJsonSchema } from '../../src/model/index.ts'

it('schema/model-card.schema.json is current (npm run schemas)', () => {
  const committed = readFileSync(new URL('../../schema/model-card.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(modelCardJsonSchema())))
})
