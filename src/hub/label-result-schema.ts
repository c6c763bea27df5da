import { z } from 'zod'

const share = z.number().min(0).max(1)

/** What `modelhub label --json` prints. Fields may be added, none changed. */
export const labelResultSchema = z.looseObject({
  query: z.looseObject({
    source: z.string(),
    rows: z.int().min(0).describe('Rows that the models were run on: those that may be asked for.'),
    datasetRows: z.int().min(0),
    labelledRows: z.int().min(0).describe('Of the rows that the models were run on.'),
    skippedRows: z.int().min(0),
  }),
  classes: z.array(z.string()).describe('Labels that may be given.'),
  results: z.array(
    z.looseObject({
      rank: z.int().min(1),
      model: z.string().describe('owner/model'),
      version: z.int().min(1),
      accuracy: share.describe('Expected on all rows, given the labels; not the share right of the labelled ones.'),
      best: share.describe('Probability of being the most accurate; they sum to 1.'),
      right: z.int().min(0).describe('Labelled rows that it has right. No estimate: they were chosen to be telling.'),
      fit: share.nullable().describe('By sketches alone; null where the model was not compared.'),
    }),
  ),
  expectedRegret: share.describe('Accuracy that choosing the first model is expected to lose against the best.'),
  disagreement: share.describe('Share of the rows on which the models disagree.'),
  next: z
    .array(
      z.looseObject({
        row: z.int().min(0).describe('In the dataset, counted from 0.'),
        predictions: z.record(z.string(), z.string()).describe('What each model says of it.'),
      }),
    )
    .describe('Rows to label next, the most telling first.'),
  failures: z.array(
    z.looseObject({ model: z.string(), version: z.int().min(1), code: z.string(), reason: z.string() }),
  ),
  warnings: z.array(z.string()),
})

export type LabelResult = z.infer<typeof labelResultSchema>

/** JSON Schema (draft 2020-12) of the same, as kept in schema/label-result.schema.json. */
export function labelResultJsonSchema(): object {
  return { title: 'Result of modelhub label --json', ...z.toJSONSchema(labelResultSchema) }
}
