import type { Candidate, DomainCandidates } from '../src/search/candidate.ts'
import { METRICS, METRIC_NAMES, searchDomains, DEFAULT_PARAMETERS, type MetricName } from '../src/search/index.ts'
import { memberBlocks } from '../src/hub/model-blocks.ts'
import { decodeBlocks } from '../src/sketch/block-codec.ts'
import { blockColumns } from '../src/sketch/dataset-blocks.ts'
import { EMPTY_DOMAIN, foundSlots, slotsOfNewcomer, slotsToFound, type DomainMember } from '../src/sketch/domain.ts'
import type { Sketch } from '../src/sketch/sketch.ts'
import { randomQuality, rankingQuality, type RankingQuality } from './ranking-quality.ts'

/** A model of a small zoo, with what is known of it. */
export interface ZooModel {
  readonly id: string
  readonly source: Sketch
  /** What it is searched for; none where it is a model only. */
  readonly target: Sketch
  readonly sourceAccuracy: number
  /** Truth by target. */
  readonly serving: ReadonlyMap<string, number>
}

/** All models in one domain, as publishing them in this order makes it. */
function domainOf(models: readonly ZooModel[]): DomainCandidates {
  let domain = EMPTY_DOMAIN
  const members: DomainMember[] = []
  for (const { source: sketch } of models) {
    const slotOf = slotsOfNewcomer(domain, sketch)
    const founded = slotsToFound(domain, slotOf)
    members.push({ sketch, slotOf })
    domain = foundSlots(domain, founded, members)
  }
  const candidates = members.map((member, i): Candidate => {
    const { layout, bytes } = memberBlocks(domain, member)
    const columns = blockColumns(domain, member.slotOf)
    const { id: name, sourceAccuracy } = models[i]
    const stored = decodeBlocks(layout, bytes, columns)
    return { ...member, name, sourceAccuracy, columns, stored, version: 1, sizeBytes: 0, license: null }
  })
  return { domain, candidates }
}

/** Every metric and the baselines, each model's target ranked over the other models. */
export function zooQualities(
  models: readonly ZooModel[],
  same: (a: string, b: string) => boolean,
): Map<string, RankingQuality> {
  const { domain, candidates } = domainOf(models)
  const others = (target: ZooModel) =>
    models.filter(({ id, serving }) => !same(id, target.id) && serving.has(target.id))
  const truthOf = (target: ZooModel) => others(target).map(({ serving }) => serving.get(target.id)!)
  const by = (score: (model: ZooModel, target: ZooModel) => number) =>
    rankingQuality(
      models.map(target => ({ truth: truthOf(target), scores: others(target).map(model => score(model, target)) })),
    )
  const found = new Map<string, RankingQuality>()
  for (const metric of METRIC_NAMES) {
    if (metric === 'source-accuracy') continue
    const scores = new Map(models.map(target => [target.id, scoresOf(target, { domain, candidates }, metric)]))
    found.set(
      metric,
      by((model, target) => scores.get(target.id)!.get(model.id) ?? -1e9),
    )
  }
  found.set('random', randomQuality(models.map(truthOf)))
  found.set(
    'source accuracy',
    by(model => model.sourceAccuracy),
  )
  found.set(
    'mean accuracy elsewhere',
    by((model, target) => {
      const elsewhere = [...model.serving]
        .filter(([id]) => !same(id, target.id) && id !== model.id)
        .map(([, value]) => value)
      return elsewhere.reduce((sum, value) => sum + value, 0) / elsewhere.length
    }),
  )
  return found
}

function scoresOf({ target }: ZooModel, domain: DomainCandidates, metric: MetricName): Map<string, number> {
  const sign = METRICS[metric].better === 'greater' ? 1 : -1
  const { ranked } = searchDomains(target, [domain], { ...DEFAULT_PARAMETERS, metric })
  return new Map(ranked.map(({ candidate, score }) => [candidate.name, Number.isNaN(score) ? -1e9 : sign * score]))
}
