// Writes schema/model-card.schema.json from the schemas in src/model: npm run schemas
import { mkdirSync, writeFileSync } from 'node:fs'
import { modelCardJsonSchema } from '../src/model/index.ts'

const folder = new URL('../schema/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('model-card.schema.json', folder), `${JSON.stringify(modelCardJsonSchema(), null, 2)}\n`)
