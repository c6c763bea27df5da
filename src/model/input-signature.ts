import * as z from 'zod'
import { TENSOR_TYPES } from './tensor-type.ts'

/** Rules by which an image is resized: see `input.resize` in docs/model-card.md. */
export const RESIZE_RULES = ['linear', 'cubic', 'lanczos3', 'nearest', 'bilinear'] as const

/** Rules by which colours become one grey level: see `input.grey` in docs/model-card.md. */
export const GREY_RULES = ['rec601', 'rec709', 'mean'] as const

const dimension = z.union([z.int().positive(), z.string().min(1)], 'expected a positive integer or a symbol')

const tensorSignature = z.looseObject({
  name: z.string().min(1).describe('Name of the graph input.'),
  shape: z
    .array(dimension)
    .describe('One entry a dimension: a fixed size, or a symbol such as N for one that varies; rows come first.'),
  type: z.enum(TENSOR_TYPES).describe('Element type.'),
})

const finite = z.array(z.number()).min(1)

const normalisation = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('none') }).describe('Values enter the model as they are.'),
  z
    .looseObject({ kind: z.literal('scale'), factor: z.number() })
    .describe('x · factor: 1/255 for pixels in [0, 1], 1/400 for an embedding stored as int8.'),
  z
    .looseObject({ kind: z.literal('standard'), mean: finite, std: z.array(z.number().positive()).min(1) })
    .describe('(x − mean) / std. One number a column or channel, or one for all.'),
  z
    .looseObject({ kind: z.literal('min-max'), min: finite, max: finite })
    .describe('(x − min) / (max − min), of the training data. One number a column or channel, or one for all.'),
  z
    .looseObject({ kind: z.literal('min-max-of-batch') })
    .describe('(x − min) / (max − min) per column, over the whole dataset that is served; a constant column gives 0.'),
])

const imageFields = {
  resize: z
    .enum(RESIZE_RULES)
    .optional()
    .describe(
      'How an image is brought to the size of the tensor: linear (the default), cubic or lanczos3 with antialiasing ' +
        'when it is reduced; nearest; or bilinear, plain interpolation without antialiasing.',
    ),
  crop: z
    .union(
      [z.int().positive(), z.tuple([z.int().positive(), z.int().positive()])],
      'expected a side or [height, width]',
    )
    .optional()
    .describe(
      'What an image is resized to before the middle of the tensor’s size is cut out of it: the shorter side, or ' +
        '[height, width]. Images are stretched to the tensor’s size when absent.',
    ),
  grey: z
    .enum(GREY_RULES)
    .optional()
    .describe('Grey level of a colour image for one channel: rec601 (the default), rec709 or the mean of R, G and B.'),
  channelOrder: z.enum(['rgb', 'bgr']).optional().describe('Order of three channels; rgb when absent.'),
}

const textFields = {
  tokenizer: z
    .string()
    .min(1)
    .optional()
    .describe("The tokenizer.json of a text model, as a path relative to the model's folder and within it."),
  maxTokens: z
    .int()
    .positive()
    .optional()
    .describe("Longer texts are cut to so many tokens, special ones included; the tokenizer's own limit when absent."),
}

/** What `modelhub.input` of a model card holds. */
export const inputSignatureSchema = z.looseObject({
  kind: z.enum(['table', 'image', 'text', 'tensor']).describe('What a row of a dataset is to the model.'),
  tensors: z.array(tensorSignature).min(1).describe('Every graph input that must be fed.'),
  columns: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Names of the columns, in the order in which they fill the tensors. Needed when kind is table.'),
  normalisation: normalisation.optional().describe('What is done to the values before they are fed; none when absent.'),
  missing: z
    .union([z.number(), finite], 'expected a number or a list of numbers')
    .optional()
    .describe(
      'What stands for a missing or infinite value, before normalisation: one number a column, or one for all. When ' +
        'absent 0 if normalisation is min-max-of-batch, else missing values are fed as NaN.',
    ),
  ...imageFields,
  ...textFields,
})

/**
 * What a model takes: the kind of row, the tensors to feed, the order of the columns, and how values are normalised.
 *
 * - `tensors[].shape`: sizes, or symbols where the size varies; the first dimension counts rows.
 * - `columns`: together as many as the tensors are wide, the first tensor's first.
 * - `normalisation`: absent means none; lists hold one number a column or channel, or one for all.
 * - `missing`: numbers before normalisation; absent means NaN is fed, or 0 under `min-max-of-batch`.
 * - `resize`, `crop`, `grey`, `channelOrder`: of images. `tokenizer`, `maxTokens`: of texts.
 */
export type InputSignature = z.infer<typeof inputSignatureSchema>

/** How values are changed before they are fed. */
export type Normalisation = z.infer<typeof normalisation>
