import * as z from 'zod'
import { TENSOR_TYPES } from './tensor-type.ts'

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
})

/**
 * What a model takes: the kind of row, the tensors to feed, the order of the columns, and how values are normalised.
 *
 * - `tensors[].shape`: sizes, or symbols where the size varies; the first dimension counts rows.
 * - `columns`: together as many as the tensors are wide, the first tensor's first.
 * - `normalisation`: absent means none; lists hold one number a column or channel, or one for all.
 */
export type InputSignature = z.infer<typeof inputSignatureSchema>

/** How values are changed before they are fed. */
export type Normalisation = z.infer<typeof normalisation>
