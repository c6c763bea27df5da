import { sql, type Kysely } from 'kysely'
import { openCatalog, saveDomain, type Catalog } from '../src/catalog/index.ts'
import { slotRecords } from '../src/hub/stored-domain.ts'
import type { LoadedSketch } from '../src/hub/index.ts'
import type { PartitionBlock } from '../src/divergence/index.ts'
import { encodeBlocks } from '../src/sketch/block-codec.ts'
import { blockColumns, datasetBlocks, type DatasetBlocks } from '../src/sketch/dataset-blocks.ts'
import { SIGNATURE_LENGTH } from '../src/sketch/min-hash.ts'
import type { Partition, PartitionKind, Sketch } from '../src/sketch/sketch.ts'
import type { BlockTable } from '../src/catalog/schema.ts'
import type { SimulatedHub } from './simulated-hub.ts'

const MODELS_A_WRITE = 2000
/** Below the number of parameters that SQLite allows in one statement. */
const ROWS_A_STATEMENT = 500
const PUBLISHED_AT = '2026-01-01T00:00:00.000Z'

/** How a simulated hub is made. */
interface Made {
  readonly models: number
  /** Whether datasets have clustered partitions too, which a search by fit compares: some 300 KB a model. */
  readonly parts: boolean
  /** The only models whose datasets have them; all have where it is absent. */
  readonly partsOf?: ReadonlySet<number>
}

/**
 * Writes a simulated hub as a real one, into a folder: every model with its card, its version and the blocks that a search
 * compares. The models have no files, as no search opens one. Their signatures are empty, which no search by JS or by
 * fit looks at: 41 KB a model that are put in when a block is read.
 */
export async function writeSimulatedCatalog(
  hub: SimulatedHub,
  folder: string,
  { models, parts, partsOf }: Made,
): Promise<void> {
  const hasParts = (ordinal: number) => parts && (partsOf?.has(ordinal) ?? true)
  const catalog = await openCatalog(folder, { create: true })
  try {
    const domain = await catalog.write(tx =>
      saveDomain(tx, { name: 'sensors', referenceVersion: 1 }, slotRecords(hub.domain)),
    )
    const signatureBytes = 4 * SIGNATURE_LENGTH * hub.domain.slots.length
    await sql`alter table block rename to short_block`.execute(catalog.db)
    await sql`create view block as select version_id, reference_version, layout,
      cast(bytes || zeroblob(${sql.lit(signatureBytes)}) as blob) as bytes from short_block`.execute(catalog.db)
    for (let from = 0; from < models; from += MODELS_A_WRITE) {
      const ordinals = Array.from({ length: Math.min(MODELS_A_WRITE, models - from) }, (_, i) => from + i)
      await writeModels(catalog, { hub, domainId: domain.id, ordinals, hasParts })
    }
  } finally {
    await catalog.close()
  }
}

interface Writing {
  readonly hub: SimulatedHub
  readonly domainId: number
  readonly ordinals: readonly number[]
  readonly hasParts: (ordinal: number) => boolean
}

