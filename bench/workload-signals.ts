import { jensenShannonFloor } from '../src/divergence/jensen-shannon-floor.ts'
import { pairwiseJensenShannon } from '../src/divergence/pairwise-jensen-shannon.ts'
import { perFeatureJensenShannon } from '../src/divergence/per-feature-jensen-shannon.ts'
import { memberBlocks } from '../src/hub/model-blocks.ts'
import type { Candidate, DomainCandidates } from '../src/search/candidate.ts'
import { jointComparer, mapTarget, pooledComparer } from '../src/search/compare.ts'
import { evidenceFor, type Comparison } from '../src/search/evidence.ts'
import {
  DEFAULT_PARAMETERS,
  METRICS,
  METRIC_NAMES,
  type Metric,
  type MetricName,
  type Threshold,
} from '../src/search/index.ts'
import { decodeBlocks } from '../src/sketch/block-codec.ts'
import { blockColumns } from '../src/sketch/dataset-blocks.ts'
import { EMPTY_DOMAIN, foundSlots, slotsOfNewcomer, slotsToFound, type DomainMember } from '../src/sketch/domain.ts'
import type { SketchPair, Workload, WorkloadTarget } from './workload.ts'

/** Thresholds that the 2020 paper sets by hand, in nats. */
const PAPER_THRESHOLDS = [0.002, 0.005, 0.01]

/** Something that sketches tell of a model and a target. */
export interface SketchSignal extends Pick<Metric, 'better' | 'value'> {
  readonly name: string
}

/** A way of comparing, and what is taken from it. */
interface Signals {
  readonly profile: keyof SketchPair
  readonly space: 'joint' | 'pooled'
  readonly threshold: Threshold
  readonly metrics: readonly SketchSignal[]
}

/** By signal and model. */
export type SignalValues = ReadonlyMap<string, ReadonlyMap<string, number>>

/** What sketches tell of a workload. */
export interface WorkloadSignals {
  readonly signals: readonly SketchSignal[]
  /** The signals of every model for a target; NaN for a model that a search would not give or has no value for. */
  valuesFor(target: WorkloadTarget): SignalValues
}

/** Every signal in both spaces; with `evidence`, what the decision looks at beside the metrics. */
export function workloadSignals(
  workload: Workload,
  { evidence = false }: { readonly evidence?: boolean } = {},
): WorkloadSignals {
  const domains = { default: domainOf(workload, 'default'), paper: domainOf(workload, 'paper') }
  const spaces = signalsOf(workload, evidence)
  return {
    signals: spaces.flatMap(({ metrics }) => metrics),
    valuesFor: target =>
      new Map(spaces.flatMap(signals => [...scoresOf(target, domains[signals.profile], signals)] as const)),
  }
}

/** Pooled histograms hold numbers only; of texts, the paper's are words compared in the joint space. */
function signalsOf({ models }: Workload, evidence: boolean): Signals[] {
  const isText = models.some(({ sketches }) => sketches.paper.features.some(({ type }) => type === 'text'))
  const named = (label: string, metrics: readonly MetricName[]) =>
    metrics.map(metric => ({ ...METRICS[metric], name: `${label}: ${metric}` }))
  const joint = named(
    'joint',
    METRIC_NAMES.filter(metric => metric !== 'source-accuracy'),
  )
  const label = isText ? 'paper, words' : 'paper, pooled'
  const paper = PAPER_THRESHOLDS.map((threshold, i): Signals => {
    const atThreshold = named(label, ['adaptivity', 'coverage'])
    return {
      profile: 'paper',
      space: isText ? 'joint' : 'pooled',
      threshold,
      metrics: [
        ...(i === 0 ? named(label, ['js', 'kl', 'hellinger']) : []),
        ...atThreshold.map(metric => ({ ...metric, name: `${metric.name}, t = ${threshold}` })),
      ],
    }
  })
  const metrics = evidence ? [...joint, ...EVIDENCE] : joint
  return [{ profile: 'default', space: 'joint', threshold: 'auto', metrics }, ...paper]
}

