import { z } from 'zod'

const share = z.number().min(0).max(1)
const ofVersion = { model: z.string().describe('owner/model'), version: z.int().min(1) }

/** What `modelhub evaluate --json` prints. Fields may be added, none changed. */
export const evaluationResultSchema = z.looseObject({
  parameters: z.looseObject({ sample: z.union([z.literal('all'), z.int().min(1)]), seed: z.int() }),
  datasets: z.array(
    z.looseObject({
      name: z.string(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .describe('Of its sketch; of their files for ready tensors.'),
      evaluated: z.int().min(0).describe('Models that were evaluated now.'),
      stored: z.int().min(0).describe('Models that the history had an evaluation of.'),
      own: z
        .array(z.looseObject({ ...ofVersion, why: z.enum(['told', 'training data', 'named by the card']) }))
        .describe('Models whose own dataset it is: it counts for nothing in their means.'),
    }),
  ),
  models: z
    .array(
      z.looseObject({
        ...ofVersion,
        elsewhere: share.nullable().describe('Mean accuracy on these datasets but its own; null without one.'),
        datasets: z.int().min(0).describe('Number of datasets that the mean is of.'),
      }),
    )
    .describe('Best first by mean accuracy elsewhere.'),
  evaluations: z.array(
    z.looseObject({
      ...ofVersion,
      dataset: z.string(),
      metric: z.string(),
      value: share,
      rows: z.int().min(1).describe('Labelled rows that the value was measured on.'),
      own: z.boolean(),
      scores: z.record(z.string(), z.number()).describe('What is known of the pair without labels.'),
    }),
  ),
  failures: z
    .array(
      z.looseObject({
        dataset: z.string(),
        model: z.string().nullable().describe('null where the dataset could be put to no model.'),
        version: z.int().min(1).nullable(),
        code: z.string(),
        reason: z.string(),
      }),
    )
    .describe('What could not be evaluated, and why.'),
  warnings: z.array(z.string()),
  elapsedMs: z.number().min(0),
})

export type EvaluationResult = z.infer<typeof evaluationResultSchema>

/** JSON Schema (draft 2020-12) of the same, as kept in schema/evaluation-result.schema.json. */
export function evaluationResultJsonSchema(): object {
  return { title: 'Result of modelhub evaluate --json', ...z.toJSONSchema(evaluationResultSchema) }
}
