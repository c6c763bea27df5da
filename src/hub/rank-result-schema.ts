import { z } from 'zod'
import { decisionSchema } from './decision-schema.ts'

const share = z.number().min(0).max(1)

/** One layer of a model. */
const layer = z.looseObject({
  layer: z.string().describe('Name of its tensor.'),
  width: z.int().min(1).describe('Numbers that it gives for a row.'),
  scores: z.record(z.string(), z.number()).describe('Its neuralRank, and those scores of layers that are in `by`.'),
})

/** One model that was run. */
const result = z.looseObject({
  rank: z.int().min(1),
  model: z.string().describe('owner/model'),
  version: z.int().min(1),
  score: z.number().nullable().describe('The first of `by`; null where its evidence is missing.'),
  scores: z.record(z.string(), z.number()).describe('Every score that could be told; the greater, the better.'),
  accuracyInterval: z.array(share).length(2).nullable().describe('95 % interval of the accuracy on the labelled rows.'),
  fit: share.nullable().describe('By sketches alone; null where the model was not compared.'),
  elsewhere: share.nullable().describe('Mean accuracy on the hub’s other labelled datasets; null without history.'),
  labelsKnown: share.nullable().describe('Share of the labelled rows whose label the model knows, by name.'),
  layer: z.string().nullable().describe('Tensor that the scores of a layer, and so the ranking, are of.'),
  layers: z.array(layer).describe('Every layer that was looked at; empty unless several were asked for.'),
  sourceAccuracy: share.nullable(),
  sizeBytes: z.int().min(0),
  license: z.string().nullable(),
  millisecondsPerRow: z
    .number()
    .min(0)
    .nullable()
    .describe('Inside the runtime; from the cache that of the last run; null where it is not known.'),
  fromCache: z.boolean().describe('Whether all of it came from the cache of an earlier run.'),
})

/** What `modelhub rank --json` prints. Fields may be added, none changed. */
export const rankResultSchema = z.looseObject({
  query: z.looseObject({
    source: z.string(),
    rows: z.int().min(0).describe('Rows that the models were run on.'),
    datasetRows: z.int().min(0),
    labelledRows: z.int().min(0),
    sketchSha256: z.string().nullable().describe('Of its sketch; null of ready tensors, which cannot be sketched.'),
    inputsSha256: z.string().nullable().describe('Of what the first model was fed; null where none was.'),
  }),
  parameters: z.looseObject({
    by: z.array(z.string()),
    sample: z.union([z.literal('all'), z.int().min(1)]),
    seed: z.int(),
    layer: z.string().describe('What models are ranked by: last for the last dense layer, or the name of a tensor.'),
    layers: z.array(z.string()).describe('What was asked for: names of tensors, last or all.'),
    pca: z.int().min(1),
    distance: z.enum(['cosine', 'euclidean']),
    b: z.enum(['mean', 'centroid']),
  }),
  results: z.array(result),
  considered: z.array(z.string()).describe('Models that the models to run were chosen from, as owner/model@3.'),
  hubRevision: z.int().min(0).describe('How often the hub had been written to.'),
  pick: z
    .union([
      z.looseObject({
        by: z.string().describe('The accuracy that the margin is of.'),
        best: z.string(),
        margin: share,
        within: z.array(z.string()).describe('Models within the margin of the best, most accurate first.'),
        smallest: z.string(),
        fastest: z.string().nullable().describe('Null where none of them was measured.'),
        freest: z.string().nullable().describe('Null where no licence of theirs is known.'),
        front: z.array(z.string()).describe('Pareto front of accuracy, size and time, over all models.'),
      }),
      z.looseObject({ by: z.null(), reason: z.string() }),
    ])
    .optional()
    .describe('What to take instead of the best, as `--within` asks; absent where nothing was asked.'),
  failures: z
    .array(
      z.looseObject({
        model: z.string(),
        version: z.int().min(1),
        code: z.string(),
        reason: z.string(),
      }),
    )
    .describe('Models that could not be run, and why.'),
  leftOut: z
    .array(z.string())
    .describe('Scores that were left out of one model at least, because they are dear and were not asked for.'),
  verdict: z.looseObject({
    code: z.enum(['best', 'as-good', 'cannot-tell', 'unlabelled']),
    asGood: z.array(z.string()).describe('Models that may be the best, as far as the labelled rows tell.'),
    message: z.string(),
  }),
  decision: decisionSchema.nullable().describe('Without labels too; null where no model was run.'),
  alarm: z
    .looseObject({
      alarm: z.boolean().describe('Whether agreement between these models cannot be trusted.'),
      reason: z.string(),
      camps: z.array(z.array(z.string())).describe('Models of the camps that disagree.'),
    })
    .nullable(),
  rounds: z
    .array(z.looseObject({ sample: z.int(), models: z.int(), seconds: z.number() }))
    .describe('Rounds of successive halving; empty without a budget.'),
  baselines: z.looseObject({
    sourceAccuracy: z.array(z.string()).describe('Those that state an accuracy, by it: looks at no data.'),
    fit: z.array(z.string()).describe('Those whose fit is known, by it: runs none of them.'),
    elsewhere: z
      .array(z.string())
      .describe('Those with a history by mean accuracy on the hub’s other labelled datasets: looks at no data.'),
  }),
  warnings: z.array(z.string()),
  elapsedMs: z.number().min(0),
  receipt: z.string().optional().describe('Id that `modelhub receipts show` knows it by; absent where none was kept.'),
})

export type RankResult = z.infer<typeof rankResultSchema>

/** JSON Schema (draft 2020-12) of the same, as kept in schema/rank-result.schema.json. */
export function rankResultJsonSchema(): object {
  return { title: 'Result of modelhub rank --json', ...z.toJSONSchema(rankResultSchema) }
}
