import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { evaluationResultJsonSchema } from '../../src/hub/index.ts'

it('schema/evaluation-result.schema.json is current (npm run schemas)', () => {
  const committed = readFileSync(new URL('../../schema/evaluation-result.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(evaluationResultJsonSchema())))
})
