import { memberBlocks } from '../src/hub/model-blocks.ts'
import type { Candidate, DomainCandidates } from '../src/search/candidate.ts'
import {
  DEFAULT_PARAMETERS,
  METRICS,
  METRIC_NAMES,
  searchDomains,
  type MetricName,
  type ScoredCandidate,
  type SearchParameters,
} from '../src/search/index.ts'
import { decodeBlocks } from '../src/sketch/block-codec.ts'
import { blockColumns } from '../src/sketch/dataset-blocks.ts'
import { EMPTY_DOMAIN, foundSlots, slotsOfNewcomer, slotsToFound, type DomainMember } from '../src/sketch/domain.ts'
import { randomQuality, rankingQuality, type RankingQuality } from './ranking-quality.ts'
import { candidatesOf, type SketchPair, type Workload, type WorkloadModel, type WorkloadTarget } from './workload.ts'

/** Thresholds that the 2020 paper sets by hand, in nats. */
const PAPER_THRESHOLDS = [0.002, 0.005, 0.01]

/** What every search gives beside its score, so that one search gives them all. */
const SHOWN: readonly MetricName[] = ['fit', 'soft-coverage', 'coverage', 'adaptivity', 'js']

/** One way of searching: metrics that one search per target gives. */
interface Signal {
  readonly profile: keyof SketchPair
  readonly parameters: Partial<SearchParameters>
  readonly metrics: readonly { readonly metric: MetricName; readonly name: string }[]
}

/**
 * The quality of every signal on a workload, by name: both spaces, and the baselines; none of a signal that says the
 * same of all models of every target.
 */
export function workloadQualities(workload: Workload): Map<string, RankingQuality> {
  const found = new Map<string, RankingQuality>()
  const domains = { default: domainOf(workload, 'default'), paper: domainOf(workload, 'paper') }
  for (const signal of signalsOf(workload)) {
    const searched = workload.targets.map(target => {
      const parameters = { ...DEFAULT_PARAMETERS, ...signal.parameters }
      return { target, ...searchDomains(target.sketches[signal.profile], [domains[signal.profile]], parameters) }
    })
    for (const { metric, name } of signal.metrics) {
      const targets = searched.map(({ target, ranked }) => {
        const candidates = candidatesOf(workload, target)
        return {
          truth: candidates.map(({ serving }) => serving.get(target.id)!),
          scores: scoresOf(candidates, ranked, metric),
        }
      })
      const ranked = targets.map(lastWhereMissing)
      if (ranked.some(({ scores }) => new Set(scores).size > 1)) found.set(name, rankingQuality(ranked))
    }
  }
  return new Map([...found, ...baselines(workload)])
}

/** Pooled histograms hold numbers only; of texts, the paper's are words compared in the joint space. */
function signalsOf({ models }: Workload): Signal[] {
  const isText = models.some(({ sketches }) => sketches.paper.features.some(({ type }) => type === 'text'))
  const named = (space: string, metrics: readonly MetricName[]) =>
    metrics.map(metric => ({ metric, name: `${space}: ${metric}` }))
  const alone = METRIC_NAMES.filter(metric => !SHOWN.includes(metric) && metric !== 'source-accuracy')
  const joint: Signal[] = [
    { profile: 'default', parameters: {}, metrics: named('joint', SHOWN) },
    ...alone.map(metric => ({
      profile: 'default' as const,
      parameters: { metric },
      metrics: named('joint', [metric]),
    })),
  ]
  const space = isText ? ('joint' as const) : ('pooled' as const)
  const label = isText ? 'paper, words' : 'paper, pooled'
  const paper: Signal[] = PAPER_THRESHOLDS.map(threshold => ({
    profile: 'paper',
    parameters: { space, threshold, metric: 'js' },
    metrics: [
      ...(threshold === PAPER_THRESHOLDS[0] ? named(label, ['js']) : []),
      ...named(label, ['adaptivity', 'coverage']).map(({ metric, name }) => ({
        metric,
        name: `${name}, t = ${threshold}`,
      })),
    ],
  }))
  const others = (['kl', 'hellinger'] as const).map(metric => ({
    profile: 'paper' as const,
    parameters: { space, metric },
    metrics: named(label, [metric]),
  }))
  return [...joint, ...paper, ...others]
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
    return { ...member, name, sourceAccuracy, columns, stored, version: 1, sizeBytes, license: null }
  })
  return { domain, candidates }
}

/** Greater is better, NaN where a search gives none, shape (candidates). */
function scoresOf(
  candidates: readonly WorkloadModel[],
  ranked: readonly ScoredCandidate[],
  metric: MetricName,
): number[] {
  const sign = METRICS[metric].better === 'greater' ? 1 : -1
  const valueOf = ({ score, evidence }: ScoredCandidate) => {
    const shown: Partial<Record<MetricName, number>> = {
      fit: evidence.fit,
      'soft-coverage': evidence.softCoverage,
      coverage: evidence.coverage,
      adaptivity: evidence.adaptivity,
      js: evidence.js,
    }
    return shown[metric] ?? score
  }
  const byName = new Map(ranked.map(scored => [scored.candidate.name, sign * valueOf(scored)]))
  return candidates.map(({ id }) => byName.get(id) ?? NaN)
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
  const by = (score: (model: WorkloadModel, target: WorkloadTarget) => number) =>
    rankingQuality(
      targets.map(target => ({
        truth: truthOf(target),
        scores: candidatesOf(workload, target).map(model => score(model, target)),
      })),
    )
  const elsewhere = (model: WorkloadModel, target: WorkloadTarget) => {
    const others = targets.filter(({ id }) => model.serving.has(id) && !isOwn(model.id, id))
    const values = others.filter(({ id }) => !isTwin(workload, id, target.id)).map(({ id }) => model.serving.get(id)!)
    return values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return new Map([
    ['random', randomQuality(targets.map(truthOf))],
    ['source accuracy', by(({ sourceAccuracy }) => sourceAccuracy)],
    ['mean accuracy elsewhere', by(elsewhere)],
    ['size, largest first', by(({ sizeBytes }) => sizeBytes)],
    ['size, smallest first', by(({ sizeBytes }) => -sizeBytes)],
  ])
}

/** Whether two targets hold the same data: themselves, or one model is of both. */
function isTwin({ models, isOwn }: Workload, a: string, b: string): boolean {
  return a === b || models.some(({ id }) => isOwn(id, a) && isOwn(id, b))
}
