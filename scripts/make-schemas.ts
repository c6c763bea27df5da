// Writes schema/*.schema.json from the schemas in src: npm run schemas
import { mkdirSync, writeFileSync } from 'node:fs'
import {
  evaluationResultJsonSchema,
  labelResultJsonSchema,
  rankResultJsonSchema,
  searchResultJsonSchema,
} from '../src/hub/index.ts'
import { modelCardJsonSchema } from '../src/model/index.ts'
import { receiptJsonSchema } from '../src/receipts/index.ts'

const folder = new URL('../schema/', import.meta.url)
const schemas = {
  'model-card': modelCardJsonSchema(),
  'search-result': searchResultJsonSchema(),
  'evaluation-result': evaluationResultJsonSchema(),
  'rank-result': rankResultJsonSchema(),
  receipt: receiptJsonSchema(),
  'label-result': labelResultJsonSchema(),
}
mkdirSync(folder, { recursive: true })
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(new URL(`${name}.schema.json`, folder), `${JSON.stringify(schema, null, 2)}\n`)
}
