import { memberBlocks } from '../src/hub/model-blocks.ts'
import type { Candidate, DomainCandidates } from '../src/search/candidate.ts'
import { jointComparer, mapTarget, pooledComparer } from '../src/search/compare.ts'
import { evidenceFor } from '../src/search/evidence.ts'
import { DEFAULT_PARAMETERS, METRICS, METRIC_NAMES, type MetricName, type Threshold } from '../src/search/index.ts'
import { decodeBlocks } from '../src/sketch/block-codec.ts'
import { blockColumns } from '../src/sketch/dataset-blocks.ts'
import { EMPTY_DOMAIN, foundSlots, slotsOfNewcomer, slotsToFound, type DomainMember } from '../src/sketch/domain.ts'
import { randomQuality, rankingQuality, type RankedTarget, type RankingQuality } from './ranking-quality.ts'
import { candidatesOf, type SketchPair, type Workload, type WorkloadModel, type WorkloadTarget } from './workload.ts'

/** Thresholds that the 2020 paper sets by hand, in nats. */
const PAPER_THRESHOLDS = [0.002, 0.005, 0.01]

/** A way of comparing, and what is taken from it. */
interface Signals {
  readonly profile: keyof SketchPair
  readonly space: 'joint' | 'pooled'
  readonly threshold: Threshold
  readonly metrics: readonly { readonly metric: MetricName; readonly name: string }[]
}

/**
 * The quality of every signal on a workload, by name: both spaces, and the baselines; none of a signal that says the
 * same of all models of every target.
 */
export function workloadQualities(workload: Workload): Map<string, RankingQuality> {
  const found = new Map<string, RankingQuality>()
  const domains = { default: domainOf(workload, 'default'), paper: domainOf(workload, 'paper') }
  for (const signals of signalsOf(workload)) {
    const scores = workload.targets.map(target => scoresOf(target, domains[signals.profile], signals))
    for (const { name } of signals.metrics) {
      const ranked = workload.targets.map((target, t) => {
        const candidates = candidatesOf(workload, target)
        const truth = candidates.map(({ serving }) => serving.get(target.id)!)
        return lastWhereMissing({ truth, scores: candidates.map(({ id }) => scores[t].get(name)!.get(id)!) })
      })
      if (tellsApart(ranked)) found.set(name, rankingQuality(ranked))
    }
  }
  return new Map([...found, ...baselines(workload)])
}

/** Pooled histograms hold numbers only; of texts, the paper's are words compared in the joint space. */
function signalsOf({ models }: Workload): Signals[] {
  const isText = models.some(({ sketches }) => sketches.paper.features.some(({ type }) => type === 'text'))
  const named = (label: string, metrics: readonly MetricName[]) =>
    metrics.map(metric => ({ metric, name: `${label}: ${metric}` }))
  const joint = METRIC_NAMES.filter(metric => metric !== 'source-accuracy')
  const label = isText ? 'paper, words' : 'paper, pooled'
  const paper = PAPER_THRESHOLDS.map((threshold, i): Signals => {
    const atThreshold = named(label, ['adaptivity', 'coverage'])
    return {
      profile: 'paper',
      space: isText ? 'joint' : 'pooled',
      threshold,
      metrics: [
        ...(i === 0 ? named(label, ['js', 'kl', 'hellinger']) : []),
        ...atThreshold.map(({ metric, name }) => ({ metric, name: `${name}, t = ${threshold}` })),
      ],
    }
  })
  return [{ profile: 'default', space: 'joint', threshold: 'auto', metrics: named('joint', joint) }, ...paper]
}

/** By signal and model: greater is better, NaN for a model that a search would not give or has no score for. */
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
    for (const { metric, name } of metrics) {
      const { better, value } = METRICS[metric]
      const score = isFound ? value(comparison, evidence) : NaN
      found.get(name)!.set(candidate.name, better === 'greater' ? score : -score)
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

/** A model that a search does not give comes after all that it gives. */
function lastWhereMissing({ truth, scores }: { truth: readonly number[]; scores: readonly number[] }) {
  const least = Math.min(...scores.filter(score => !Number.isNaN(score)))
  const last = Number.isFinite(least) ? least - 1e-9 : 0
  return { truth, scores: scores.map(score => (Number.isNaN(score) ? last : score)) }
}

/** Signals that do not look at the target's data. */
function baselines(workload: Workload): Map<string, RankingQuality> {
  const { targets, isOwn } = workload
  const truthOf = (target: WorkloadTarget) => candidatesOf(workload, target).map(m => m.serving.get(target.id)!)
  const found = new Map([['random', randomQuality(targets.map(truthOf))]])
  const add = (name: string, score: (model: WorkloadModel, target: WorkloadTarget) => number) => {
    const ranked = targets.map(target => ({
      truth: truthOf(target),
      scores: candidatesOf(workload, target).map(model => score(model, target)),
    }))
    if (tellsApart(ranked)) found.set(name, rankingQuality(ranked))
  }
  const elsewhere = (model: WorkloadModel, target: WorkloadTarget) => {
    const others = targets.filter(({ id }) => model.serving.has(id) && !isOwn(model.id, id))
    const values = others.filter(({ id }) => !isTwin(workload, id, target.id)).map(({ id }) => model.serving.get(id)!)
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  add('source accuracy', ({ sourceAccuracy }) => sourceAccuracy)
  add('mean accuracy elsewhere', elsewhere)
  add('size, largest first', ({ sizeBytes }) => sizeBytes)
  add('size, smallest first', ({ sizeBytes }) => -sizeBytes)
  return found
}

/** Whether a signal says more than the order of the manifest. */
function tellsApart(ranked: readonly RankedTarget[]): boolean {
  return ranked.some(({ scores }) => new Set(scores).size > 1)
}

/** Whether two targets hold the same data: themselves, or one model is of both. */
function isTwin({ models, isOwn }: Workload, a: string, b: string): boolean {
  return a === b || models.some(({ id }) => isOwn(id, a) && isOwn(id, b))
}
