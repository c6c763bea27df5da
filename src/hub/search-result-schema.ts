import { z } from 'zod'

const share = z.number().min(0).max(1)

/** One ranked model. */
const result = z.looseObject({
  rank: z.int().min(1),
  model: z.string().describe('owner/model'),
  version: z.int().min(1),
  score: z.number().nullable().describe('In the unit of the metric; null where its evidence is missing.'),
  metric: z.string(),
  overlap: share.describe('Share of the target’s features that the model has.'),
  fit: share,
  adaptivity: z.number().min(0).describe('Not bounded by 1.'),
  coverage: share,
  softCoverage: share,
  js: z.number().min(0).max(0.6932).describe('Nats.'),
  sourceAccuracy: share.nullable(),
  sizeBytes: z.int().min(0),
  license: z.string().nullable(),
})

/** What `modelhub search --json` prints. Fields may be added, none changed. */
export const searchResultSchema = z.looseObject({
  query: z.looseObject({
    source: z.string(),
    rows: z.int().min(1),
    features: z.int().min(1),
    sketchSha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  parameters: z.looseObject({
    metric: z.string(),
    space: z.enum(['joint', 'pooled']),
    match: z.enum(['both', 'name', 'distribution']),
    t1: z.number(),
    t2: z.number(),
    threshold: z.union([z.literal('auto'), z.number()]),
    minAdaptivity: z.number().optional(),
    maxJs: z.number().optional(),
    top: z.int().min(1),
    excludeModels: z.array(z.string()),
    where: z.string().optional().describe('The condition that candidates fulfil (docs/where.md).'),
  }),
  results: z.array(result),
  considered: z.array(z.string()).describe('Every model whose training data were compared, as owner/model@3.'),
  hubRevision: z.int().min(0).describe('How often the hub had been written to.'),
  baselines: z.looseObject({
    sourceAccuracy: z.array(z.string()).describe('The candidates by stated accuracy: looks at no data.'),
  }),
  verdict: z.looseObject({
    code: z.enum(['ranked', 'nothing-fits']),
    dataChangedFirst: z.boolean(),
    message: z.string(),
  }),
  warnings: z.array(z.string()).describe('What may make the ranking other than expected.'),
  elapsedMs: z.number().min(0),
  receipt: z.string().optional().describe('Id that `modelhub receipts show` knows it by; absent where none was kept.'),
})

export type SearchResult = z.infer<typeof searchResultSchema>

/** JSON Schema (draft 2020-12) of the same, as kept in schema/search-result.schema.json. */
export function searchResultJsonSchema(): object {
  return { title: 'Result of modelhub search --json', ...z.toJSONSchema(searchResultSchema) }
}
