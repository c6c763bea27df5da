import { z } from 'zod'
import { MAX_FEATURES } from '../common/limits.ts'
import { ModelHubError } from '../common/modelhub-error.ts'
import { fromBase64, toBase64 } from './base64.ts'
import type { FeatureBins, NumericBins } from './feature-bins.ts'
import { withKeyId } from './key-id.ts'
import { SIGNATURE_LENGTH } from './min-hash.ts'
import type { Partition, Sketch, SketchFeature } from './sketch.ts'

/** Version of the sketch file format; docs/sketch-format.md describes it. */
export const SKETCH_FORMAT = 1

/** Key of the metadata in the Parquet file's key-value metadata. */
export const METADATA_KEY = 'modelhub.sketch'

const count = z.int().nonnegative()
const indices = z.array(count)
const common = { name: z.string(), signature: z.base64() }

const featureSchema = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.literal('numeric'),
    edges: z.array(z.number()).min(2),
    atoms: z.array(z.number()),
    coarseEdges: indices.min(2),
    coarseAtoms: indices,
  }),
  z.object({ ...common, type: z.literal('categorical'), hashes: z.base64(), coarseHashes: count }),
  z.object({ ...common, type: z.literal('text'), hashes: z.base64(), coarseHashes: count }),
])

const metadataSchema = z.object({
  format: z.literal(SKETCH_FORMAT),
  profile: z.enum(['default', 'paper']),
  seed: count,
  rows: count.min(1),
  partitions: z.array(z.object({ kind: z.enum(['whole', 'clustered', 'random']), rows: count.min(1) })).min(1),
  features: z.array(featureSchema).min(1).max(MAX_FEATURES),
  keyId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  minCell: count.optional(),
  referenceMean: z.object({ reference: z.string(), mean: z.base64() }).optional(),
  view: z.string().optional(),
})

type Metadata = z.infer<typeof metadataSchema>
type FeatureMetadata = Metadata['features'][number]

/** What a sketch file says beside its counts. */
export type SketchHeader = Omit<Sketch, 'partitions'> & { readonly partitions: readonly Omit<Partition, 'counts'>[] }

/** The metadata of a sketch as JSON, keys in a fixed order. */
export function renderMetadata(sketch: Sketch): string {
  const metadata: Metadata = {
    format: SKETCH_FORMAT,
    profile: sketch.profile,
    seed: sketch.seed,
    rows: sketch.rows,
    partitions: sketch.partitions.map(({ kind, rows }) => ({ kind, rows })),
    features: sketch.features.map(featureMetadata),
  }
  if (sketch.keyId !== undefined) metadata.keyId = sketch.keyId
  if (sketch.minCell !== undefined) metadata.minCell = sketch.minCell
  if (sketch.referenceMean) {
    const { reference, mean } = sketch.referenceMean
    metadata.referenceMean = { reference, mean: toBase64(mean) }
  }
  if (sketch.view !== undefined) metadata.view = sketch.view
  return JSON.stringify(metadata)
}

/**
 * Parses and checks the metadata of a sketch file.
 *
 * @throws SKETCH_INVALID naming the field
 */
export function parseMetadata(text: string, file: string): SketchHeader {
  const parsed = metadataSchema.safeParse(jsonOf(text, file))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue.path.join('.') || 'metadata'
    throw new ModelHubError('SKETCH_INVALID', `${file}: ${where}: ${issue.message}`, { cause: parsed.error })
  }
  const { referenceMean, features, ...header } = parsed.data
  requireDistinct(features, file)
  const sketch: SketchHeader = {
    profile: header.profile,
    seed: header.seed,
    rows: header.rows,
    view: header.view,
    partitions: header.partitions,
    features: features.map(feature => sketchFeature(feature, file)),
    referenceMean: referenceMean && {
      reference: referenceMean.reference,
      mean: new Float64Array(bytesOf(referenceMean.mean, 8, `${file}: referenceMean: mean`)),
    },
    ...(header.minCell === undefined ? {} : { minCell: header.minCell }),
  }
  return withKeyId(sketch, header.keyId)
}

function requireDistinct(features: readonly FeatureMetadata[], file: string): void {
  const names = new Set<string>()
  for (const { name } of features) {
    if (names.has(name)) throw new ModelHubError('SKETCH_INVALID', `${file}: features: two are named ${name}`)
    names.add(name)
  }
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ModelHubError('SKETCH_INVALID', `${file}: metadata: expected JSON`, { cause })
  }
}