async function writeModels(catalog: Catalog, { hub, domainId, ordinals, hasParts }: Writing): Promise<void> {
  const slots = new Uint8Array(Int32Array.from(hub.domain.slots.keys()).buffer)
  const blocks = ordinals.map(ordinal => blockRow(hub, ordinal, hasParts(ordinal)))
  const models = ordinals.map(ordinal => {
    return { id: idOf(ordinal), name: nameOf(ordinal), created_at: PUBLISHED_AT, last_version: 1 }
  })
  const versions = ordinals.map(ordinal => {
    const sha256 = ((ordinal * 2654435761) >>> 0).toString(16).padStart(8, '0').repeat(8)
    return {
      ...{ id: idOf(ordinal), model_id: idOf(ordinal), version: 1, published_at: PUBLISHED_AT, yanked: 0 },
      ...{ content_sha256: sha256, card: CARD, license: 'mit', task: 'tabular-classification' },
      ...{ source_accuracy: 0.5 + (ordinal % 5000) / 10_000, onnx_sha256: sha256, sketch_sha256: sha256 },
      ...{ size_bytes: 40_000, opset: 17, inputs: SIGNATURE, outputs: SIGNATURE, last_dense: null, parameters: 10_000 },
      ...{ domain_id: domainId, rows: hub.modelRows(ordinal), feature_slots: slots, view: null },
    }
  })
  await catalog.write(async tx => {
    for (let at = 0; at < ordinals.length; at += ROWS_A_STATEMENT) {
      const some = <T>(rows: readonly T[]) => rows.slice(at, at + ROWS_A_STATEMENT)
      await tx.insertInto('model').values(some(models)).execute()
      await tx.insertInto('version').values(some(versions)).execute()
      await (tx as unknown as Kysely<{ short_block: BlockTable }>)
        .insertInto('short_block')
        .values(some(blocks))
        .execute()
    }
  })
}

const CARD = '---\nlicense: mit\n---\nA simulated model.\n'
const SIGNATURE = JSON.stringify([{ name: 'input', type: 'float', shape: [null, 81] }])

function blockRow(hub: SimulatedHub, ordinal: number, parts: boolean) {
  const none: PartitionBlock = {
    ...{ partitions: 0, offsets: hub.offsets },
    ...{ values: new Float32Array(0), rows: new Float64Array(0) },
  }
  const whole: PartitionBlock = {
    ...{ partitions: 1, offsets: hub.offsets },
    ...{ values: hub.model(ordinal), rows: Float64Array.of(2000) },
  }
  const made = parts ? hub.modelParts(ordinal) : { whole, clustered: none }
  const { layout, bytes } = encodeBlocks({ blocks: { ...made, random: none }, signatures: new Uint32Array(0) })
  return { version_id: idOf(ordinal), reference_version: 1, layout: JSON.stringify(layout), bytes }
}

function idOf(ordinal: number): number {
  return ordinal + 1000
}

/** The name of a model of a simulated hub. */
export function nameOf(ordinal: number): string {
  return `simulated/m${String(ordinal).padStart(7, '0')}`
}

/** The sketch of a target that is known in its domain's bins alone. */
export function simulatedTarget(
  hub: SimulatedHub,
  ordinal: number,
  { models, parts }: Omit<Made, 'partsOf'>,
): LoadedSketch {
  const { whole, clustered } = hub.targetParts(ordinal, models)
  const reference = hub.domain.slots.map(slot => slot.reference)
  const rows = whole.rows[0]
  const partitionsOf = (kind: PartitionKind, { values, rows: counts, partitions }: PartitionBlock): Partition[] =>
    Array.from({ length: partitions }, (_, i) => ({
      kind,
      rows: counts[i],
      counts: reference.map((_, f) =>
        Uint32Array.from(
          values.subarray(i * whole.values.length + hub.offsets[f], i * whole.values.length + hub.offsets[f + 1]),
          p => Math.round(p * counts[i]),
        ),
      ),
    }))
  const sketch: Sketch = {
    ...hub.sketch,
    rows,
    features: hub.sketch.features.map((feature, f) => ({ ...feature, bins: reference[f], coarseBins: reference[f] })),
    partitions: [...partitionsOf('whole', whole), ...(parts ? partitionsOf('clustered', clustered) : [])],
  }
  return { source: `target ${ordinal}`, sketch, bytes: new Uint8Array(0), sha256: '0'.repeat(64), warnings: [] }
}

/** What a search compares of such a target: its counts in whole rows, as a sketch has them. */
export function simulatedTargetBlocks(hub: SimulatedHub, ordinal: number, models: number): DatasetBlocks {
  const { sketch } = simulatedTarget(hub, ordinal, { models, parts: true })
  const slotOf = Int32Array.from(hub.domain.slots.keys())
  return datasetBlocks(sketch, slotOf, hub.domain, blockColumns(hub.domain, slotOf))
}
