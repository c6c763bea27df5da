import { z } from 'zod'

const share = z.number().min(0).max(1)

const pull = z.looseObject({
  evidence: z.string(),
  points: z.number().describe('What it adds to the mean over the models.'),
})

/** One answer from all the evidence, as `rank --json` and `search --json` give it. */
export const decisionSchema = z.looseObject({
  measure: z.string().describe('What is predicted: `accuracy`, or what the hub’s history measures.'),
  code: z.enum(['best', 'as-good', 'cannot-tell']),
  asGood: z.array(z.string()).describe('Models that may be the best, best first.'),
  message: z.string(),
  blindOrder: z.array(z.string()).describe('The same models in the order that looks at no data.'),
  dataChangedFirst: z.boolean(),
  base: z.number().describe('Mean value expected of the models.'),
  predicted: z
    .array(
      z.looseObject({
        model: z.string(),
        value: share.describe('Expected: the base and all pulls.'),
        low: share,
        high: share,
        pulls: z.array(pull),
      }),
    )
    .describe('Best first.'),
  basis: z.looseObject({
    kind: z.enum(['history', 'default']).describe('The hub’s own history, or other hubs’: then nothing is guaranteed.'),
    datasets: z.int().min(0),
    level: share.describe('Share of values that should lie in their intervals.'),
    evidence: z.array(z.string()),
  }),
})

export type DecisionResult = z.infer<typeof decisionSchema>
