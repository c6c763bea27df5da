import { pairwiseJensenShannon } from '../divergence/pairwise-jensen-shannon.ts'
import type { PartitionBlock } from '../divergence/partition-block.ts'
import { classicalScaling } from '../math/classical-scaling.ts'
import { blockColumns, datasetBlocks, type BlockColumns } from '../sketch/dataset-blocks.ts'
import type { Sketch } from '../sketch/sketch.ts'
import type { Candidate, DomainCandidates } from './candidate.ts'
import { mapTarget } from './compare.ts'
import type { SearchParameters } from './search-parameters.ts'

/** A dataset's place on the map. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** Models and target, placed by the similarity of their data. */
export interface HubMap {
  readonly target: Place
  readonly models: readonly (Place & {
    readonly name: string
    readonly version: number
    /** JS divergence from the target over the target's features, nats. */
    readonly js: number
  })[]
  /** Share of the distances' spread that two dimensions keep, in [0, 1]. */
  readonly share: number
}

/**
 * Places models and target in the plane by √JS of their whole datasets, which is a metric (Endres and Schindelin 2003),
 * in the features of the target. A feature that one of two datasets lacks counts as ln 2; one that both lack says
 * nothing.
 */
export function hubMap(
  target: Sketch,
  { domain, candidates }: DomainCandidates,
  parameters: Pick<SearchParameters, 'match' | 't2'>,
): HubMap {
  const { slotOf } = mapTarget(target, domain, parameters)
  const columns = blockColumns(
    domain,
    slotOf.filter(slot => slot >= 0),
  )
  const { values } = datasetBlocks(target, slotOf, domain, columns).whole
  const block = stack([values, ...candidates.map(candidate => wholeIn(columns, candidate))], columns)
  const js = divergences(block)
  const { points, share } = classicalScaling(js.map(Math.sqrt), block.partitions, 2)
  const place = (i: number): Place => ({ x: points[2 * i], y: points[2 * i + 1] })
  return {
    target: place(0),
    models: candidates.map(({ name, version }, i) => ({ name, version, js: js[i + 1], ...place(i + 1) })),
    share,
  }
}

/** The whole of a candidate's training data in other columns; 0 where it lacks one. */
function wholeIn(columns: BlockColumns, { columns: own, stored }: Candidate): Float32Array {
  const { values } = stored.blocks.whole
  const moved = new Float32Array(columns.offsets[columns.slots.length])
  columns.slots.forEach((slot, column) => {
    const from = own.slots.indexOf(slot)
    if (from >= 0) moved.set(values.subarray(own.offsets[from], own.offsets[from + 1]), columns.offsets[column])
  })
  return moved
}

function stack(rows: readonly Float32Array[], { offsets }: BlockColumns): PartitionBlock {
  const width = offsets[offsets.length - 1]
  const values = new Float32Array(rows.length * width)
  rows.forEach((row, i) => values.set(row, i * width))
  return { partitions: rows.length, offsets, values, rows: new Float64Array(rows.length).fill(1) }
}

/** JS of every pair over the features that either has: shape (datasets, datasets), exactly 0 on the diagonal. */
function divergences(block: PartitionBlock): Float64Array {
  const { partitions: size } = block
  const has = featuresHad(block)
  const features = has[0].length
  const all = pairwiseJensenShannon(
    block,
    block,
    Uint32Array.from({ length: features }, (_, f) => f),
  )
  return all.map((mean, pair) => {
    const [i, j] = [Math.floor(pair / size), pair % size]
    if (i === j) return 0
    const neither = has[i].filter((had, f) => !had && !has[j][f]).length
    const either = features - neither
    return either === 0 ? Math.LN2 : Math.min(Math.LN2, Math.max(0, (mean * features - neither * Math.LN2) / either))
  })
}

/** Which features each dataset has. */
function featuresHad({ partitions, offsets, values }: PartitionBlock): boolean[][] {
  const width = offsets[offsets.length - 1]
  return Array.from({ length: partitions }, (_, i) =>
    Array.from({ length: offsets.length - 1 }, (__, f) =>
      values.subarray(i * width + offsets[f], i * width + offsets[f + 1]).some(value => value > 0),
    ),
  )
}
