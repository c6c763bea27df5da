import { z } from 'zod'
import { decisionSchema } from './decision-schema.ts'
import { ENGINES } from './engines.ts'
import { rankResultSchema } from './rank-result-schema.ts'

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
  elsewhere: share.nullable().describe('Mean accuracy on the hub’s other labelled datasets; null without history.'),
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
  engine: z.looseObject({
    asked: z.enum(ENGINES),
    used: z.enum(['exact', 'block', 'lsh']),
    reason: z.string().describe('Why that one.'),
    exact: z.boolean().describe('Whether the results are surely those of comparing every model.'),
    models: z.int().min(0).describe('Models searched.'),
    overlapping: z.int().min(0).describe('Of those, models that might be ranked.'),
    compared: z.int().min(0).describe('Of those, models that were compared in full.'),
    bounds: z
      .looseObject({
        models: z.int().min(0).describe('Models that share enough features.'),
        hellinger: z.int().min(0).describe('Of those, left by JS ≥ ln 2 · H² over merged bins.'),
        mergedBins: z.int().min(0).describe('Of those, left by JS over merged bins.'),
        codes: z.int().min(0).describe('Left by JS over all bins, rounded to 8 bits.'),
      })
      .optional()
      .describe('How many models each bound of the index left; absent where none was taken.'),
  }),
  results: z.array(result),
  considered: z
    .array(z.string())
    .describe('The models that were searched, as owner/model@3: the first 10,000 by name.'),
  hubRevision: z.int().min(0).describe('How often the hub had been written to.'),
  baselines: z.looseObject({
    sourceAccuracy: z.array(z.string()).describe('The first 1,000 candidates by stated accuracy: looks at no data.'),
    elsewhere: z
      .array(z.string())
      .describe('Those with a history by mean accuracy on the hub’s other labelled datasets: looks at no data.'),
  }),
  verdict: z.looseObject({
    code: z.enum(['ranked', 'nothing-fits']),
    dataChangedFirst: z.boolean(),
    message: z.string(),
  }),
  decision: decisionSchema
    .nullable()
    .describe('Of the results, by the hub’s history; null where it is too short, and where models were run.'),
  bundle: z
    .looseObject({
      models: z
        .array(
          z.looseObject({
            model: z.string(),
            version: z.int().min(1),
            fit: share,
            parts: z.int().min(1).describe('Parts of the target that it covers, those others cover too among them.'),
            gain: share.describe('Share of the rows in parts that it covers and none before it does.'),
            share: share.describe('Share of the rows in parts that it or one before it covers.'),
          }),
        )
        .describe('In order of gain.'),
      parts: z.int().min(1).describe('Parts of the target: its clustered partitions, where its sketch has them.'),
      share: share.describe('Share of the rows in parts that a model of the bundle covers.'),
      bestSingle: share.describe('Share of the rows in parts that the best single model covers.'),
      uncovered: z
        .looseObject({
          parts: z.int().min(1),
          rows: z.int().min(0),
          features: z.array(
            z.looseObject({
              feature: z.string(),
              js: z.number().min(0).describe('Of the parts that no model covers, from the whole target; nats.'),
              mean: z.number().nullable(),
              wholeMean: z.number().nullable(),
            }),
          ),
        })
        .nullable(),
    })
    .optional()
    .describe(
      'The models that together cover most of the target, where `--bundle` asks. A model covers a part where some part of its training data matches it and, unless a threshold is set, no other model comes nearer by more than sampling adds; the `coverage` of a result asks for a match alone.',
    ),
  warnings: z.array(z.string()).describe('What may make the ranking other than expected.'),
  elapsedMs: z.number().min(0).describe('Of the search alone.'),
  run: rankResultSchema
    .nullable()
    .optional()
    .describe('With --run, the shortlist as `modelhub rank --json` gives it; null where there was nothing to run.'),
  receipt: z.string().optional().describe('Id that `modelhub receipts show` knows it by; absent where none was kept.'),
})

export type SearchResult = z.infer<typeof searchResultSchema>

/** JSON Schema (draft 2020-12) of the same, as kept in schema/search-result.schema.json. */
export function searchResultJsonSchema(): object {
  return { title: 'Result of modelhub search --json', ...z.toJSONSchema(searchResultSchema) }
}