function featureMetadata({ name, type, bins, coarseBins, signature }: SketchFeature): FeatureMetadata {
  const common = { name, signature: toBase64(narrowed(signature)) }
  if (bins.kind === 'numeric' && type === 'numeric') {
    const { edges, atoms } = coarseBins as NumericBins
    return {
      type,
      ...common,
      edges: Array.from(bins.edges),
      atoms: Array.from(bins.atoms),
      coarseEdges: Array.from(edges, edge => bins.edges.indexOf(edge)),
      coarseAtoms: Array.from(atoms, atom => bins.atoms.indexOf(atom)),
    }
  }
  const hashes = (binsOf: FeatureBins) => (binsOf.kind === 'nominal' ? binsOf.hashes : new Uint32Array(0))
  return {
    type: type === 'text' ? 'text' : 'categorical',
    ...common,
    hashes: toBase64(hashes(bins)),
    coarseHashes: hashes(coarseBins).length,
  }
}

function sketchFeature(feature: FeatureMetadata, file: string): SketchFeature {
  const { name, type } = feature
  const signature = signatureOf(feature, file)
  if (feature.type !== 'numeric') {
    return { name, type, signature, ...nominalBins(feature, `${file}: features: ${name}`) }
  }
  return { name, type, signature, ...numericBins(feature, `${file}: features: ${name}`) }
}

type FeatureOfType<T extends FeatureMetadata['type']> = Extract<FeatureMetadata, { readonly type: T }>
type BothBins = Pick<SketchFeature, 'bins' | 'coarseBins'>

function numericBins(feature: FeatureOfType<'numeric'>, where: string): BothBins {
  const edges = ascending(feature.edges, `${where}: edges`)
  const atoms = ascending(feature.atoms, `${where}: atoms`)
  const { coarseEdges, coarseAtoms } = feature
  if (coarseEdges[0] !== 0 || coarseEdges[coarseEdges.length - 1] !== edges.length - 1) {
    throw new ModelHubError('SKETCH_INVALID', `${where}: coarseEdges: expected the first and the last edge among them`)
  }
  return {
    bins: { kind: 'numeric', edges, atoms },
    coarseBins: {
      kind: 'numeric',
      edges: picked(edges, coarseEdges, `${where}: coarseEdges`),
      atoms: picked(atoms, coarseAtoms, `${where}: coarseAtoms`),
    },
  }
}

function nominalBins(feature: FeatureOfType<'categorical' | 'text'>, where: string): BothBins {
  const hashes = new Uint32Array(bytesOf(feature.hashes, 4, `${where}: hashes`))
  if (new Set(hashes).size < hashes.length) {
    throw new ModelHubError('SKETCH_INVALID', `${where}: hashes: expected each one once`)
  }
  if (feature.coarseHashes > hashes.length) {
    throw new ModelHubError(
      'SKETCH_INVALID',
      `${where}: coarseHashes: expected at most ${hashes.length}, got ${feature.coarseHashes}`,
    )
  }
  return {
    bins: { kind: 'nominal', hashes },
    coarseBins: { kind: 'nominal', hashes: hashes.slice(0, feature.coarseHashes) },
  }
}

function picked(from: Float64Array, at: readonly number[], where: string): Float64Array {
  const outside = at.find(i => i >= from.length)
  if (outside !== undefined) {
    throw new ModelHubError('SKETCH_INVALID', `${where}: expected positions below ${from.length}, got ${outside}`)
  }
  return ascending(
    at.map(i => from[i]),
    where,
  )
}

function ascending(values: readonly number[], where: string): Float64Array {
  const wrong = values.findIndex((value, i) => i > 0 && !(value > values[i - 1]))
  if (wrong > 0) {
    throw new ModelHubError(
      'SKETCH_INVALID',
      `${where}: expected ascending numbers, got ${values[wrong]} after ${values[wrong - 1]}`,
    )
  }
  return Float64Array.from(values)
}

/** The bytes of a base64 field that holds numbers of `width` bytes each. */
function bytesOf(base64: string, width: number, where: string): ArrayBuffer {
  const bytes = fromBase64(base64)
  if (bytes.byteLength % width === 0) return bytes
  throw new ModelHubError('SKETCH_INVALID', `${where}: expected a multiple of ${width} bytes, got ${bytes.byteLength}`)
}

/** Two bytes a value are enough for lattice elements. */
function narrowed(signature: Uint32Array): Uint16Array | Uint32Array {
  return signature.every(value => value < 0x10000) ? Uint16Array.from(signature) : signature
}

function signatureOf({ name, signature }: FeatureMetadata, file: string): Uint32Array {
  const bytes = fromBase64(signature)
  if (bytes.byteLength === SIGNATURE_LENGTH * 2) return Uint32Array.from(new Uint16Array(bytes))
  if (bytes.byteLength === SIGNATURE_LENGTH * 4) return new Uint32Array(bytes)
  throw new ModelHubError(
    'SKETCH_INVALID',
    `${file}: features: ${name}: signature: expected ${SIGNATURE_LENGTH * 2} or ${SIGNATURE_LENGTH * 4} bytes, got ${bytes.byteLength}`,
  )
}
