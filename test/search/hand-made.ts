import type { Candidate } from '../../src/search/index.ts'
import { blockColumns, datasetBlocks } from '../../src/sketch/dataset-blocks.ts'
import type { Domain } from '../../src/sketch/domain.ts'
import type { FeatureBins } from '../../src/sketch/feature-bins.ts'
import { SIGNATURE_LENGTH } from '../../src/sketch/min-hash.ts'
import type { PartitionKind, Sketch } from '../../src/sketch/sketch.ts'

/** Two bins, [0, 1) and [1, 2], and one for missing: of every feature of every hand-made sketch and domain. */
const BINS: FeatureBins = { kind: 'numeric', edges: Float64Array.of(0, 1, 2), atoms: new Float64Array(0) }

/** Rows in the two bins. */
export type Counts = readonly [low: number, high: number]

/** Counts by feature, of the whole and of the partitions of each kind; every part counts the same features. */
export interface HandMade {
  readonly whole: Readonly<Record<string, Counts>>
  readonly clustered?: readonly Readonly<Record<string, Counts>>[]
  readonly random?: readonly Readonly<Record<string, Counts>>[]
  /** Signatures by feature, where they are not that of the name. */
  readonly signatures?: Readonly<Record<string, Uint32Array>>
}

/** A signature that agrees with no other name's. */
export function signatureOf(name: string): Uint32Array {
  const seed = [...name].reduce((hash, letter) => hash * 31 + letter.charCodeAt(0), 7)
  return Uint32Array.from({ length: SIGNATURE_LENGTH }, (_, k) => (seed * 1000 + k) >>> 0)
}

/** A sketch of which every count is known. */
export function sketchOf({ whole, clustered = [], random = [], signatures = {} }: HandMade): Sketch {
  const names = Object.keys(whole)
  const rowsOf = (part: Readonly<Record<string, Counts>>) => part[names[0]][0] + part[names[0]][1]
  const partition = (kind: PartitionKind) => (part: Readonly<Record<string, Counts>>) => ({
    kind,
    rows: rowsOf(part),
    counts: names.map(name => Uint32Array.of(...part[name], 0)),
  })
  return {
    profile: 'default',
    seed: 0,
    rows: rowsOf(whole),
    features: names.map(name => ({
      name,
      type: 'numeric',
      bins: BINS,
      coarseBins: BINS,
      signature: signatures[name] ?? signatureOf(name),
    })),
    partitions: [
      partition('whole')(whole),
      ...clustered.map(partition('clustered')),
      ...random.map(partition('random')),
    ],
  }
}

/** A domain with these slots. */
export function domainOf(...names: string[]): Domain {
  return {
    slots: names.map(name => ({ name, type: 'numeric', signatures: [signatureOf(name)], reference: BINS })),
  }
}

/** A model of a domain whose slots have the names of its features. */
export function candidateOf(domain: Domain, name: string, made: HandMade, known: Partial<Candidate> = {}): Candidate {
  const sketch = sketchOf(made)
  const slotOf = Int32Array.from(sketch.features, feature => domain.slots.findIndex(slot => slot.name === feature.name))
  const columns = blockColumns(domain, slotOf)
  const signatures = new Uint32Array(columns.slots.length * SIGNATURE_LENGTH)
  columns.slots.forEach((slot, column) => {
    signatures.set(sketch.features[slotOf.indexOf(slot)].signature, column * SIGNATURE_LENGTH)
  })
  return {
    name,
    version: 1,
    sourceAccuracy: null,
    sizeBytes: 1,
    license: null,
    view: null,
    slotOf,
    columns,
    stored: { blocks: datasetBlocks(sketch, slotOf, domain, columns), signatures },
    sketch,
    ...known,
  }
}
