import { z } from 'zod'

/** Version of the file format. */
const FORMAT = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Models in the order of a result. */
const ranked = {
  parameters: z.record(z.string(), z.unknown()),
  results: z.array(
    z.looseObject({ rank: z.int().min(1), model: z.string(), version: z.int(), score: z.number().nullable() }),
  ),
  verdict: z.looseObject({ message: z.string() }),
}

/** What the commands that read results need of them; everything else stays as it was written. */
const result = z.looseObject({
  ...ranked,
  query: z.looseObject({ rows: z.number(), sketchSha256: sha256.nullable(), inputsSha256: sha256.nullish() }),
  considered: z.array(z.string()),
  hubRevision: z.int().min(0),
  run: z.looseObject(ranked).nullish().describe('Of a search that ran what it found.'),
})

/** What a receipt says, without its id. */
export const receiptContentSchema = z.strictObject({
  format: z.literal(FORMAT),
  kind: z.enum(['search', 'rank']),
  createdAt: z.iso.datetime(),
  versions: z.strictObject({ modelhub: z.string(), sketchFormat: z.int() }),
  hub: z.string().describe('Place of the hub as given, without passwords and parameters.'),
  target: z.array(
    z.strictObject({
      place: z.string().describe('As given.'),
      sha256: sha256.nullable().describe('Null of what is not one file.'),
    }),
  ),
  keyed: z.boolean().describe('Whether categories and words were hashed with a secret key, which is not kept.'),
  options: z.record(z.string(), z.unknown()).describe('As the library takes them.'),
  result,
})

/** What is kept of a search or a ranking: enough to show it again, to do it again, and to tell what changed. */
export const receiptSchema = z.strictObject({ id: z.string(), ...receiptContentSchema.shape })

export type ReceiptContent = z.infer<typeof receiptContentSchema>
export type Receipt = z.infer<typeof receiptSchema>
export type ReceiptKind = Receipt['kind']

/** JSON Schema (draft 2020-12) of the same, as kept in schema/receipt.schema.json. */
export function receiptJsonSchema(): object {
  return { title: 'Receipt of a search or a ranking', ...z.toJSONSchema(receiptSchema) }
}
