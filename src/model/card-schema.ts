import * as z from 'zod'
import { inputSignatureSchema } from './input-signature.ts'

/** `owner/model`: each part as the Hugging Face Hub has it, 1 to 96 of letters, digits, `-`, `_`, `.`. */
export const MODEL_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}\/[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/

const output = z.looseObject({
  name: z.string().min(1).optional().describe('Name of the graph output; the first one when absent.'),
  kind: z.enum(['logits', 'probabilities']).describe('What its numbers are, one a label.'),
})

const share = z.number().min(0).max(1)

const calibration = z.looseObject({
  temperature: z.number().positive().optional().describe('Logits are divided by it before the softmax.'),
  accuracy: share.optional().describe('Accuracy on held-out rows, in [0, 1].'),
  meanConfidence: share.optional().describe('Mean of the highest probability on those rows at the temperature.'),
  atcThreshold: z.number().min(0).optional().describe('Confidence below which as many of those rows lie as are wrong.'),
  confusion: z
    .array(z.array(z.int().min(0)))
    .optional()
    .describe('Those rows by true class, then by predicted class; shape (labels, labels).'),
})

/** The `modelhub` key of a model card. */
export const modelhubKeySchema = z.looseObject({
  name: z.string().regex(MODEL_NAME, 'expected owner/model').describe('The name under which the model is found.'),
  input: inputSignatureSchema,
  output: output.optional().describe('Where the scores are; the first graph output, as logits, when absent.'),
  labels: z.array(z.string().min(1)).min(2).describe('Name of each class, in the order of the scores.'),
  view: z.record(z.string(), z.unknown()).optional().describe('How a dataset was looked at when it was sketched.'),
  embedding: z
    .string()
    .min(1)
    .optional()
    .describe('Tensor that holds the embedding; the input of the last dense layer when absent.'),
  calibration: calibration.optional().describe('What `modelhub calibrate` measured on held-out rows.'),
  domain: z.string().min(1).optional().describe('Group of models whose features overlap; found by them when absent.'),
})

const oneOrMore = z.union([z.string(), z.array(z.string())], 'expected a string or a list of strings')
const named = z.looseObject({ type: z.string().optional(), name: z.string().optional() })
const result = z.looseObject({
  task: named.optional(),
  dataset: named.optional(),
  metrics: z.array(z.looseObject({ type: z.string(), value: z.unknown() })),
})

/** The whole front matter: Hugging Face's keys, all optional and those unknown kept, and `modelhub`. */
export const frontMatterSchema = z.looseObject({
  license: oneOrMore.optional(),
  language: oneOrMore.optional(),
  library_name: z.string().optional(),
  tags: z.array(z.string()).optional(),
  datasets: oneOrMore.optional(),
  metrics: oneOrMore.optional(),
  pipeline_tag: z.string().optional(),
  'model-index': z.array(z.looseObject({ name: z.string().optional(), results: z.array(result) })).optional(),
  modelhub: modelhubKeySchema,
})

/** A model card's front matter, validated. */
export type FrontMatter = z.infer<typeof frontMatterSchema>

/** JSON Schema (draft 2020-12) of the `modelhub` key, as kept in schema/model-card.schema.json. */
export function modelCardJsonSchema(): object {
  return {
    title: 'The modelhub key of a model card',
    ...z.toJSONSchema(modelhubKeySchema, { io: 'input' }),
  }
}