/** What the decision may look at beside the metrics; none of it ranks. */
const EVIDENCE: readonly SketchSignal[] = [
  { name: 'overlap', better: 'greater', value: (_, { overlap }) => overlap },
  { name: 'corrected soft-coverage', better: 'greater', value: (_, { corrected }) => corrected.softCoverage },
  { name: 'corrected js', better: 'smaller', value: (_, { corrected }) => corrected.wholeJs },
  { name: 'auto threshold', better: 'smaller', value: (_, { threshold }) => threshold },
  { name: 'noise floor', better: 'smaller', value: ownPartitionsJs },
  { name: 'expected js', better: 'smaller', value: expectedJs },
  { name: 'feature js, most', better: 'smaller', value: comparison => featureJs(comparison, 1) },
  { name: 'feature js, 90 %', better: 'smaller', value: comparison => featureJs(comparison, 0.9) },
  { name: 'feature js, median', better: 'smaller', value: comparison => featureJs(comparison, 0.5) },
]

/** Mean JS divergence of each two of the target's own random partitions: what nothing but sampling shows. */
function ownPartitionsJs({ target, shared }: Comparison): number {
  const { partitions } = target.random
  if (partitions < 2) return NaN
  const pairs = pairwiseJensenShannon(target.random, target.random, shared)
  return pairs.reduce((sum, js) => sum + js, 0) / (partitions * (partitions - 1))
}

/** Expected JS divergence of the whole datasets if both were of one distribution. */
function expectedJs({ source, target, shared }: Comparison): number {
  const bins = shared.reduce((sum, f) => sum + source.whole.offsets[f + 1] - source.whole.offsets[f], 0)
  return jensenShannonFloor({
    bins: Math.max(1, Math.round(bins / shared.length)),
    sourceRows: source.whole.rows[0],
    targetRows: target.whole.rows[0],
  })
}

/** A quantile over the shared features of their JS divergences. */
function featureJs({ source, target, shared }: Comparison, quantile: number): number {
  const wholes = [source, target].map(({ whole }) => ({ block: whole, partition: 0 }))
  const sorted = perFeatureJensenShannon(wholes[0], wholes[1], shared).sort()
  return sorted[Math.round(quantile * (sorted.length - 1))]
}

/** By signal and model, as the metric has it. */
function scoresOf(
  { sketches }: WorkloadTarget,
  { domain, candidates }: DomainCandidates,
  { profile, space, threshold, metrics }: Signals,
): Map<string, Map<string, number>> {
  const mapped = mapTarget(sketches[profile], domain, DEFAULT_PARAMETERS)
  const compare = space === 'pooled' ? pooledComparer(mapped) : jointComparer(mapped, domain)
  const found = new Map(metrics.map(({ name }) => [name, new Map<string, number>()]))
  for (const candidate of candidates) {
    const comparison = compare(candidate)
    const evidence = evidenceFor(comparison, threshold)
    const isFound = evidence.overlap > DEFAULT_PARAMETERS.t1
    for (const { name, value } of metrics) {
      found.get(name)!.set(candidate.name, isFound ? value(comparison, evidence) : NaN)
    }
  }
  return found
}

/** All models in one domain, as publishing them in this order makes it. */
function domainOf({ models }: Workload, profile: keyof SketchPair): DomainCandidates {
  let domain = EMPTY_DOMAIN
  const members: DomainMember[] = []
  for (const { sketches } of models) {
    const sketch = sketches[profile]
    const slotOf = slotsOfNewcomer(domain, sketch)
    const founded = slotsToFound(domain, slotOf)
    members.push({ sketch, slotOf })
    domain = foundSlots(domain, founded, members)
  }
  const candidates = members.map((member, i): Candidate => {
    const { layout, bytes } = memberBlocks(domain, member)
    const columns = blockColumns(domain, member.slotOf)
    const { id: name, sourceAccuracy, sizeBytes } = models[i]
    const stored = decodeBlocks(layout, bytes, columns)
    const view = member.sketch.view ?? null
    return { ...member, name, sourceAccuracy, columns, stored, view, version: 1, sizeBytes, license: null }
  })
  return { domain, candidates }
}
